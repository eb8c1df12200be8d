"""聞き取りの候補: groups to hear next, each with the reasons, out of which people choose (handbook 3-2)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kyoju_tui.overview.surveys import HEARING, Hearable, hearable
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.group import Group
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.survey_preset import guide
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.wrapping import wrap

_NAME, _AREAS = 26, 16
# So many reasons are told, each in so many lines at most.
_REASONS, _LINES = 4, 2


class HearingScreen(ListScreen):
    """The candidates. Enter begins a hearing of the one under the cursor."""

    title_ja = "聞き取りの候補"
    EMPTY = (
        "聞き取りに行くとよい団体がここに並びます。\n\n"
        "アンケートに連携の可能性や今後の予定の回答があると、その理由と一緒に出ます。"
    )  # fmt: skip
    COMMANDS = ("open", "edit", "search", "reload", "back")

    def __init__(self) -> None:
        super().__init__()
        self._candidates: Mapping[str, Hearable] = {}

    def show(self) -> None:
        """Find the candidates once for all rows."""
        self._candidates = {str(each.ref): each for each in hearable(self.snapshot)}
        super().show()

    def columns(self) -> Sequence[Column]:
        """The reasons take what the others leave."""
        return (
            Column("name", "団体", _NAME), Column("areas", "地域", _AREAS),
            Column("reasons", "理由", self.room - _NAME - _AREAS),
        )  # fmt: skip

    def keys(self) -> Iterable[str]:
        """Most reasons first."""
        return list(self._candidates)

    def row(self, key: str) -> Row:
        """Name, areas, reasons, each from a line of its own."""
        each, group = self._candidates[key], self.snapshot.get(Ref(key))
        areas = [self.snapshot.name("area", area) for area in group.areas] if isinstance(group, Group) else []
        width = max(self.room - _NAME - _AREAS - 2, 10)
        reasons = tuple((line, "") for reason in each.reasons[:_REASONS] for line in _told(reason, width))
        cells = (
            Marked.of((self.snapshot.title(Ref(key)), "bold")),
            Marked.of(("・".join(areas) or "地域に限らない", "")),
            Marked.of(*reasons),
        )
        return Row(key, cells, max(len(reasons), 1))

    def search_text(self, key: str) -> SearchText:
        """Found by name and reason."""
        return SearchText.of(self.snapshot.title(Ref(key)), *self._candidates[key].reasons)

    def action_open(self) -> None:
        """Begin a hearing of this group, with the questions to begin with."""
        if self.key_here:
            ref = self.key_here
            preset: dict[str, object] = {
                "title": f"{self.snapshot.title(Ref(ref))}への聞き取り",
                "method": HEARING,
                "purpose": "\n".join(self._candidates[ref].reasons),
                "questions": guide(HEARING),
                "targets": [{"ref": ref}],
            }
            self.add("survey", preset=preset)

    def action_edit(self) -> None:
        """Open the group."""
        if self.key_here:
            self.edit(self.key_here)


def _told(reason: str, width: int) -> list[str]:
    """A reason's first lines, and a mark where there is more."""
    lines = wrap(reason, width)
    if len(lines) > _LINES:
        last = wrap(lines[_LINES - 1], width - 2)[0]
        return [*lines[: _LINES - 1], f"{last}…"]
    return lines

"""前の版: how some fields of a record stood over time, and two versions compared (handbook 1-1(2))."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from textual.widget import Widget

from kyoju_tui.records.dates import format_date
from kyoju_tui.records.description import field_map
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.past.versions import Version, differing, versions

_EMPTY: Final = "前の版はまだありません。\n\n記録すると、そのたびの内容がここに並びます。"
_WHEN, _WHO = 24, 22


class VersionsScreen(DataScreen):
    """The list, the newest first; below it the version under the cursor against the one it is compared with."""

    title_ja = "前の版"
    COMMANDS = ("versions.against", "reload", "back")
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    VersionsScreen WideTable { height: 1fr; }
    VersionsScreen Story { height: 2fr; }
    """

    def __init__(self, ref: Ref, fields: Sequence[str]) -> None:
        """`fields` are compared; the first of them stands in the list."""
        super().__init__()
        self.ref = ref
        self._known = field_map(kind_of(ref).model)
        self._fields = tuple(fields)
        self._versions: tuple[Version, ...] = ()
        self._against = ""

    def compose_body(self) -> Iterable[Widget]:
        """The list and the comparison."""
        yield EmptyNote(_EMPTY)
        yield WideTable(id="versions")
        yield Story()

    def on_wide_table_widened(self, event: WideTable.Widened) -> None:
        """Columns follow the width; the history need not be read again."""
        event.stop()
        event.prevent_default()
        self._list()

    def on_mount(self) -> None:
        """Read the history."""
        self.query_one(EmptyNote).display = False
        self.show()

    def show(self) -> None:
        """Read the history off the screen's thread."""
        self.run_worker(self._read, thread=True, exclusive=True, group="versions")

    def _read(self) -> None:
        try:
            found = versions(self.workspace.past, self.ref, self._fields)
        except KyojuError as error:
            self.kyoju.call_from_thread(self.kyoju.tell, error)
            return
        self.from_thread(self._take, found)

    def _take(self, found: tuple[Version, ...]) -> None:
        first, self._versions = not self._versions, found
        self.query_one(EmptyNote).display = not found
        self.query_one(WideTable).display = bool(found)
        self.query_one(Story).display = bool(found)
        self._list()
        if first and len(found) > 1:
            # What changed last is what people come for.
            self.query_one(WideTable).move_to(found[1].commit)
        self.query_one(WideTable).focus()

    @property
    def title_detail(self) -> str:
        """Of what, and how many."""
        named = "・".join(self._known[name].label for name in self._fields)
        return f"{named}　{len(self._versions)}版"

    def _list(self) -> None:
        table, marks = self.query_one(WideTable), marks_for(self.kyoju.current_theme)
        first = self._known[self._fields[0]].label
        state = max(10, table.room - _WHEN - _WHO - 12)
        rows: list[Row] = []
        for number, version in enumerate(self._versions):
            mark = "今の版" if number == 0 else "比べる版" if version.commit == self._against else ""
            cells = (
                Marked.of((f"{format_date(version.at.date(), weekday=False)} {version.at:%H:%M}", "")),
                Marked.of((mark, marks.strong if version.commit == self._against else marks.calm)),
                Marked.of((version.text(self._fields[0]) or "－", "")),
                Marked.of((version.author, "")),
            )
            rows.append(Row(version.commit, cells))
        heads = (
            column("when", "日時", _WHEN), column("mark", "", 12), column("first", first, state),
            column("who", "記録した人", _WHO),
        )  # fmt: skip
        table.set_rows(heads, rows)
        self.show_title()
        self.explain()

    def second_click(self) -> None:
        """A second click compares with this one."""
        self.action_against()

    def explain(self) -> None:
        """Tell what differs."""
        self.query_one(Story).show(self._told())
        self.refresh_bindings()

    def _told(self) -> Iterator[Sentence]:
        key = self.query_one(WideTable).row_key
        here = next((version for version in self._versions if version.commit == key), None)
        if here is None:
            return
        other = next((version for version in self._versions if version.commit == self._against), self._versions[0])
        older, newer = sorted((here, other), key=self._versions.index, reverse=True)
        if older is newer:
            yield Sentence("この版の内容（前の版を選ぶと、今の版との違いが出ます）", "bold")
            yield from self._whole(here)
            return
        days = [format_date(each.at.date(), weekday=False) for each in (older, newer)]
        yield Sentence(f"{days[0]}の版　から　{days[1]}の版　まで", "bold")
        marks = marks_for(self.kyoju.current_theme)
        styles = {"同じ": marks.calm, "前": "strike", "後": marks.strong}
        words = {"同じ": "　　", "前": "前：", "後": "後："}
        for name in self._fields:
            before, after = older.text(name), newer.text(name)
            yield Sentence(self._known[name].label + ("（同じ）" if before == after else ""), "bold")
            for turn, text in differing(before, after):
                yield Sentence(f"{words[turn]}{text}", styles[turn], 2)

    def _whole(self, version: Version) -> Iterator[Sentence]:
        for name in self._fields:
            yield Sentence(self._known[name].label, "bold")
            yield Sentence(version.text(name) or "（なし）", "", 2)

    def action_against(self) -> None:
        """Compare with the version under the cursor; again goes back to the present one."""
        key = self.query_one(WideTable).row_key
        self._against = "" if key == self._against else key
        self._list()

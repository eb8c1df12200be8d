"""2つの時点の比較: records that came, changed and went between two moments, with their fields."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from kyoju_tui.overview.comparison import Comparison, RecordDifference, compare, naming
from kyoju_tui.records.folding import SearchText
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.comparison_moments import compare_moments
from kyoju_tui.ui.screens.comparison_writing import SUFFIXES, document
from kyoju_tui.ui.screens.history_restoring import confirmed
from kyoju_tui.ui.screens.history_words import Of, told_of
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.screens.write_out import write_out
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.reading import Reading
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.workspace.past.moments import Then
from kyoju_tui.workspace.past.restoring import restoring
from kyoju_tui.workspace.past.wanted import Wanted

if TYPE_CHECKING:
    from kyoju_tui.records.snapshot import Snapshot
    from kyoju_tui.records.wording import Namer
    from kyoju_tui.workspace.requests import Changed

WHOLE: Final = "@"
"""The answer that means the whole record."""

_TURN, _KIND, _COUNT, _LEAST = 8, 14, 8, 10


@dataclass(frozen=True, slots=True)
class Line:
    """A record that differs, and how: 追加, 変更, 削除."""

    turn: str
    difference: RecordDifference


class ComparisonScreen(ListScreen):
    """The list, and the fields of the record under the cursor before and after. `after` None is now."""

    title_ja = "2つの時点の比較"
    COMMANDS = ("open", "search", "history.restore", "history.compare", "history.write", "reload", "back")
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    ComparisonScreen #moments { padding: 0 1; text-style: bold; }
    ComparisonScreen WideTable { height: 1fr; }
    ComparisonScreen Story { height: 1fr; }
    """

    def __init__(self, before: Then, after: Then | None) -> None:
        super().__init__()
        self._before = before
        self._after = after
        self._compared: tuple[Snapshot, Comparison] | None = None
        self._lines: Mapping[str, Line] = {}

    def compose_body(self) -> Iterable[Widget]:
        """The two moments, the list, the fields."""
        yield Reading(" → ".join(self.words), id="moments")
        yield from super().compose_body()
        yield Story()

    @property
    def comparison(self) -> Comparison:
        """What differs; compared anew only where the records changed."""
        later = self.snapshot if self._after is None else self._after.snapshot
        if self._compared is None or self._compared[0] is not later:
            self._compared = later, compare(self._before.snapshot, later)
            self._lines = dict(_lines(self._compared[1]))
        return self._compared[1]

    @property
    def words(self) -> tuple[str, str]:
        """Both moments in words."""
        return self._before.moment.words, "今" if self._after is None else self._after.moment.words

    @property
    def empty_text(self) -> str:
        """That the two moments are the same."""
        return "この2つの時点のあいだに、変わった記録はありません。\n\nCtrl+G で、ほかの時点を選べます。"

    def limit_words(self) -> str:
        """How many of each."""
        found = self.comparison
        return f"追加{len(found.added)}・変更{len(found.changed)}・削除{len(found.removed)}"

    def columns(self) -> Sequence[Column]:
        """How, what, where, how many fields."""
        where = max(14, self.room // 4)
        return (
            column("turn", "変化", _TURN), column("kind", "種類", _KIND),
            column("title", "件名", max(_LEAST, self.room - _TURN - _KIND - where - _COUNT)),
            column("where", "部署など", where), column("count", "項目", _COUNT),
        )  # fmt: skip

    def keys(self) -> Iterable[str]:
        """What came, what changed, what went."""
        return () if self.comparison.empty else self._lines

    def row(self, key: str) -> Row:
        """How, what, where, how many fields."""
        line, marks = self._lines[key], marks_for(self.kyoju.current_theme)
        each = line.difference
        strong = "" if line.turn == "変更" else marks.strong
        count = f"{len(each.changes)}" if line.turn == "変更" else ""
        texts = ((line.turn, strong), (each.kind_label, ""), (each.title, ""), (each.where, ""), (count, ""))
        return Row(key, tuple(Marked.of(text) for text in texts))

    def search_text(self, key: str) -> SearchText:
        """Found by what the columns show."""
        line = self._lines[key]
        return SearchText.of(line.turn, line.difference.kind_label, line.difference.title, line.difference.where)

    def show(self) -> None:
        """Show the list, and the record under the cursor."""
        super().show()
        self.query_one(Story).display = bool(self._lines)
        self.explain()

    def records_changed(self, changed: Changed) -> None:
        """Where one of the moments is now, it moves on."""
        if self._after is None:
            super().records_changed(changed)

    @property
    def line_here(self) -> Line | None:
        """The record under the cursor."""
        return self._lines.get(self.key_here)

    def explain(self) -> None:
        """Tell the fields of the record under the cursor."""
        self.query_one(Story).show(self._told())
        self.refresh_bindings()

    def _told(self) -> Iterator[Sentence]:
        line = self.line_here
        if line is not None:
            each = line.difference
            where = f"（{each.where}）" if each.where else ""
            heading = f"{each.kind_label}「{each.title}」{where}"
            marks = marks_for(self.kyoju.current_theme)
            yield from told_of(Of(each.ref, line.turn, heading, each.changes), self._called, marks)

    @property
    def _called(self) -> Namer:
        """Names as they are at the later moment; what is gone by then is called as it was."""
        return naming(self._before.snapshot, self.snapshot if self._after is None else self._after.snapshot)

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What came since has nothing to go back to."""
        if action == "restore" and self.is_mounted:
            return self.line_here is not None and self.line_here.turn != "追加"
        return super().check_action(action, parameters)

    def wanted_here(self) -> Wanted:
        """The history of the record."""
        line = self.line_here
        return Wanted() if line is None else Wanted(ref=line.difference.ref)

    def action_open(self) -> None:
        """Open the record as it is now."""
        line = self.line_here
        if line is None:
            return
        ref = line.difference.ref
        here = ref if ref in self.snapshot else self.snapshot.by_id("entry", ref.id)
        if here is None:
            self.kyoju.notify("この記録は削除されています。Ctrl+R で、前の時点の内容に戻せます。")
        else:
            self.kyoju.open_record(here)

    def action_compare(self) -> None:
        """Choose other moments."""
        self.run_worker(compare_moments(self))

    def action_write(self) -> None:
        """Write what differs into a file; its ending says which form."""
        comparison, words, name = self.comparison, self.words, self._called
        self.run_worker(
            write_out(
                self,
                "比べた結果をどこに書き出しますか。",
                "終わりを .html にすると印刷できるページ、.txt にすると文章、.json にするとプログラム用になります。",
                "hikaku.html",
                lambda suffix: document(suffix, comparison, words, name),
                SUFFIXES,
            )
        )

    def action_restore(self) -> None:
        """Bring the record, or one of its fields, back as it stood at the earlier moment."""
        line = self.line_here
        if line is not None:
            self.run_worker(self._restore(line))

    async def _restore(self, line: Line) -> None:
        """Ask which field where there are several, then show what will change."""
        each = line.difference
        field = ""
        if line.turn == "変更":
            answer = await self._which(line)
            if answer is None:
                return
            field = answer
        commit = self._before.commit
        name = self._before.moment.words
        await confirmed(
            self,
            f"「{each.title}」を{name}の内容に戻します",
            lambda: restoring(self.workspace, each.ref, commit, field=field),
            "戻す",
        )

    async def _which(self, line: Line) -> str | None:
        """The dotted field to bring back, empty for the whole record; None where nothing is."""
        each = line.difference
        offered = [Candidate(WHOLE, "記録の全体", f"{len(each.changes)}項目", ("ぜんたい",))]
        offered += [Candidate(f"@{change.field}", change.label, change.item, ()) for change in each.changes]
        chosen = await self.kyoju.push_screen_wait(Picker("戻すところ", offered, (), many=False))
        if chosen is None:
            return None
        return "" if chosen[0] == WHOLE else chosen[0].removeprefix("@")


def _lines(found: Comparison) -> Iterator[tuple[str, Line]]:
    for turn, several in (("追加", found.added), ("変更", found.changed), ("削除", found.removed)):
        for each in several:
            yield f"{turn}:{each.ref}", Line(turn, each)

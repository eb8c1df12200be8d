"""One save with everything in it: its records, their fields before and after; each can be brought back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from kyoju_tui.records.changes import Change
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.marks import Marks, marks_for
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.history_restoring import confirmed
from kyoju_tui.ui.screens.history_words import Of, on_a_line, records_of, told_field, told_of, when
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.reading import Reading
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.past.past import LogEntry
from kyoju_tui.workspace.past.restoring import restoring
from kyoju_tui.workspace.past.wanted import Wanted

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

_TURN: Final = 8
_BEFORE, _AFTER, _NEITHER = "before", "after", "neither"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list: a record, or one of its fields."""

    of: Of
    change: Change | None = None


class SaveScreen(DataScreen):
    """The list of records and fields; below it the one under the cursor, whole."""

    title_ja = "記録の内容"
    COMMANDS = ("open", "history.restore", "back")
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    SaveScreen #head { height: auto; padding: 0 1; text-style: bold; }
    SaveScreen WideTable { height: 3fr; }
    SaveScreen Story { height: 2fr; }
    """

    def __init__(self, entry: LogEntry) -> None:
        super().__init__()
        self._entry = entry
        self._lines: dict[str, Line] = {}

    def compose_body(self) -> Iterable[Widget]:
        """Who and when, the list, the line under the cursor."""
        yield Reading(f"{when(self._entry)}　{self._entry.author}\n{self._entry.subject}", id="head")
        yield WideTable(id="lines")
        yield Story()

    def on_mount(self) -> None:
        """Show the list."""
        self.show()

    @property
    def title_detail(self) -> str:
        """How many records."""
        count = sum(line.change is None for line in self._lines.values())
        more = f"（ほか{self._entry.untold}件は件名だけ）" if self._entry.untold else ""
        return f"{count}件の記録{more}"

    @property
    def line_here(self) -> Line | None:
        """The line under the cursor."""
        return self._lines.get(self.query_one(WideTable).row_key)

    def show(self) -> None:
        """Show the lines; names follow the records as they are now."""
        table, marks = self.query_one(WideTable), marks_for(self.kyoju.current_theme)
        self._lines = dict(_lines(self._entry, self.snapshot))
        rows = [Row(key, _cells(line, self.snapshot, marks)) for key, line in self._lines.items()]
        table.set_rows((column("turn", "変化", _TURN), column("what", "記録・項目", table.room - _TURN)), rows)
        self.show_title()
        self.explain()

    def records_changed(self, changed: Changed) -> None:  # noqa: ARG002 - what was recorded then stays
        """Names may be others now."""
        self.show()

    def explain(self) -> None:
        """Tell the line under the cursor, whole."""
        self.query_one(Story).show(self._told())
        self.refresh_bindings()

    def _told(self) -> Iterator[Sentence]:
        line, marks = self.line_here, marks_for(self.kyoju.current_theme)
        if line is None:
            yield Sentence("この記録は、記録のほかのファイルの変更です。")
        elif line.change is None:
            yield from told_of(line.of, self.snapshot.full_name, marks)
        else:
            yield Sentence(line.of.heading, "bold")
            yield from told_field(line.change, line.of, self.snapshot.full_name, marks)

    # -- acting --------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only where there is a record."""
        if action in ("open", "restore") and self.is_mounted:
            return self.line_here is not None
        return super().check_action(action, parameters)

    def wanted_here(self) -> Wanted:
        """The record under the cursor, over all its saves."""
        line = self.line_here
        return Wanted() if line is None else Wanted(ref=_here(self.snapshot, line.of.ref) or line.of.ref)

    def action_open(self) -> None:
        """Open the record as it is now."""
        line = self.line_here
        if line is None:
            return
        here = _here(self.snapshot, line.of.ref)
        if here is None:
            self.kyoju.notify("この記録は削除されています。Ctrl+R で、この時点の内容に戻せます。")
        else:
            self.kyoju.open_record(here, "" if line.change is None else top_field(line.change.field))

    def action_restore(self) -> None:
        """Bring the record or the field back as it stood before this save, or after it."""
        line = self.line_here
        if line is not None:
            self.run_worker(self._restore(line))

    async def _restore(self, line: Line) -> None:
        what = line.of.heading if line.change is None else f"{line.of.heading}の「{line.change.label}」"
        if line.of.turn == "追加" and line.change is None:
            answer: str | None = _AFTER
        elif line.of.turn == "削除" and line.change is None:
            answer = _BEFORE
        else:
            question = ChooseScreen(
                f"{what}を、どちらの内容に戻しますか。",
                f"{when(self._entry)}に記録された変更です。どちらを選んでも、何が変わるかを先に確かめられます。",
                answers=((_BEFORE, "変更の前"), (_AFTER, "変更の後"), (_NEITHER, "やめる")),
            )
            answer = await self.kyoju.push_screen_wait(question)
        if answer not in (_BEFORE, _AFTER):
            return
        revision = self._entry.commit if answer == _AFTER else f"{self._entry.commit}^"
        field = "" if line.change is None else line.change.field
        ref = line.of.ref
        await confirmed(
            self, f"{what}を戻します", lambda: restoring(self.workspace, ref, revision, field=field), "戻す"
        )


def top_field(dotted: str) -> str:
    """The field of the record that a dotted name lies in."""
    return dotted.partition(".")[0].partition("[")[0]


def _here(snapshot: Snapshot, ref: Ref) -> Ref | None:
    """Where the record lies now: an entry may be with another department."""
    if ref in snapshot:
        return ref
    return snapshot.by_id("entry", ref.id) if ref.department is not None else None


def _lines(entry: LogEntry, snapshot: Snapshot) -> Iterator[tuple[str, Line]]:
    for of in records_of(entry, snapshot):
        yield of.ref, Line(of)
        for number, change in enumerate(of.changes):
            yield f"{of.ref}#{number}", Line(of, change)


def _cells(line: Line, snapshot: Snapshot, marks: Marks) -> tuple[Marked, ...]:
    if line.change is None:
        return Marked.of((line.of.turn, "bold")), Marked.of((line.of.heading, "bold"))
    told = on_a_line(line.change, line.of, snapshot.full_name)
    return Marked.of(("", marks.calm)), Marked.of((f"　{told}", ""))

"""対応事項: what all meetings left to be done, open ones first by due date (handbook 1-3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kyoju_tui.overview.actions import ActionLine, all_actions, with_done
from kyoju_tui.overview.meeting_series import held, upcoming
from kyoju_tui.records.dates import format_date, format_short
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.safe import one_line
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row

_WIDE: Final = 100
_DUE: Final = 10
_ALL: Final = "@all"
_NO_DEPARTMENT: Final = "@none"


class ActionsScreen(ListScreen):
    """The list; one key says that something is done."""

    title_ja = "対応事項"
    EMPTY = "会議で決まった「これから行うこと」がここに並びます。\n\nF4 で会議を選び、担当と期日を付けて加えます。"
    COMMANDS = ("open", "edit", "new", "search", "actions.done", "actions.limit", "reload", "back")

    def __init__(self, department: str = "", action: str = "") -> None:
        """`department` limits the list to one; `action` is the key that the cursor begins on."""
        super().__init__()
        self._department = department
        self._begin = action
        self._lines: Mapping[str, ActionLine] = {}

    def on_mount(self) -> None:
        """Begin on the action that was asked for."""
        if self._begin:
            self.table.move_to(self._begin)

    # -- the list ------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the list; several keys on the screen ask for the same lines, so they are read once."""
        self._lines = {line.key: line for line in all_actions(self.snapshot, self.today)}
        super().show()
        self.refresh_bindings()

    def columns(self) -> Sequence[Column]:
        """What is to be done takes what the others leave; the meeting stands beside it where there is room."""
        after = [column("who", "担当", 14), column("state", "状況", 13)]
        if self.room >= _WIDE:
            after.insert(1, column("meeting", "会議", 30))
        rest = self.room - _DUE - sum(each.width or 0 for each in after)
        return (column("due", "期日", _DUE), column("text", "内容", max(20, rest)), *after)

    def keys(self) -> Iterable[str]:
        """Of the department that the list is limited to."""
        return [key for key, line in self._lines.items() if self._chosen(line)]

    def _chosen(self, line: ActionLine) -> bool:
        return self._department in ("", line.action.department or _NO_DEPARTMENT)

    def row(self, key: str) -> Row:
        """What is overdue stands out, what is done steps back."""
        line, marks = self._lines[key], marks_for(self.kyoju.current_theme)
        action, calm = line.action, "" if line.open else marks.calm
        if line.open:
            state = Marked.of(("期日超過", marks.late)) if line.overdue else Marked.of()
        else:
            state = Marked.of((f"済 {format_short(action.done_on) if action.done_on else ''}", calm))
        cells = {
            "due": Marked.of((format_short(action.due_on) if action.due_on else "", calm)),
            "text": Marked.of((action.text or "", calm)),
            "who": Marked.of((self._who(line), calm)),
            "meeting": Marked.of((self.snapshot.title(line.meeting), marks.calm)),
            "state": state,
        }
        shown = (name for name in cells if name != "meeting" or self.room >= _WIDE)
        return Row(key, tuple(cells[name] for name in shown))

    def search_text(self, key: str) -> SearchText:
        """Found by everything that is shown."""
        line = self._lines[key]
        return SearchText.of(line.action.text or "", self._who(line), self.snapshot.title(line.meeting))

    def nothing_yet(self) -> bool:
        """Whether no meeting left anything."""
        return not self._lines

    def limit_words(self) -> str:
        """How many are open, and whose."""
        shown = [line for line in self._lines.values() if self._chosen(line)]
        late = sum(line.overdue for line in shown)
        words = f"残り{sum(line.open for line in shown)}件{f'（期日超過{late}件）' if late else ''}"
        whose = "担当未定" if self._department == _NO_DEPARTMENT else self.snapshot.name("department", self._department)
        return f"{words}　{whose}" if self._department else words

    def _who(self, line: ActionLine) -> str:
        department = line.action.department
        return self.snapshot.name("department", department) if department else "担当未定"

    def refs_here(self) -> Sequence[Ref]:
        """The meeting that holds the action."""
        return () if self.line_here is None else (self.line_here.meeting,)

    # -- acting --------------------------------------------------------------------------------------------------

    @property
    def line_here(self) -> ActionLine | None:
        """The action under the cursor."""
        return self._lines.get(self.key_here)

    def action_open(self) -> None:
        """The small form of the action."""
        line = self.line_here
        if line is not None:
            title = f"対応事項（{self.snapshot.title(line.meeting)}）"
            self.edit_row(line.meeting, "actions", line.number, title=title)

    def action_new(self) -> None:
        """Which meeting, then the form of one action."""
        self.run_worker(self._new())

    async def _new(self) -> None:
        refs = [*held(self.snapshot, self.today), *upcoming(self.snapshot, self.today)]
        if not refs:
            self.kyoju.notify("対応事項は会議に記録します。先に「会議」の画面で会議を記録してください。")
            return
        offered: list[Candidate] = []
        for ref in refs:
            day = self.snapshot.meetings[ref].held_on
            offered.append(Candidate(str(ref), self.snapshot.title(ref), format_date(day) if day else "開催日未定"))
        chosen = await self.kyoju.push_screen_wait(Picker("対応事項の出た会議", offered, (), many=False))
        if chosen:
            limited = self._department and self._department != _NO_DEPARTMENT
            self.add_row(chosen[0], "actions", {"department": self._department} if limited else None)

    def action_done(self) -> None:
        """Done today; or, where it was done already, open again."""
        line = self.line_here
        if line is None:
            return
        # The base first: a colleague's change that comes after it is merged.
        base = self.workspace.base(line.meeting)
        meeting = self.snapshot.get(line.meeting)
        if not isinstance(meeting, Meeting):
            return
        changed = with_done(meeting, line, self.today if line.open else None)
        done = "済みに" if line.open else "済みを取り消し"
        subject = f"対応事項「{one_line(line.action.text or '')[:60]}」を{done}（会議「{one_line(meeting.title)}」）"
        put = self.workspace.putting(line.meeting, changed, base)
        self.kyoju.save(lambda: self.workspace.batch([put], action="update", subject=subject))

    def action_limit(self) -> None:
        """Limit the list to one department."""
        offered = [
            Candidate(_ALL, "すべての部署", "絞り込みをやめます"),
            Candidate(_NO_DEPARTMENT, "担当未定"),
            *candidates(self.snapshot, "department", self.today),
        ]
        self.kyoju.push_screen(Picker("担当の部署", offered, (), many=False), self._limit)

    def _limit(self, values: tuple[str, ...] | None) -> None:
        if values:
            self._department = "" if values[0] == _ALL else values[0]
            self.show()

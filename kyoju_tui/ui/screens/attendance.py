"""出欠: who was at a meeting, by department, and who has been sent the documents (handbook 1-3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from textual.widget import Widget

from kyoju_tui.overview.attending import (
    STATUSES,
    TO_BE_SENT,
    UNKNOWN,
    Attending,
    Status,
    attending,
    has_members,
    present_words,
    with_attendance,
)
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import to_plain
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.safe import one_line
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.edit_drafts import from_draft
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.drafts.kept import Draft

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Base, Saved

_EMPTY = "部署がまだありません。\n\nCtrl+O で「部署」を開き、F4 で加えてください。"


class AttendanceScreen(DataScreen):
    """A line per department. What is changed here is recorded together, by Ctrl+S."""

    title_ja = "出欠"
    UNRECORDED = "出欠の変更は、まだ記録されていません。"
    COMMANDS = (
        "attendance.turn", "attendance.sent", "attendance.rest", "attendance.projector", "save", "reload", "back",
    )  # fmt: skip
    AUTO_FOCUS = "WideTable"

    def __init__(self, ref: str, *, projector: bool = False) -> None:
        """`projector` leaves out what is only for the secretariat (投影用表示)."""
        super().__init__()
        self.ref = Ref(ref)
        self.projector = projector
        self._changed: dict[str, tuple[Status | None, bool]] = {}
        # What the first change began from: a colleague's change that comes after it is merged.
        self._begun: tuple[Base, Meeting] | None = None

    @property
    def record_open(self) -> Ref | None:
        """The meeting."""
        return self.ref

    def compose_body(self) -> Iterable[Widget]:
        """The departments."""
        yield EmptyNote(_EMPTY)
        yield WideTable(id="attendance")

    def on_mount(self) -> None:
        """Show them."""
        self.show()

    # -- what is on the screen -----------------------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting | None:
        """The meeting as it was when the first change was made here, else as it is now."""
        if self._begun is not None:
            return self._begun[1]
        found = self.snapshot.get(self.ref)
        return found if isinstance(found, Meeting) else None

    @property
    def wanted(self) -> Meeting | None:
        """The meeting with what was changed here."""
        return None if self.meeting is None else with_attendance(self.meeting, self._changed)

    @property
    def rows(self) -> Mapping[str, Attending]:
        """The departments as they would be recorded, in the order in which they stood at first."""
        meeting, wanted = self.meeting, self.wanted
        if meeting is None or wanted is None:
            return {}
        after = {row.department: row for row in attending(self.snapshot, wanted, self.today)}
        return {row.department: after[row.department] for row in attending(self.snapshot, meeting, self.today)}

    def show(self) -> None:
        """Show the departments, touching only what differs."""
        if self.ref not in self.snapshot and self._begun is None:
            self.kyoju.notify("この会議は削除されました。")
            self.kyoju.go_back()
            return
        table, rows, meeting = self.query_one(WideTable), self.rows, self.meeting
        marks = marks_for(self.kyoju.current_theme)
        columns = [column("department", "部署", 30), column("status", "出欠", 10)]
        columns += [] if self.projector else [column("sent", "資料", 12), column("state", "", 26)]
        outside = "構成部署のほか" if meeting is not None and has_members(self.snapshot, meeting) else ""
        written: list[Row] = []
        for row in rows.values():
            name = self.snapshot.full_name("department", row.department)
            calm = marks.calm if outside and not row.expected else ""
            cells = [
                Marked.of((name, calm)),
                Marked.of((row.status or UNKNOWN, marks.calm if row.status is None else "bold")),
            ]
            if not self.projector:
                cells.append(Marked.of(("資料送付済" if row.sent_documents else "", "")))
                state = TO_BE_SENT if row.to_be_sent else "" if row.expected else outside
                cells.append(Marked.of((state, marks.gap if row.to_be_sent else marks.calm)))
            written.append(Row(row.department, tuple(cells)))
        table.set_rows(columns, written)
        table.display = bool(rows)
        self.query_one(EmptyNote).display = not rows
        self.show_title()

    @property
    def title_detail(self) -> str:
        """The meeting, how many were there, whether anything is unrecorded."""
        there = present_words(self.wanted) if self.wanted is not None else ""
        words = [self.snapshot.title(self.ref), f"出席 {there}" if there else "", "未記録" if self._changed else ""]
        return "　".join(filter(None, [*words, "投影用表示" if self.projector else ""]))

    # -- acting --------------------------------------------------------------------------------------------------

    def second_click(self) -> None:
        """A second click on a line is the same as Enter."""
        self.action_turn()

    def action_turn(self) -> None:
        """The next of 未入力, 出席, 代理, 欠席."""
        row = self._row_here
        if row is not None:
            following = STATUSES[(STATUSES.index(row.status) + 1) % len(STATUSES)]
            self._set({row.department: (following, row.sent_documents)})

    def action_sent(self) -> None:
        """資料送付済, or not."""
        row = self._row_here
        if row is not None and not self.projector:
            self._set({row.department: (row.status, not row.sent_documents)})

    def action_rest(self) -> None:
        """Those expected of whom nothing is known were absent."""
        unknown = [row for row in self.rows.values() if row.expected and row.status is None]
        self._set({row.department: ("欠席", row.sent_documents) for row in unknown})

    def action_projector(self) -> None:
        """Show, or hide, what is only for the secretariat."""
        self.projector = not self.projector
        self.show()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What is not shown is not changed."""
        return not self.projector if action == "sent" else super().check_action(action, parameters)

    @property
    def _row_here(self) -> Attending | None:
        return self.rows.get(self.query_one(WideTable).row_key)

    def _set(self, rows: dict[str, tuple[Status | None, bool]]) -> None:
        if self._begun is None:
            base, meeting = self.workspace.base(self.ref), self.meeting
            if meeting is None:
                return
            self._begun = base, meeting
        self._changed |= rows
        self.show()

    # -- recording -----------------------------------------------------------------------------------------------

    @property
    def holds_changes(self) -> bool:
        """Whether anything is not recorded."""
        return bool(self._changed)

    def keep_draft(self) -> None:
        """What was changed becomes a draft of the meeting."""
        draft = self._draft()
        if draft is not None:
            self.workspace.drafts.save(draft)

    def _draft(self, reason: str = "") -> Draft | None:
        if self._begun is None or self.wanted is None:
            return None
        return Draft(self.ref, to_plain(self.wanted), self._begun[0].data, reason)

    def action_save(self) -> None:
        """Record everything as one save, and leave."""
        begun, wanted = self._begun, self.wanted
        if begun is None or wanted is None:
            self.kyoju.go_back()
            return
        subject = f"会議「{one_line(wanted.title)}」の出欠を記録（{present_words(wanted)}）"

        def failed(error: KyojuError) -> None:
            draft = self._draft(error.message)
            self.kyoju.tell(error)
            if draft is not None:
                self.forget_changes()
                self.kyoju.push_screen(from_draft(draft, self.snapshot))

        def done(_saved: Saved) -> None:
            self.forget_changes()
            if self.is_current:
                self.kyoju.go_back()

        put = self.workspace.putting(self.ref, wanted, begun[0])
        self.kyoju.save(lambda: self.workspace.batch([put], action="update", subject=subject), done=done, failed=failed)

    def forget_changes(self) -> None:
        """Show again what is recorded."""
        self._changed, self._begun = {}, None
        self.show()

"""照会の状況: a line per department asked, the missed answers on top (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from kyoju_tui.overview.inquiry_since import Since, changed_since, last_compilation
from kyoju_tui.overview.inquiry_status import TargetStatus, board, progress
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.inquiry_course import InquiryCourse
from kyoju_tui.ui.screens.inquiry_export import export_forms
from kyoju_tui.ui.screens.inquiry_import import InquiryImport
from kyoju_tui.ui.screens.inquiry_since import InquirySince
from kyoju_tui.ui.screens.inquiry_words import cells, department_sentences, head_sentences
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Story
from kyoju_tui.ui.widgets.wide_table import WideTable

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

# Key, label, the least width (which fits 80 columns), and the most that it takes of a wide terminal.
_COLUMNS: Final = (
    ("department", "部署", 13, 26),
    ("state", "状況", 13, 16),
    ("receipt", "受付", 23, 28),
    ("extended", "延長", 6, 10),
    ("reminders", "再依頼", 9, 24),
    ("filled", "記入", 6, 10),
    ("nothing", "該当なし", 9, 12),
)
_EMPTY: Final = "照会先がまだありません。\n\nF2 で照会を開き、「照会先」に部署を入れてください。"


class InquiryBoard(InquiryCourse, InquiryImport):
    """The board of one inquiry."""

    title_ja = "照会の状況"
    COMMANDS = (
        "open", "edit", "inquiry.receive", "inquiry.bring", "inquiry.nothing", "inquiry.remind", "inquiry.extend",
        "inquiry.unchanged", "inquiry.checking", "inquiry.withdraw", "inquiry.mark", "inquiry.briefing",
        "inquiry.forms", "inquiry.send", "inquiry.compile", "inquiry.since", "inquiry.export", "reload", "back",
    )  # fmt: skip
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    InquiryBoard #head { height: 2; }
    InquiryBoard #detail { height: 5; }
    """

    def __init__(self, ref: str) -> None:
        super().__init__()
        self.ref = Ref(ref)
        self._chosen: set[str] = set()
        self._then: tuple[str, Snapshot] | None = None
        self._since: Since | None = None
        self._unread = ""

    @property
    def record_open(self) -> Ref | None:
        """The inquiry."""
        return self.ref

    def compose_body(self) -> Iterable[Widget]:
        """How it stands, the departments, and all about the one under the cursor."""
        head, detail = Story(), Story()
        head.id, detail.id = "head", "detail"
        yield head
        yield EmptyNote(_EMPTY)
        yield WideTable(id="board")
        yield detail

    def on_mount(self) -> None:
        """Begin on the first line, and look what came after the last compilation."""
        self.show()
        self.run_worker(self._look_back, thread=True, exclusive=True, group="since")

    @property
    def title_detail(self) -> str:
        """The inquiry's title."""
        return self.snapshot.title(self.ref)

    @property
    def lines(self) -> tuple[TargetStatus, ...]:
        """A line per department, in order."""
        return board(self.snapshot, self.inquiry, self.today)

    @property
    def departments_here(self) -> tuple[str, ...]:
        """The departments that were chosen, in the order of the board, else the one under the cursor."""
        chosen = tuple(line.department for line in self.lines if line.department in self._chosen)
        here = self.query_one(WideTable).row_key
        return chosen or ((here,) if here else ())

    def forget_choice(self) -> None:
        """What was chosen is dealt with."""
        self._chosen.clear()
        if self.is_mounted and isinstance(self.snapshot.get(self.ref), Inquiry):
            self.show()

    # -- what is on the screen -----------------------------------------------------------------------------------

    def show(self) -> None:
        """Show the board, touching only what differs; leave where the inquiry is gone."""
        if not isinstance(self.snapshot.get(self.ref), Inquiry):
            if self.is_current:
                self.kyoju.notify("この照会は削除されました。")
                self.kyoju.go_back()
            return
        table, lines, marks = self.query_one(WideTable), self.lines, marks_for(self.kyoju.current_theme)
        rows = [
            Row(line.department, cells(self.snapshot, line, marks, chosen=line.department in self._chosen))
            for line in lines
        ]
        table.set_rows(_columns(table.room), rows)
        table.display = bool(lines)
        self.query_one(EmptyNote).display = not lines
        head = self.query_one("#head", Story)
        head.styles.height = 3 if self.inquiry.compilations else 2
        head.show(head_sentences(self.snapshot, self.inquiry, self._since, self.today))
        self.explain()
        self.show_title()

    def records_changed(self, changed: Changed) -> None:
        """Show what somebody recorded, and compare again with the last compilation."""
        super().records_changed(changed)
        if isinstance(self.snapshot.get(self.ref), Inquiry):
            self.run_worker(self._look_back, thread=True, exclusive=True, group="since")

    def on_screen_resume(self) -> None:
        """Somebody may have deleted the inquiry while another screen was above this one."""
        if self.ref not in self.snapshot:
            self.call_later(self.show)

    def explain(self) -> None:
        """Say what the cursor is on."""
        if not isinstance(self.snapshot.get(self.ref), Inquiry):
            return
        here = self.query_one(WideTable).row_key
        line = next((each for each in self.lines if each.department == here), None)
        detail = self.query_one("#detail", Story)
        detail.display = line is not None
        detail.show(() if line is None else department_sentences(self.snapshot, self.inquiry, line))
        self.refresh_bindings()

    # -- what came afterwards ------------------------------------------------------------------------------------

    def _look_back(self) -> None:
        """Compare with the records of the last compilation; in a thread, for it reads the history."""
        snapshot = self.snapshot
        inquiry = snapshot.get(self.ref)
        compiled = last_compilation(inquiry) if isinstance(inquiry, Inquiry) else None
        since: Since | None = None
        if compiled is not None and compiled.commit:
            then = self._stood(compiled.commit)
            since = None if then is None else changed_since(then, snapshot, self.ref)
        self.from_thread(self._looked, since)

    def _stood(self, commit: str) -> Snapshot | None:
        """The records as a commit has them, read once; what cannot be read is told once."""
        if (self._then is None or self._then[0] != commit) and self._unread != commit:
            try:
                self._then = commit, self.workspace.at(commit)
            except KyojuError as error:
                self._then, self._unread = None, commit
                self.kyoju.call_from_thread(self.kyoju.tell, error)
        return self._then[1] if self._then is not None and self._then[0] == commit else None

    def _looked(self, since: Since | None) -> None:
        if since != self._since and self.is_mounted:
            self._since = since
            self.show()

    def action_since(self) -> None:
        """List what came after the last compilation."""
        compiled = last_compilation(self.inquiry)
        if compiled is None:
            return
        if self._then is None or self._then[0] != compiled.commit:
            self.kyoju.notify("取りまとめたときの内容を、まだ読み出せていません。")
        else:
            self.kyoju.push_screen(InquirySince(self.ref, compiled, self._then[1]))

    # -- acting --------------------------------------------------------------------------------------------------

    @property
    def foremost(self) -> tuple[str, ...]:
        """Before it goes out, while answers come in, and once they are there."""
        inquiry = self.snapshot.get(self.ref) if self.is_mounted else None
        if not isinstance(inquiry, Inquiry):
            return ()
        if inquiry.issued_on is None:
            return ("inquiry.briefing", "inquiry.forms", "inquiry.send")
        done = progress(inquiry, self.today).done
        return ("inquiry.compile", "inquiry.bring") if done else ("inquiry.bring", "inquiry.receive", "inquiry.remind")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What came after a compilation needs one; what goes out goes out once."""
        inquiry = self.snapshot.get(self.ref) if self.is_mounted else None
        if isinstance(inquiry, Inquiry):
            if action in ("since", "export"):
                return bool(inquiry.compilations)
            if action == "send":
                return inquiry.issued_on is None or any(not each.sent_on for each in inquiry.targets)
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Open the department's line with all its dates."""
        here = self.query_one(WideTable).row_key
        order = [target.department for target in self.inquiry.targets]
        if here in order:
            title = self.snapshot.full_name("department", here)
            self.edit_row(self.ref, "targets", order.index(here), title=f"照会先：{title}")

    def action_forms(self) -> None:
        """Write the forms out: of the departments that were chosen, else of all."""
        chosen = tuple(line.department for line in self.lines if line.department in self._chosen)
        self.run_worker(export_forms(self, self.ref, chosen))

    def action_edit(self) -> None:
        """Open the whole inquiry in its form."""
        self.edit(self.ref)

    def action_mark(self) -> None:
        """Choose the department under the cursor, or let it go, and step on."""
        table = self.query_one(WideTable)
        if table.row_key:
            self._chosen ^= {table.row_key}
            self.show()
            table.action_cursor_down()


def _columns(room: int) -> tuple[Column, ...]:
    widths = [least for _, _, least, _ in _COLUMNS]
    for number, (_, _, least, most) in enumerate(_COLUMNS):
        widths[number] += max(0, min(most - least, room - sum(widths)))
    return tuple(column(key, label, width) for (key, label, _, _), width in zip(_COLUMNS, widths, strict=True))

"""照会: inquiries to the departments, the newest first (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from kyoju_tui.overview.composing import composed, copied
from kyoju_tui.overview.inquiry_status import Progress, issued, progress
from kyoju_tui.records.base import Record
from kyoju_tui.records.dates import format_short
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.plain import Plain
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.inquiry_board import InquiryBoard
from kyoju_tui.ui.screens.inquiry_export import export_forms
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.widgets.matrix_table import Marked

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

_WIDE: Final = 100


class InquiriesScreen(RecordsScreen):
    """The list of them: who has answered, and how many days are left."""

    KIND = "inquiry"
    EMPTY = (
        "各部署に取組・課題・データをたずねる照会がここに並びます。\n\n"
        "F4 で照会を作ります。照会先・様式の見出し・期限は、あらかじめ入っています。\n"
        "先に事前説明の会議を開くと回答がそろいやすくなります。"
    )
    COMMANDS = ("open", "edit", "new", "inquiries.copy", "inquiries.forms", "search", "remove", "reload", "back")

    def __init__(self, record: str = "", inquiry: str = "") -> None:
        """`record` is the id on which the cursor begins; the board of the inquiry with the id `inquiry` is opened."""
        super().__init__(record or inquiry)
        self._at_once = inquiry

    def on_mount(self) -> None:
        """Go on to the board that was asked for."""
        super().on_mount()
        if self._at_once:
            self.call_after_refresh(self._open, self.kind.ref(self._at_once))

    def heads(self) -> Sequence[tuple[str, str]]:
        """What is asked, when, and how far it is."""
        return [
            ("title", "件名"),
            ("form", "種類"),
            ("issued_on", "発出日"),
            ("due_on", "回答期限"),
            ("answered", "回答"),
            ("left", "残り"),
        ]

    def cells(self, ref: Ref, record: Record) -> Sequence[str | Marked]:  # noqa: ARG002 - the record says it all
        """The days short, the answers counted."""
        if not isinstance(record, Inquiry):
            return [""] * 6
        done = progress(record, self.today)
        return [
            record.title,
            record.form or "",
            "未発出" if record.issued_on is None else format_short(record.issued_on),
            "" if record.due_on is None else format_short(record.due_on),
            f"{done.answered}/{done.expected}",
            self._left(record, done),
        ]

    def standing(self, ref: Ref, record: Record) -> tuple[object, ...]:
        """What is not sent yet first, then the newest."""
        day = record.issued_on if isinstance(record, Inquiry) else None
        return (-(day or date.max).toordinal(), tuple(-ord(letter) for letter in ref.id))

    def records_changed(self, changed: Changed) -> None:
        """Show what was recorded; the cursor goes to an inquiry that was just made here."""
        known = {row.key.value for row in self.table.ordered_rows}
        super().records_changed(changed)
        made = [ref for ref in changed.refs if ref.top == "inquiries" and ref in self.snapshot and ref not in known]
        if changed.own and made:
            self.table.move_to(made[0])

    def action_open(self) -> None:
        """Open the board of answers."""
        if self.key_here:
            self._open(Ref(self.key_here))

    def action_edit(self) -> None:
        """Open the form."""
        if self.key_here:
            self.edit(self.key_here)

    def action_new(self) -> None:
        """A new inquiry, with everything in it that can be known."""
        self._compose_new(composed(self.snapshot, self.today))

    def action_copy(self) -> None:
        """A new inquiry after the one under the cursor."""
        if self.key_here:
            self._compose_new(copied(self.snapshot, self.key_here, self.today))

    def action_forms(self) -> None:
        """Write the forms of the inquiry under the cursor out."""
        if self.key_here:
            self.run_worker(export_forms(self, Ref(self.key_here), ()))

    def _compose_new(self, preset: Plain) -> None:
        self.add("inquiry", preset=preset)
        if "note" in preset:
            self.kyoju.notify(f"{preset['note']}\n備考に入れてあります。")

    def _open(self, ref: Ref) -> None:
        if ref in self.snapshot:
            self.kyoju.push_screen(InquiryBoard(ref))

    def _left(self, inquiry: Inquiry, done: Progress) -> str | Marked:
        if done.done:
            return "回答済"
        if done.left is None or not issued(inquiry, self.today):
            return ""
        marks = marks_for(self.kyoju.current_theme)
        # Where it is narrow the title needs the room.
        words = done.left.full_words if self.room >= _WIDE else done.left.words
        return Marked.of((words, marks.late if done.late else ""))

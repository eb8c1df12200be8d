"""One table of a list in a form of its own, over the record's form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kyoju_tui.records.base import Part
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.ui.forms.checking import Examine, no_remarks
from kyoju_tui.ui.forms.record_form import RecordForm
from kyoju_tui.ui.forms.remark import Remark
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.screens.base import kyoju
from kyoju_tui.ui.screens.choose import leaving
from kyoju_tui.ui.screens.dialog import Dialog, said

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

# What Ctrl+S does where the table is recorded at once.
RECORDS: Final = "記録する"


class RowScreen(Dialog[Plain]):
    """Gives the table as it was filled in, or None where it was left. Nothing is recorded here."""

    DEFAULT_CSS = """
    RowScreen {
        #dialog { width: 100; }
        RecordForm { height: auto; max-height: 80vh; }
        .keys { height: 1; color: $text-muted; margin: 1 0 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "decide", "決定", show=False, priority=True)]
    AUTO_FOCUS = ""

    def __init__(
        self,
        model: type[Part],
        setting: Setting,
        row: Plain,
        title: str,
        keep: Callable[[Plain], None],
        taking: str = "この行を決定（記録は元の画面で）",
        examine: Examine = no_remarks,
        begin: str = "",
    ) -> None:
        """`keep` is told what is typed, as it is typed, for the record's draft; `taking` says what Ctrl+S does.

        `examine` judges the table within its record; `begin` is the field to write into, where that is known.
        """
        super().__init__()
        self._taking = taking
        self._keep = keep
        self._begin = begin
        self.title_ja = title
        self._form = RecordForm(model, setting, row, examine=examine)
        self.notice = Remark()
        # What is done when anybody records something; set by who opens the window.
        self.heard: Callable[[Changed], None] | None = None

    @property
    def form(self) -> RecordForm:
        """The fields."""
        return self._form

    def records_changed(self, changed: Changed) -> None:
        """Somebody recorded something: the form below speaks of it, or this one where it records by itself."""
        if self.heard is not None:
            self.heard(changed)

    def compose_dialog(self) -> ComposeResult:
        """The fields and the keys."""
        yield self.notice
        yield self._form
        yield said(f"Ctrl+S：{self._taking}　Esc：やめる", "keys")

    def on_mount(self) -> None:
        """Begin in the first field, or where there is something to write."""
        self._form.focus_first()
        if self._begin:
            self._form.focus_field(self._begin)

    def on_record_form_looked(self, event: RecordForm.Looked) -> None:
        """Something was typed."""
        event.stop()
        # The look before Ctrl+S closes the window arrives after that: there is nothing to be kept any more.
        if event.edited and self in kyoju(self).screen_stack:
            self._keep(self._form.draft())

    def keep_draft(self) -> None:
        """Pass on what was typed up to this moment."""
        if self._form.dirty:
            self._keep(self._form.draft())

    async def action_decide(self) -> None:
        """Give the row back, unless something is wrong with it."""
        if not await self._form.insist():
            return
        record = self._form.check().record
        plain = None if record is None else to_plain(record)
        if plain is not None and not plain.keys() - {"id"}:
            kyoju(self).notify("まだ何も書かれていません。書き込むか、Esc でやめてください。")
        else:
            self.dismiss(plain)

    def action_close(self) -> None:
        """Leave; ask where something was typed."""
        if self._form.dirty:
            records = self._taking == RECORDS
            message = f"入力した内容が、まだ{'記録' if records else '決定'}されていません。"
            kyoju(self).push_screen(leaving(message, keep=RECORDS if records else "決定する"), self._left)
        else:
            self.dismiss(None)

    async def _left(self, answer: str | None) -> None:
        if answer == "keep":
            await self.action_decide()
        elif answer == "discard":
            self.dismiss(None)

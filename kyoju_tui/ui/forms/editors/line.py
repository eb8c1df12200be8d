"""One line of typed text: words, numbers, dates, times."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from kyoju_tui.records.description import Described
from kyoju_tui.records.entering import enter, typed
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.ui.commands import bindings
from kyoju_tui.ui.forms.editors.base import EDITOR, Edited, move_focus
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.widgets.line_input import LineInput


class LineEditor(LineInput):
    """A line that is read by the field: 和暦, full-width digits and the like. Enter goes to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("edit.next", "edit.revert"))]

    DEFAULT_CSS = """
    LineEditor { width: 1fr; height: 1; border: none; padding: 0 1; }
    LineEditor:focus { border: none; }
    """

    def __init__(self, field: Described, setting: Setting, value: object | None) -> None:
        super().__init__(classes=EDITOR)
        self.field = field
        self.hint = ""
        self._setting = setting
        self._given: object | None = None
        self._given_text = ""
        self.put(value)

    def read(self) -> object | None:
        """What was given, where the text is as it was; else what the text means. Raises `InvalidValue`."""
        text = self.value
        if text == self._given_text:
            # A time with seconds, for one, is shown without them and must not lose them.
            return self._given
        return enter(self.field, text.strip(), today=self._setting.today())

    def drafted(self) -> object | None:
        """The value, or the text where it means none."""
        try:
            return self.read()
        except InvalidValue:
            return self.value

    def put(self, value: object | None) -> None:
        """Show a value as it is typed."""
        if isinstance(value, str) and self.field.widget != "line":
            self._given, self._given_text, self.value = None, "", value
            return
        self._given, self._given_text = value, typed(self.field, value)
        self.value = self._given_text

    def written(self) -> str:
        """The text as it stands."""
        return self.value

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(Edited(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What was typed here can be taken back; where nothing was, Ctrl+Z is the form's."""
        return action != "revert" or self.changed

    def action_next(self) -> None:
        """On to the next field."""
        move_focus(self, 1)

    def action_revert(self) -> None:
        """Take the last change of this line back."""
        self.action_take_back()

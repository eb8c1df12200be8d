"""Text of several lines, and lists of lines: one item a line."""

from __future__ import annotations

from typing import ClassVar, cast

from textual.binding import BindingType
from textual.widgets import TextArea

from kyoju_tui.records.description import Described
from kyoju_tui.ui.commands import bindings
from kyoju_tui.ui.forms.editors.base import EDITOR, Edited, move_focus
from kyoju_tui.ui.widgets.text_editor import TextEditor


class TextFieldEditor(TextEditor):
    """A text. The arrows leave it at its first and last line."""

    HINT = ""
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("edit.revert",))]

    DEFAULT_CSS = """
    TextFieldEditor { width: 1fr; height: auto; min-height: 2; max-height: 8; border: none; padding: 0 1; }
    TextFieldEditor:focus { border: none; }
    """

    def __init__(self, field: Described, value: object | None) -> None:
        super().__init__(classes=EDITOR)
        self.field = field
        self.hint = self.HINT
        self._given: object | None = None
        self._given_text = ""
        self.put(value)

    def read(self) -> object | None:
        """The text, or None where there is none."""
        if self.text == self._given_text:
            return self._given
        return self.text.rstrip() or None

    def drafted(self) -> object | None:
        """The same: there is nothing that cannot be read."""
        return self.read()

    def put(self, value: object | None) -> None:
        """Show a text."""
        self._given = value
        self.load_text(self._as_text(value))
        # The text as the editor holds it: line ends are its own.
        self._given_text = self.text

    def written(self) -> str:
        """The text as it stands."""
        return self.text

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell the form."""
        event.stop()
        self.post_message(Edited(self))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """What was typed here can be taken back; where all is as it was, Ctrl+Z is the form's."""
        return action != "revert" or self.text != self._given_text

    def action_revert(self) -> None:
        """Take the last typing back."""
        self.undo()

    def action_cursor_up(self, select: bool = False) -> None:
        """Up a line, or to the field above."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            move_focus(self, -1)
        else:
            super().action_cursor_up(select)

    def action_cursor_down(self, select: bool = False) -> None:
        """Down a line, or to the field below."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            move_focus(self, 1)
        else:
            super().action_cursor_down(select)

    def _as_text(self, value: object | None) -> str:
        return "" if value is None else str(value)


class ValuesEditor(TextFieldEditor):
    """A list of lines, one item a line."""

    HINT = "1行に1つずつ書きます"

    def read(self) -> object | None:
        """The lines that hold anything, or None."""
        if self.text == self._given_text:
            return self._given
        return [line.strip() for line in self.text.splitlines() if line.strip()] or None

    def _as_text(self, value: object | None) -> str:
        if isinstance(value, str) or value is None:
            return value or ""
        return "\n".join(str(item) for item in cast("list[object]", value))

"""Yes or no."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Button

from kyoju_tui.ui.screens.dialog import Dialog, said
from kyoju_tui.ui.widgets.push_button import PushButton


class ConfirmScreen(Dialog[bool]):
    """A question that says what will happen. True for yes; no and Esc change nothing (False, None).

    The safe answer has the focus: Enter alone never loses anything.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left,up", "app.focus_previous", show=False),
        Binding("right,down", "app.focus_next", show=False),
    ]
    AUTO_FOCUS = "#no"

    def __init__(self, message: str, detail: str = "", *, yes: str = "はい", no: str = "いいえ") -> None:
        super().__init__()
        self._message = message
        self._detail = detail
        self._yes = yes
        self._no = no

    def compose_dialog(self) -> ComposeResult:
        """Question, what it means, two buttons."""
        yield said(self._message, "dialog-title")
        if self._detail:
            yield said(self._detail)
        with Horizontal(classes="dialog-buttons"):
            yield PushButton(self._yes, id="yes")
            yield PushButton(self._no, id="no")

    def on_button_pressed(self, event: Button.Pressed) -> None:
        """Answer."""
        self.dismiss(event.button.id == "yes")

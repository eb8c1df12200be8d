"""What all small windows have in common: a frame in the middle of the screen, Esc closes."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from kyoju_tui.ui.safe import plain
from kyoju_tui.ui.widgets.reading import Reading

ResultT = TypeVar("ResultT")


class Dialog(ModalScreen[ResultT | None]):
    """A small window over the screen. Subclasses write `compose_dialog`; Esc answers None."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "close", show=False)]
    AUTO_FOCUS = "#dialog *"
    title_ja: str = ""

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 40%;
        &:ansi { background: transparent; }
        #dialog {
            width: 76;
            max-width: 100%;
            height: auto;
            max-height: 100%;
            padding: 0 1;
            background: $surface;
            border: solid $secondary;
            &:ansi { border: ascii $secondary; }
        }
        .dialog-title { text-style: bold; height: auto; margin: 0 0 1 0; }
        .dialog-detail { height: auto; margin: 0 0 1 0; }
        .dialog-fault { height: auto; color: $text-error; text-style: bold; }
        .dialog-buttons { height: 1; width: 1fr; }
    }
    """

    def compose(self) -> ComposeResult:
        """The frame around what the subclass yields."""
        with Vertical(id="dialog"):
            if self.title_ja:
                yield Static(plain(self.title_ja), classes="dialog-title")
            yield from self.compose_dialog()

    def compose_dialog(self) -> ComposeResult:
        """What stands in the window."""
        raise NotImplementedError

    def keep_draft(self) -> None:
        """Pass on what was typed in the window to what keeps it: the program is about to end."""

    def action_close(self) -> None:
        """Answer nothing."""
        self.dismiss(None)


def said(text: str, css_class: str = "dialog-detail") -> Reading:
    """A paragraph in a window."""
    return Reading(text, classes=css_class)

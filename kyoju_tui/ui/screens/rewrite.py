"""Writing a text anew over several lines."""

from __future__ import annotations

from typing import ClassVar, Final

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from kyoju_tui.ui.app_of import kyoju
from kyoju_tui.ui.screens.choose import leaving
from kyoju_tui.ui.screens.dialog import Dialog, said
from kyoju_tui.ui.widgets.text_editor import TextEditor

_TYPED: Final = "書き直した文章を使いますか。"


class RewriteScreen(Dialog[str]):
    """Gives the text as it was left with Ctrl+S; None where nothing is to change."""

    DEFAULT_CSS = """
    RewriteScreen {
        #dialog { width: 100%; max-width: 100; height: 100%; max-height: 30; }
        TextEditor { height: 1fr; }
        .keys { height: 1; color: $text-muted; margin: 1 0 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "take", show=False, priority=True)]
    AUTO_FOCUS = "TextEditor"

    def __init__(self, title: str, detail: str, text: str) -> None:
        super().__init__()
        self.title_ja = title
        self._detail = detail
        self._text = text

    def compose_dialog(self) -> ComposeResult:
        """What it begins with, the text, the keys."""
        if self._detail:
            yield said(self._detail)
        yield TextEditor(self._text)
        yield said("Ctrl+S：この文章にする　Esc：やめる", "keys")

    def action_close(self) -> None:
        """Leave; where something was typed, after asking."""
        if self.query_one(TextEditor).text == self._text:
            self.dismiss(None)
        else:
            kyoju(self).push_screen(leaving(_TYPED, keep="この文章にする"), self._asked)

    def _asked(self, answer: str | None) -> None:
        if answer == "keep":
            self.action_take()
        elif answer == "discard":
            self.dismiss(None)

    def action_take(self) -> None:
        """Take the text as it is now."""
        self.dismiss(self.query_one(TextEditor).text.rstrip())

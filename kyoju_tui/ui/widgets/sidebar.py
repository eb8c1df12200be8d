"""The list of screens at the left; folded away on narrow terminals, Ctrl+T shows or hides it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kyoju_tui.ui.safe import plain
from kyoju_tui.ui.screens import SCREENS

WIDE = 110  # columns from which the list stands open by itself


class Sidebar(Vertical):
    """One line per screen. Enter or a click opens it."""

    DEFAULT_CSS = """
    Sidebar {
        width: 24;
        background: $surface;
        padding: 0 0;
        OptionList {
            height: 1fr;
            border: none;
            padding: 0;
            background: $surface;
            scrollbar-size-vertical: 1;
            &:focus { border: none; background-tint: transparent; }
            & > .option-list--option { padding: 0 1; }
            & > .option-list--option-highlighted { background: $panel; text-style: bold; }
            &:ansi > .option-list--option-highlighted { text-style: bold underline; }
            &:focus > .option-list--option-highlighted {
                background: $cursor-background;
                color: $cursor-foreground;
                text-style: bold;
            }
        }
    }
    """

    class Chosen(Message):
        """A screen was chosen by its name in `SCREENS`."""

        def __init__(self, screen_name: str) -> None:
            super().__init__()
            self.screen_name = screen_name

    def compose(self) -> ComposeResult:
        """One option per screen."""
        yield OptionList(*(Option(plain(entry.label), id=name) for name, entry in SCREENS.items()))

    def mark(self, name: str) -> None:
        """Put the bar on the screen that is seen."""
        if name in SCREENS:
            self.query_one(OptionList).highlighted = list(SCREENS).index(name)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Pass the choice on as a screen's name."""
        event.stop()
        self.post_message(self.Chosen(event.option_id or ""))

    def take_focus(self) -> None:
        """Put the focus on the list."""
        self.query_one(OptionList).focus()

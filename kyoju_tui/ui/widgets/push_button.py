"""A button of one line."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Button

from kyoju_tui.ui.safe import one_line


class PushButton(Button):
    """One line, the label in safe text; the focused one is reversed, so that it shows without colours too."""

    DEFAULT_CSS = """
    PushButton, PushButton.-style-default, PushButton.-style-default.-textual-compact {
        height: 1;
        min-width: 10;
        margin: 0 2 0 0;
        padding: 0 1;
        border: none;
        background: $panel;
        color: $foreground;
        text-style: none;
        &:hover { border: none; background: $panel; text-style: underline; }
        &:focus { background-tint: transparent; text-style: bold reverse; }
        &:ansi { border: none; text-style: underline; &:focus { text-style: bold reverse; } }
    }
    """

    def __init__(self, label: str, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(Content(one_line(label)), id=id, compact=True)

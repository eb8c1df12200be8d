"""The line under which the seldom used fields of a form wait."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from kyoju_tui.records.description import Described
from kyoju_tui.ui.commands import bindings
from kyoju_tui.ui.forms.editors.base import EDITOR


class FoldLine(Static, can_focus=True):
    """The head of the folded section. Enter or a click opens it."""

    DEFAULT_CSS = """
    FoldLine { height: 1; width: 1fr; padding: 0 1; margin: 1 0 0 0; color: $text-muted; text-wrap: nowrap;
               text-overflow: clip; }
    FoldLine:focus { text-style: reverse; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("edit.unfold",)),
        Binding("space,ideographic_space", "unfold", show=False),
        Binding("up", "app.focus_previous", "上の項目", show=False),
        Binding("down", "app.focus_next", "下の項目", show=False),
    ]

    class Opened(Message):
        """The section is to be shown."""

    def __init__(self, fields: tuple[Described, ...]) -> None:
        names = "・".join(field.label for field in fields)
        super().__init__(
            Text(f"くわしい項目 {len(fields)}（Enterで開く）　{names}", no_wrap=True, overflow="ellipsis"),
            classes=EDITOR,
        )

    def action_unfold(self) -> None:
        """Ask for the section."""
        self.post_message(self.Opened())

    def on_click(self) -> None:
        """A click opens too."""
        self.post_message(self.Opened())

"""The status line: whose store, who, which day; and whether what was typed is recorded."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from kyoju_tui.ui.app_of import kyoju
from kyoju_tui.ui.safe import plain


class StatusLine(Widget):
    """Left: store, who, date. Right: the state of the last save, or why nothing can be saved.

    Both halves follow the app's `store_line` and `save_line`.
    """

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        padding: 0 1;
        background: $panel;
        color: $foreground;
    }
    """

    left: reactive[str] = reactive("")
    right: reactive[tuple[str, bool]] = reactive(("", False))

    def on_mount(self) -> None:
        """Follow the app."""
        self.watch(kyoju(self), "store_line", self._take_left)
        self.watch(kyoju(self), "save_line", self._take_right)

    def _take_left(self, text: str) -> None:
        self.left = text

    def _take_right(self, line: tuple[str, bool]) -> None:
        self.right = line

    def render(self) -> RenderableType:
        """Draw both halves; the right one is never cut for the left."""
        width = self.content_size.width
        text, alert = self.right
        right = plain(text, "bold reverse" if alert else "bold")
        if right.cell_len > width:
            right.truncate(width, overflow="ellipsis")
        room = max(0, width - right.cell_len - (2 if right.plain else 0))
        left = plain(self.left)
        left.truncate(room, overflow="ellipsis")
        gap = " " * max(0, width - cell_len(left.plain) - right.cell_len)
        return Text.assemble(left, gap, right, no_wrap=True, end="")

"""The status line: whose store, who, which day; and whether what was typed is recorded."""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.console import RenderableType
from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from kyoju_tui.ui.app_of import kyoju
from kyoju_tui.ui.commands import COMMANDS, key_label
from kyoju_tui.ui.safe import one_line, plain
from kyoju_tui.ui.widgets.record_table import CUT
from kyoju_tui.ui.widgets.sidebar import WIDE

_LEAST: Final = 8
_ELSEWHERE: Final = ("goto", "palette")


class StatusLine(Widget):
    """Left: store, who, date. Right: the state of the last save, or why nothing can be saved.

    Both halves follow the app's `store_line` and `save_line`. While nothing is to be said at the right, a narrow
    screen tells there how to get to the others.
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
        """Draw both halves; the right one keeps its beginning and its end, and leaves room for what waits only."""
        width = self.content_size.width
        text, alert = self.right
        news = kyoju(self).standing.news
        kept = cell_len(news) + 2 if news else 0
        right = plain(both_ends(one_line(text), max(width - kept, width // 2)), "bold reverse" if alert else "bold")
        left = self._left(max(0, width - right.cell_len - (2 if right.plain else 0)), news)
        if not right.plain and left.plain and width < WIDE:
            ways = plain(self._ways(), "dim")
            right = ways if left.cell_len + 2 + ways.cell_len <= width else right
        gap = " " * max(0, width - cell_len(left.plain) - right.cell_len)
        return Text.assemble(left, gap, right, no_wrap=True, end="")

    def _left(self, room: int, news: str) -> Text:
        """As much of the left half as there is room for; its news stays longest."""
        if not news or cell_len(self.left) <= room:
            left = plain(self.left if room >= _LEAST else "")
        else:
            for_head = room - cell_len(news)
            head = plain(self.left.removesuffix(news) if for_head >= _LEAST else "")
            head.truncate(for_head, overflow="ellipsis")
            left = plain(f"{head.plain}{news}")
        left.truncate(room, overflow="ellipsis")
        return left

    def _ways(self) -> str:
        """The ways to other screens with their keys; the list of screens has no room on a narrow one."""
        found = {active.binding.id or "": key for key, active in self.screen.active_bindings.items()}
        return "　".join(f"{key_label(found[name])} {COMMANDS[name].label}" for name in _ELSEWHERE if name in found)


def both_ends(text: str, width: int) -> str:
    """At most so many cells: what was recorded stands at the beginning, what was done to it at the end."""
    if cell_len(text) <= width:
        return text
    head = max(0, (width - cell_len(CUT)) // 2)
    tail = max(0, width - cell_len(CUT) - head)
    return f"{set_cell_size(text, head).rstrip()}{CUT}{set_cell_size(text[::-1], tail).rstrip()[::-1]}"

"""The ways in which a 食い違い can be settled, in a row: a key each, the chosen one in 【brackets】."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.message import Message
from textual.widget import Widget

from kyoju_tui.records.disagreement import Way


class WayLine(Widget):
    """One line. A click on a way is the same as its key."""

    class Wanted(Message):
        """A way was clicked."""

        def __init__(self, way: Way) -> None:
            super().__init__()
            self.way = way

    DEFAULT_CSS = """
    WayLine { height: 1; width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._ways: tuple[tuple[Way, str], ...] = ()
        self._chosen: Way | None = None
        self._places: list[tuple[int, int, Way]] = []

    def show(self, ways: Sequence[tuple[Way, str]], chosen: Way | None) -> None:
        """Show these ways, each with the name of its key."""
        self._ways, self._chosen = tuple(ways), chosen
        self.refresh()

    def render(self) -> Text:
        """Draw them; every way keeps its width whether it is chosen or not, so that nothing moves."""
        line = Text(no_wrap=True, end="")
        self._places = []
        for way, key in self._ways:
            chosen = way is self._chosen
            start = cell_len(line.plain)
            line.append(f"{key} ", "bold")
            line.append(f"【{way.value}】" if chosen else f"　{way.value}　", "bold reverse" if chosen else "")
            self._places.append((start, cell_len(line.plain), way))
            line.append(" ")
        return line

    def on_click(self, event: events.Click) -> None:
        """Ask for the way under the mouse."""
        for start, end, way in self._places:
            if start <= event.x < end:
                self.post_message(self.Wanted(way))

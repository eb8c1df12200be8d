"""Read-only paragraphs that wrap as Japanese does, in a box whose size never depends on them.

A cursor that runs over a table changes the text at every step: only the lines that differ are drawn again, and nothing
around the box moves.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from kyoju_tui.ui.safe import safe
from kyoju_tui.ui.widgets.wrapping import wrap

_NO_LINE = ("", "")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One paragraph: its text, a Rich style, and by how many cells it and its further lines are moved in."""

    text: str
    style: str = ""
    indent: int = 0


class Story(Widget, can_focus=True):
    """Paragraphs in a box of their own. The last line tells of what does not fit; Tab and the arrows reach it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "read(1)", show=False),
        Binding("up", "read(-1)", show=False),
        Binding("pagedown,space", "read(10)", show=False),
        Binding("pageup", "read(-10)", show=False),
        Binding("home", "read(-10000)", show=False),
        Binding("end", "read(10000)", show=False),
    ]
    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Story { background: $surface; padding: 0 1; height: 6; }
    Story:focus { background: $panel; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name for it
        super().__init__(id=id)
        self._said: tuple[Sentence, ...] = ()
        self._top = 0
        self._wrapped: tuple[tuple[Sentence, ...], int, list[tuple[str, str]]] = ((), 0, [])

    @property
    def text(self) -> str:
        """All that is said, unwrapped."""
        return "\n".join(each.text for each in self._said)

    def show(self, said: Iterable[Sentence]) -> None:
        """Replace all, from the top."""
        wanted = tuple(said)
        if wanted != self._said:
            before = self._seen()
            self._said, self._top = wanted, 0
            self._draw_again(before)

    def allow_focus(self) -> bool:
        """There is nothing to do here where everything is in sight."""
        return len(self._lines()) > self.content_size.height

    def action_read(self, by: int) -> None:
        """Move the text by some lines."""
        before = self._seen()
        self._top = max(0, min(len(self._lines()) - self.content_size.height, self._top + by))
        self._draw_again(before)

    def on_mouse_scroll_down(self) -> None:
        """Read on."""
        self.action_read(2)

    def on_mouse_scroll_up(self) -> None:
        """Read back."""
        self.action_read(-2)

    def render_line(self, y: int) -> Strip:
        """Draw one line of those in sight."""
        seen = self._seen()
        text, style = seen[y] if y < len(seen) else _NO_LINE
        usual = self.visual_style.rich_style
        drawn = usual + Style.parse(style)
        return Strip([Segment(text, drawn)]).extend_cell_length(self.content_size.width, usual)

    def _lines(self) -> list[tuple[str, str]]:
        """Every line with its style, as it fits the width; wrapped once, however many lines are drawn."""
        width = self.content_size.width
        if width < 2:
            return []
        if self._wrapped[0] is not self._said or self._wrapped[1] != width:
            lines = [
                (f"{' ' * said.indent}{line}", said.style)
                for said in self._said
                for line in wrap(safe(said.text), max(width - said.indent, 2))
            ]
            self._wrapped = self._said, width, lines
        return self._wrapped[2]

    def _seen(self) -> list[tuple[str, str]]:
        """The lines in sight; the last one says how much is left."""
        lines, height = self._lines()[self._top :], self.content_size.height
        if len(lines) <= height or height < 2:
            return lines[:height]
        left = len(lines) - height + 1
        word = "下矢印で読めます" if self.has_focus else "Tabで移ると読めます"
        told = f"ほか{left}行（{word}）"
        return [*lines[: height - 1], (told if cell_len(told) <= self.content_size.width else f"ほか{left}行", "bold")]

    def _draw_again(self, before: list[tuple[str, str]]) -> None:
        """Draw the lines that differ from what was in sight, as far as either of them reaches."""
        for y, (old, new) in enumerate(zip_longest(before, self._seen(), fillvalue=_NO_LINE)):
            if old != new:
                self.refresh(Region(0, y, max(cell_len(old[0]), cell_len(new[0]), 1), 1))

"""Read-only paragraphs that wrap as Japanese does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.text import Text
from textual.containers import VerticalScroll
from textual.geometry import Size
from textual.widget import Widget

from kyoju_tui.ui.safe import safe
from kyoju_tui.ui.widgets.wrapping import wrap


@dataclass(frozen=True, slots=True)
class Sentence:
    """One paragraph: its text, a Rich style, and by how many cells it and its further lines are moved in."""

    text: str
    style: str = ""
    indent: int = 0


class Paragraphs(Widget):
    """The paragraphs as they fit the width."""

    DEFAULT_CSS = """
    Paragraphs { height: auto; width: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._said: tuple[Sentence, ...] = ()

    def show(self, said: Iterable[Sentence]) -> None:
        """Replace all."""
        wanted = tuple(said)
        if wanted != self._said:
            self._said = wanted
            self.refresh(layout=True)

    @property
    def text(self) -> str:
        """All that is said, unwrapped."""
        return "\n".join(each.text for each in self._said)

    def render(self) -> Text:
        """Draw all lines."""
        text = Text(no_wrap=True, end="")
        for said in self._said:
            for line in _lines(said, self.size.width):
                text.append(line, style=said.style)
                text.append("\n")
        text.right_crop(1)
        return text

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the text needs at this width."""
        return sum(len(_lines(said, width)) for said in self._said)


class Story(VerticalScroll, can_focus=False):
    """Paragraphs in a box of their own, scrolled where they are long."""

    DEFAULT_CSS = """
    Story { background: $surface; padding: 0 1; scrollbar-size-vertical: 1; }
    """

    def compose(self) -> Iterable[Widget]:
        """The text."""
        yield Paragraphs()

    def show(self, said: Iterable[Sentence]) -> None:
        """Replace all, from the top."""
        self.query_one(Paragraphs).show(said)
        self.scroll_home(animate=False)

    @property
    def text(self) -> str:
        """All that is said, unwrapped."""
        return self.query_one(Paragraphs).text


def _lines(said: Sentence, width: int) -> list[str]:
    blank = " " * said.indent
    return [f"{blank}{line}" for line in wrap(safe(said.text), max(width - said.indent, 2))]

"""Text to be read: wrapped by Japanese rules to whatever width there is."""

from __future__ import annotations

from collections.abc import Iterable

from rich.cells import cell_len
from rich.console import RenderableType
from rich.text import Text
from textual.geometry import Size
from textual.widget import Widget

from kyoju_tui.ui.safe import safe
from kyoju_tui.ui.widgets.record_table import fit
from kyoju_tui.ui.widgets.wrapping import wrap


class Reading(Widget):
    """A text, as high as it needs to be. `update` replaces it."""

    DEFAULT_CSS = """
    Reading { width: 1fr; height: auto; }
    """

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._text = safe(text)

    def update(self, text: str) -> None:
        """Show another text."""
        shown = safe(text)
        if shown != self._text:
            self._text = shown
            self.refresh(layout=True)

    def lines(self, width: int) -> list[str]:
        """The lines for a width in cells."""
        return wrap(self._text, max(2, width)) if self._text else []

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002
        """Take all the width there is."""
        return container.width

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As many lines as the width needs."""
        return len(self.lines(width))

    def render(self) -> RenderableType:
        """Draw the wrapped lines."""
        return Text("\n".join(self.lines(self.content_size.width)), no_wrap=True, end="")


class Definitions(Reading):
    """Terms at the left, what they mean at the right, wrapped under itself."""

    def __init__(self, rows: Iterable[tuple[str, str]], *, classes: str | None = None) -> None:
        super().__init__(classes=classes)
        self._rows = [(safe(term), safe(meaning)) for term, meaning in rows]
        self._left = max((cell_len(term) for term, _meaning in self._rows), default=0) + 2

    def lines(self, width: int) -> list[str]:
        """Every row's meaning beside its term."""
        found: list[str] = []
        for term, meaning in self._rows:
            wrapped = wrap(meaning, max(2, width - self._left))
            found += [fit(term if number == 0 else "", self._left) + line for number, line in enumerate(wrapped)]
        return found

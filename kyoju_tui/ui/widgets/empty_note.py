"""What stands in an empty place: what belongs there and how to begin."""

from __future__ import annotations

from textual import events
from textual.widgets import Static

from kyoju_tui.ui.safe import paragraph
from kyoju_tui.ui.widgets.wrapping import wrap

_NARROWEST = 10


class EmptyNote(Static):
    """A few sentences in place of a table; not shown unless the screen says so."""

    DEFAULT_CSS = """
    EmptyNote { height: auto; padding: 1 2; color: $foreground; display: none; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(paragraph(text))
        self._text = text
        self._width = 0

    def say(self, text: str) -> None:
        """Say something else."""
        if text != self._text:
            self._text = text
            self._wrap()

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002 - the padding is not part of it
        """Wrap as Japanese is wrapped, once per width."""
        if self.content_size.width != self._width:
            self._width = self.content_size.width
            self._wrap()

    def _wrap(self) -> None:
        lines = wrap(self._text, self._width) if self._width >= _NARROWEST else [self._text]
        self.update(paragraph("\n".join(lines)))

"""One line at the head of a screen: who else has its record open. There only while somebody has."""

from __future__ import annotations

from textual.widgets import Static

from kyoju_tui.ui.safe import plain


class PresentLine(Static):
    """Calm: it is information, not a warning."""

    DEFAULT_CSS = """
    PresentLine { height: 1; padding: 0 1; background: $panel; color: $foreground; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(plain(text))
        self._said = text

    def say(self, text: str) -> None:
        """Say something else."""
        if text != self._said:
            self._said = text
            self.update(plain(text))

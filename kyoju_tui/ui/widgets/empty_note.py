"""What stands in an empty place: what belongs there and how to begin."""

from __future__ import annotations

from textual.widgets import Static

from kyoju_tui.ui.safe import paragraph


class EmptyNote(Static):
    """A few sentences in place of a table; not shown unless the screen says so."""

    DEFAULT_CSS = """
    EmptyNote { height: auto; padding: 1 2; color: $foreground; display: none; }
    """

    def __init__(self, text: str) -> None:
        super().__init__(paragraph(text))

    def say(self, text: str) -> None:
        """Say something else."""
        self.update(paragraph(text))

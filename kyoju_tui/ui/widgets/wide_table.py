"""A table that tells when its width changes, so that its columns can share what there is."""

from __future__ import annotations

from textual import events
from textual.message import Message

from kyoju_tui.ui.widgets.record_table import RecordTable


class WideTable(RecordTable):
    """A `RecordTable` whose screen lays the columns out by `room`."""

    class Widened(Message):
        """The table is wider or narrower than before."""

    _width = 0

    @property
    def room(self) -> int:
        """How many cells the columns may take together; one is kept for the scroll bar."""
        return max(40, self._width - 1)

    def on_resize(self, event: events.Resize) -> None:
        """Tell the screen, once per width."""
        if event.size.width != self._width:
            self._width = event.size.width
            self.post_message(self.Widened())

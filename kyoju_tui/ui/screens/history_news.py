"""Whether the history has something new: a changed file is noticed some moments before its commit is there."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.workspace.past.visits import here

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.base import KyojuScreen

# After so many seconds each the history is looked at again; a hand edit that nobody records is not waited for longer.
_AGAIN: Final = (0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 6.0)


class HistoryNews:
    """Tells a screen once there is a newer commit than the one that it has read up to."""

    def __init__(self, screen: KyojuScreen, read: Callable[[], None]) -> None:
        """`read` reads the history anew; its worker begins with `mark`."""
        self._screen = screen
        self._read = read
        self._known: str | None = None
        self._looks = 0
        self._timer: Timer | None = None

    def mark(self) -> None:
        """In a worker, right before the history is read: what is there now will be known. Errors: `KyojuError`."""
        found = here(self._screen.workspace.repository)
        self._known = None if found is None else found.commit

    def expect(self) -> None:
        """Records changed: look until their commit is there."""
        self._looks = 0
        self._ask()

    def _ask(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._screen.run_worker(self._look, thread=True, exclusive=True, group="news")

    def _look(self) -> None:
        try:
            found = here(self._screen.workspace.repository)
        except KyojuError:
            # What keeps the history from being read is said by the reading itself.
            self._screen.from_thread(self._read)
            return
        newer = found is not None and found.commit != self._known
        self._screen.from_thread(self._read if newer else self._later)

    def _later(self) -> None:
        if self._looks < len(_AGAIN):
            self._timer = self._screen.set_timer(_AGAIN[self._looks], self._ask)
            self._looks += 1

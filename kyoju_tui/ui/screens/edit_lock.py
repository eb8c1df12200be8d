"""A form while it is being recorded: nothing can be typed, and the focus comes back if that fails."""

from __future__ import annotations

from collections.abc import Iterable

from textual.screen import Screen
from textual.widget import Widget


class Lock:
    """Closes and opens parts of a screen. `closed` tells which it is."""

    def __init__(self, screen: Screen[object]) -> None:
        self._screen = screen
        self._parts: tuple[Widget, ...] = ()
        self._left_at: Widget | None = None
        self.closed = False

    def close(self, parts: Iterable[Widget | None]) -> None:
        """Let nothing be typed into these (None: a part that is not there); closed a second time it stays as it is."""
        if self.closed:
            return
        self.closed = True
        self._left_at = self._screen.focused
        self._parts = tuple(part for part in parts if part is not None)
        for part in self._parts:
            part.disabled = True

    def open(self) -> None:
        """Go on where somebody was."""
        if not self.closed:
            return
        self.closed = False
        for part in self._parts:
            part.disabled = False
        if self._left_at is not None:
            self._left_at.focus()

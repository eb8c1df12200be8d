"""Moves the terminal's cursor after each paint: to the editor that has the focus, or out of sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyoju_tui.ui.widgets.terminal_cursor import editing_place, sequence

if TYPE_CHECKING:
    from textual.driver import Driver
    from textual.screen import Screen


class InputCursor:
    """Remembers whether the cursor is shown, so that nothing is sent while nobody types."""

    def __init__(self) -> None:
        self._shown = False

    def follow(self, screen: Screen[object] | None, driver: Driver) -> None:
        """Put the cursor where the IME composes on this screen."""
        place = None if screen is None else editing_place(screen)
        if place is not None or self._shown:
            self._shown = place is not None
            driver.write(sequence(place))
            driver.flush()

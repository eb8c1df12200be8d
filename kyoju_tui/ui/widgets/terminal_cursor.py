"""The terminal's own cursor, at the editor that has the focus: there the IME draws what is being composed.

Textual hides it and leaves it where it was; without this the composition shows in another corner of the screen.
"""

from __future__ import annotations

from textual.errors import NoWidget
from textual.geometry import Offset
from textual.screen import Screen
from textual.widgets import Input, TextArea

_HIDE = "\x1b[?25l"
_SHOW = "\x1b[?25h"


def editing_place(screen: Screen[object]) -> Offset | None:
    """The cell where the next typed character goes; None where nothing is being edited or it is out of sight."""
    focused = screen.focused
    if not isinstance(focused, Input | TextArea) or (isinstance(focused, TextArea) and focused.read_only):
        return None
    place = focused.cursor_screen_offset
    try:
        visible = screen.find_widget(focused).visible_region
    except NoWidget:  # it has the focus and is not laid out yet, or no longer
        return None
    # Just past the last cell counts as inside: a full line's cursor stands there.
    return place if visible.grow((0, 1, 0, 0)).contains_point(place) else None


def sequence(place: Offset | None) -> str:
    """What to write to the terminal so that its cursor stands there and is seen, or is hidden."""
    return _HIDE if place is None else f"\x1b[{place.y + 1};{place.x + 1}H{_SHOW}"

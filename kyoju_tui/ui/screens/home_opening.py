"""From pure data to an opened screen: the right screen with the right record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyoju_tui.overview.opening import Opening
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens import SCREENS

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp


def open_at(app: KyojuApp, opening: Opening) -> None:
    """Open the screen with its cursor on the record; a record without a screen of its own opens in its form."""
    ref = Ref(opening.record)
    if opening.screen not in SCREENS:
        app.open_record(ref)
    elif not ref:
        app.open_screen(opening.screen)
    elif opening.action:
        app.open_screen(opening.screen, action=opening.action)
    elif ref.top == "findings":
        app.open_screen(opening.screen, finding=ref.id)
    elif ref.top == opening.screen and "/" in ref:
        # The lists of one kind are named like the folder of its records.
        app.open_screen(opening.screen, record=ref.id)
    else:
        app.open_screen(opening.screen)


def open_ref(app: KyojuApp, ref: Ref) -> None:
    """Open a record in the list of its kind, or in its form where there is none."""
    if ref.top == "entries":
        app.open_record(ref)
    else:
        open_at(app, Opening(ref.top, ref))

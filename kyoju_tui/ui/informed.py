"""Screens and windows that are told of what anybody recorded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from textual.screen import Screen

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed


@runtime_checkable
class Informed(Protocol):
    """A screen that follows the records."""

    @property
    def is_mounted(self) -> bool:
        """Whether it is laid out, and can show anything."""
        ...

    def records_changed(self, changed: Changed) -> None:
        """Records were changed by this or another session."""
        ...


def inform(screens: Sequence[Screen[object]], changed: Changed) -> None:
    """Pass the news to every screen that is open, the one in sight last-come first."""
    for screen in reversed(screens):
        if isinstance(screen, Informed) and screen.is_mounted:
            screen.records_changed(changed)

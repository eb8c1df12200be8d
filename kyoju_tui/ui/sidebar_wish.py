"""Whether the list of screens is seen: as somebody chose with Ctrl+T, else by the terminal's width."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.widgets.sidebar import WIDE, Sidebar

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp


class SidebarWish:
    """The choice, for all screens of one app."""

    def __init__(self, app: KyojuApp) -> None:
        self._app = app
        self._wanted: bool | None = None

    @property
    def shown(self) -> bool:
        """Whether the list is to be seen now."""
        return self._app.size.width >= WIDE if self._wanted is None else self._wanted

    def turn(self) -> None:
        """Show or hide the list on every open screen; shown, it takes the focus."""
        if not isinstance(self._app.screen, KyojuScreen):
            return
        self._wanted = not self.shown
        for screen in self._app.screen_stack:
            for sidebar in screen.query(Sidebar):
                sidebar.display = self._wanted
        if self._wanted:
            self._app.screen.query_one(Sidebar).take_focus()

"""An app with this program's colours and nothing else, for tests of single widgets."""

from __future__ import annotations

from textual.app import App

from kyoju_tui.ui.themes import STANDARD


class BareApp(App[None]):
    """Nothing but the theme."""

    def __init__(self) -> None:
        super().__init__()
        self.register_theme(STANDARD)
        self.theme = STANDARD.name

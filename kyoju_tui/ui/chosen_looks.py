"""What a user chooses on the screen and finds again at the next start: the colours, and the screen to begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyoju_tui.ui.screens import SCREENS
from kyoju_tui.ui.themes import BY_NAME

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp


def choose_theme(app: KyojuApp, name: str) -> None:
    """Change the colours (a key of `themes.BY_NAME`) and keep the choice."""
    app.theme = BY_NAME[name].name
    _keep(app, theme=name)


def choose_first_screen(app: KyojuApp, name: str) -> None:
    """Begin with this screen (a key of `SCREENS`) from the next start on."""
    _keep(app, first_screen=name)
    app.notify(f"次に開くときは「{SCREENS[name].label}」から始めます。")


def _keep(app: KyojuApp, *, theme: str | None = None, first_screen: str | None = None) -> None:
    try:
        app.preferences = app.preferences.choosing(theme=theme, first_screen=first_screen)
    except OSError:
        app.notify("この選択は今回だけ有効です。設定ファイルに書き込めませんでした。", severity="warning")

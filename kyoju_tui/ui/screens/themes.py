"""テーマ: priority themes by rank (handbook 1-3(3))."""

from __future__ import annotations

from kyoju_tui.ui.screens.records import RecordsScreen


class ThemesScreen(RecordsScreen):
    """The list of them."""

    KIND = "theme"
    EMPTY = "優先して話し合うテーマがここに並びます。\n\nF4 で、必要なことからテーマを書き始めます。"

"""会議の系列: meetings that come again (handbook 1-3)."""

from __future__ import annotations

from kyoju_tui.ui.screens.records import RecordsScreen


class SeriesScreen(RecordsScreen):
    """The list of them."""

    KIND = "series"
    EMPTY = "定期に開く会議の系列がここに並びます。\n\nF4 で系列と間隔を決めます。間隔を過ぎるとお知らせします。"

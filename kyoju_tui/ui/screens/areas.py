"""地域: candidates, models, targets (handbook 3-1)."""

from __future__ import annotations

from kyoju_tui.ui.screens.records import RecordsScreen


class AreasScreen(RecordsScreen):
    """The list of them."""

    KIND = "area"
    EMPTY = "候補・モデル・対象となる地域がここに並びます。\n\nF4 で地域を記録します。"

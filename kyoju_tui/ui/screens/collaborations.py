"""連携協働: joint work within and across categories (handbook 1-2(2), 1-3(1))."""

from __future__ import annotations

from kyoju_tui.ui.screens.records import RecordsScreen


class CollaborationsScreen(RecordsScreen):
    """The list of them."""

    KIND = "collaboration"
    EMPTY = "2つ以上の部署で行うことがここに並びます。\n\nF4 で連携協働を記録します。"

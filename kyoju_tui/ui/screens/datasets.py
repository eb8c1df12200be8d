"""基礎データ: existing data with source and date (handbook 1-2(1))."""

from __future__ import annotations

from kyoju_tui.ui.screens.records import RecordsScreen


class DatasetsScreen(RecordsScreen):
    """The list of them."""

    KIND = "dataset"
    EMPTY = (
        "人口、世帯、住宅、施設などの既にある資料がここに並びます。\n\n"
        "F4 で資料を登録します。新しい調査をする必要はありません。"
    )

"""団体: groups and businesses, bound to an area or not (handbook 3-2)."""

from __future__ import annotations

from kyoju_tui.ui.screens.records import RecordsScreen


class GroupsScreen(RecordsScreen):
    """The list of them."""

    KIND = "group"
    EMPTY = (
        "町内会、商店街、活動団体、事業者などがここに並びます。\n\n"
        "F4 で団体を記録します。地域に限らない団体は、地域を空のままにします。"
    )

"""照会: inquiries to the departments (handbook 1-2(1))."""

from __future__ import annotations

from kyoju_tui.ui.screens.records import RecordsScreen


class InquiriesScreen(RecordsScreen):
    """The list of them."""

    KIND = "inquiry"
    EMPTY = (
        "各部署に取組・課題・データをたずねる照会がここに並びます。\n\n"
        "F4 で照会を作ります。先に事前説明の会議を開くと回答がそろいやすくなります。"
    )

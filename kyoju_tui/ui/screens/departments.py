"""部署: the columns of the matrix (handbook 1-1, 1-2)."""

from __future__ import annotations

from kyoju_tui.ui.screens.ordered import OrderedScreen


class DepartmentsScreen(OrderedScreen):
    """The list of them."""

    KIND = "department"
    EMPTY = "一覧表の列になる部署がここに並びます。庁外の構成員も加えられます。\n\nF4 で部署を加えます。"
    CLOSED_BY = "廃止日"

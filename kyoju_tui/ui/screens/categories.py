"""カテゴリー: the rows of the matrix (handbook 1-2(1))."""

from __future__ import annotations

from kyoju_tui.ui.screens.ordered import OrderedScreen


class CategoriesScreen(OrderedScreen):
    """The list of them."""

    KIND = "category"
    EMPTY = "一覧表の行になるカテゴリーがここに並びます。\n\nF4 でカテゴリーを加えます。"
    CLOSED_BY = "廃止"

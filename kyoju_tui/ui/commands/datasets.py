"""Commands of 基礎データ."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "datasets.figures", "ctrl+l", "数値を見る", "この資料の数値を、地域と指標の表で見ます",
        at("datasets"), "基礎データ", ("v",), 14,
    ),
    Command(
        "datasets.take", "ctrl+r", "取り込む", "地域ごとの数値のCSVファイルを、この資料に取り込みます",
        at("datasets"), "基礎データ", ("i",), 15,
    ),
)  # fmt: skip

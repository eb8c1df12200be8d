"""Commands of カテゴリー."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "categories.merge", "ctrl+g", "統合",
        "選んでいるカテゴリーをほかのカテゴリーに統合します（取組・課題も移ります）",
        at("categories"), "カテゴリー", rank=14,
    ),
    Command(
        "categories.retire", "ctrl+r", "廃止・戻す", "一覧表の行から外します。廃止したものは使用に戻します",
        at("categories"), "カテゴリー", rank=15,
    ),
)  # fmt: skip

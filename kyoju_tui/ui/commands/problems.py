"""Commands of 点検."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "problems.format",
        "ctrl+r",
        "整形",
        "選んでいるファイルを、いつもの書き方に整えます（内容は変わりません）",
        at("problems"),
        "点検",
        rank=15,
    ),
    Command(
        "problems.file",
        "ctrl+e",
        "ファイル",
        "選んでいるファイルをエディターで開きます。閉じると、もう一度点検します",
        at("problems"),
        "点検",
        rank=16,
    ),
)

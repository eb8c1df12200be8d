"""Commands of 取り込みの確認."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command

COMMANDS: Final = (
    Command(
        "bringing.limit", "ctrl+l", "絞り込み", "不明・変更・追加などの結果ごとに絞り込みます。押すたびに次へ移ります",
        group="取り込み", rank=14,
    ),
)  # fmt: skip

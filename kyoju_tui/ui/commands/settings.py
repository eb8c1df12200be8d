"""Commands of 年度替わり and 設定."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "april.year", "ctrl+l", "年度切替", "実績を確かめる年度を、終わった年度と今年度とで切り替えます",
        at("april"), "年度替わり", rank=14,
    ),
)  # fmt: skip

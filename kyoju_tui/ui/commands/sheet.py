"""Commands of the sheets, which lay one record out."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command

COMMANDS: Final = (
    Command(
        "sheet.cut", "delete", "行を消す", "選んでいる行をこの記録から消します（元に戻せます）",
        group="シート", rank=42, also="ctrl+d",
    ),
)  # fmt: skip

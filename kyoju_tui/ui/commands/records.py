"""Commands of lists that have an order of their own."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "records.up",
        "ctrl+up",
        "上へ",
        "選んでいるものを1つ上に並べます",
        at("departments", "categories"),
        "並び順",
        ("K",),
        43,
    ),
    Command(
        "records.down",
        "ctrl+down",
        "下へ",
        "選んでいるものを1つ下に並べます",
        at("departments", "categories"),
        "並び順",
        ("J",),
        44,
    ),
)

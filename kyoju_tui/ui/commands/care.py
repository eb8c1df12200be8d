"""Commands of 地域包括ケア."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "care.tag", "ctrl+r", "要素を付ける", "すでにある取組・課題に、選んでいる欄の要素と地域を付けます",
        at("integrated-care"), "地域包括ケア", rank=14,
    ),
    Command(
        "care.areas", "ctrl+e", "地域", "選んでいる圏域の地域を開きます",
        at("integrated-care"), "地域包括ケア", rank=15,
    ),
)  # fmt: skip

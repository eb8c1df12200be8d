"""Commands of テーマ."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "themes.up", "ctrl+up", "順位上げ", "順位を1つ上げます（理由を聞きます）", at("themes"), "テーマ", ("K",), 14
    ),
    Command(
        "themes.down", "ctrl+down", "順位下げ", "順位を1つ下げます（理由を聞きます）", at("themes"), "テーマ",
        ("J",), 15,
    ),
    Command(
        "themes.status", "ctrl+r", "状況", "状況を変えます。実践中にするときは、制度上の課題の整理を確かめます",
        at("themes"), "テーマ", ("s",), 16,
    ),
    Command(
        "themes.agenda", "ctrl+g", "次第へ", "このテーマを会議の次第に載せます", at("themes"), "テーマ", ("a",), 17
    ),
)  # fmt: skip

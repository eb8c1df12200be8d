"""Commands that make papers of what is recorded: the report, the matrix, the points."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "papers.write-out", "ctrl+d", "書き出し", "報告書・一覧表・論点を、印刷や配布のためのファイルに書き出します",
        at("home", "matrix"), "報告書・書き出し", rank=16,
    ),
)  # fmt: skip

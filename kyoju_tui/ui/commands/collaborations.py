"""Commands of 連携協働."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "collaborations.join", "ctrl+l", "部署を追加", "この連携協働に部署と分担を加えます",
        at("collaborations"), "連携協働", ("a",), 14,
    ),
    Command(
        "collaborations.share", "ctrl+r", "分担を書く", "分担がまだない部署の分担を書きます",
        at("collaborations"), "連携協働", ("s",), 15,
    ),
)  # fmt: skip

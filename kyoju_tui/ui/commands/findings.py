"""Commands of 論点・確認事項."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "findings.limit",
        "ctrl+l",
        "表示切替",
        "未整理の論点・確認事項・整理済み・すべての順に表示を変えます",
        at("findings"),
        "論点・確認事項",
        ("v",),
        14,
    ),
    Command(
        "findings.reopen",
        "ctrl+r",
        "再び論点に",
        "整理した結果を取り消し、論点に戻します",
        at("findings"),
        "論点・確認事項",
        ("r",),
        15,
    ),
)

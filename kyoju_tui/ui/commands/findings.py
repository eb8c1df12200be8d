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
    Command(
        "findings.agenda",
        "ctrl+k",
        "次第へ",
        "選んでいる論点を会議の次第に載せます",
        at("findings"),
        "論点・確認事項",
        (),
        16,
    ),
    Command(
        "findings.joint",
        "ctrl+n",
        "連携を始める",
        "選んでいる論点の部署・カテゴリー・取組から連携協働を記録します",
        at("findings"),
        "論点・確認事項",
        (),
        17,
    ),
)

"""Commands of 取組・課題."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "entries.limit",
        "ctrl+l",
        "絞り込み",
        "種別・状況・部署・カテゴリー・未確認で絞り込みます",
        at("entries"),
        "取組・課題",
        ("v",),
        14,
    ),
    Command(
        "entries.copy",
        "ctrl+d",
        "写して新規",
        "選んでいるものを写して、新しい取組・課題を作ります",
        at("entries"),
        "取組・課題",
        ("c",),
        15,
    ),
    Command(
        "entries.move",
        "ctrl+r",
        "所管替え",
        "選んでいるものを別の部署へ移します（履歴は続きます）",
        at("entries"),
        "取組・課題",
        ("m",),
        16,
    ),
    Command(
        "entries.unconfirmed",
        "ctrl+u",
        "未確認だけ",
        "所管課の確認が済んでいないものだけにします（もう一度で戻ります）",
        at("entries"),
        "取組・課題",
        (),
        17,
    ),
    Command(
        "entries.mark",
        "insert",
        "選ぶ",
        "選択に加える・外すを切り替えます（空白キーも同じです）",
        at("entries"),
        "取組・課題",
        (),
        18,
    ),
    Command(
        "entries.mark-all",
        "ctrl+a",
        "すべて選ぶ",
        "見つかったものをすべて選びます（もう一度で外します）",
        at("entries"),
        "取組・課題",
        (),
        19,
    ),
    Command(
        "entries.change",
        "ctrl+g",
        "まとめて",
        "選んだものの状況・確認・カテゴリーなどを、まとめて一度に変えます",
        at("entries"),
        "取組・課題",
        (),
        18,
    ),
)

"""Commands of 一覧表."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "matrix.layer",
        "ctrl+l",
        "表示切替",
        "記入の状況・件名・論点・意見の順に表示を変えます",
        at("matrix"),
        "一覧表",
        ("v",),
        14,
    ),
    Command(
        "matrix.nothing",
        "ctrl+g",
        "該当なし",
        "この欄を「該当なし」と、最新の照会への回答として記録します（もう一度で取り消し）",
        at("matrix"),
        "一覧表",
        ("x",),
        15,
    ),
    Command(
        "matrix.points",
        "ctrl+r",
        "論点",
        "この欄についての論点・確認事項を開きます",
        at("matrix"),
        "一覧表",
        ("p",),
        16,
    ),
    Command(
        "matrix.projector",
        "f12",
        "投影用表示",
        "期限超過・個人名を出さない表示にします（もう一度で戻ります）",
        at("matrix"),
        "一覧表",
        (),
        17,
    ),
    Command(
        "matrix.panel",
        "ctrl+e",
        "説明欄",
        "選んでいる欄の説明を広げる・しまう・戻すを切り替えます。表の「取」は取組中、「検」は検討中、「必」は必要、"
        "「終」は終了、「課」は課題の件数です",
        at("matrix"),
        "一覧表",
        (),
        18,
    ),
)

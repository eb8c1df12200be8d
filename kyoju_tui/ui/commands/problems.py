"""Commands of 点検."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "problems.format",
        "ctrl+r",
        "整形",
        "選んでいるファイルを、いつもの書き方に整えます（内容は変わりません）",
        at("problems"),
        "点検",
        rank=15,
    ),
    Command(
        "problems.file",
        "ctrl+e",
        "ファイル",
        "選んでいるファイルをエディターで開きます。閉じると、もう一度点検します",
        at("problems"),
        "点検",
        rank=16,
    ),
    Command(
        "problems.hand-edits",
        "ctrl+l",
        "直接編集",
        "ファイルに直接書かれて、まだ記録されていない変更を見ます。記録することも、元に戻すこともできます",
        at("problems"),
        "点検",
        rank=14,
    ),
    Command(
        "hand-edits.mark",
        "ctrl+a",
        "選択",
        "このファイルを選ぶ・外す（選んだファイルをまとめて記録・元に戻せます）",
        group="直接編集",
        rank=16,
    ),
    Command(
        "hand-edits.record",
        "ctrl+r",
        "記録",
        "ファイルをいまの内容のまま、あなたの記録として残します",
        group="直接編集",
        rank=14,
    ),
    Command(
        "hand-edits.restore",
        "ctrl+b",
        "元に戻す",
        "ファイルを最後に記録された内容に戻します。戻す前の内容は控えに残ります",
        group="直接編集",
        rank=15,
    ),
    Command(
        "hand-edits.file",
        "ctrl+e",
        "ファイル",
        "選んでいるファイルをエディターで開きます。閉じると、もう一度調べます",
        group="直接編集",
        rank=17,
    ),
    Command(
        "hand-edits.set-aside",
        "ctrl+y",
        "控え",
        "元に戻したときの控えを開きます。そこから、ファイルをその内容にもう一度できます",
        group="直接編集",
        rank=18,
    ),
    Command(
        "set-aside.bring",
        "ctrl+r",
        "控えを戻す",
        "ファイルを控えの内容にします。まだ記録はしません",
        group="直接編集の控え",
        rank=10,
    ),
)

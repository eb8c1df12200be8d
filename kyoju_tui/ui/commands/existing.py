"""Commands for sheets that a town already has."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "sheets.bring", "ctrl+b", "表を取り込む",
        "今あるExcelの一覧表・事務事業一覧を、見出しを確かめながら取り込みます",
        at("entries", "matrix"), "今ある表の取り込み", (), 30,
    ),
    Command(
        "existing.settle", "enter", "決める", "列が何か、表にある名前がどの部署・カテゴリーかを選びます",
        group="今ある表の取り込み", rank=10,
    ),
    Command(
        "existing.create", "ctrl+y", "すべて作る", "まだない部署・カテゴリーを、取り込むときにすべて作ります",
        group="今ある表の取り込み", rank=13,
    ),
    Command(
        "existing.heads", "ctrl+e", "見出しの行", "見出しが何行目にあるかを入れます",
        group="今ある表の取り込み", rank=16,
    ),
    Command(
        "existing.sheet", "ctrl+l", "シート", "ほかのシートを選びます", group="今ある表の取り込み", rank=17,
    ),
    Command(
        "existing.go-on", "ctrl+s", "内容の確認", "取り込む内容を1件ずつ確かめます（まだ記録しません）",
        group="今ある表の取り込み", rank=11,
    ),
)  # fmt: skip

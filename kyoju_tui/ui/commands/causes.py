"""Commands of 原因と結果."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "causes.link", "ctrl+r", "原因を結ぶ", "選んでいる課題の背景にある課題を選びます",
        at("causes"), "原因と結果", rank=14,
    ),
    Command(
        "causes.effect", "ctrl+e", "結果を結ぶ", "選んでいる課題が招いている課題を選びます",
        at("causes"), "原因と結果", rank=15,
    ),
    Command(
        "causes.unlink", "delete", "結びを外す", "選んでいる課題を、すぐ上の原因から外します",
        at("causes"), "原因と結果", rank=16,
    ),
    Command(
        "causes.limit", "ctrl+l", "絞り込み", "選んだ地域の課題と、それにつながる課題だけにします",
        at("causes"), "原因と結果", rank=17,
    ),
)  # fmt: skip

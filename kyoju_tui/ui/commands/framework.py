"""Commands of 推進体制."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "framework.compare", "ctrl+l", "比べる", "2つのタイプのメリットとデメリットを並べて見ます",
        at("framework"), "推進体制", rank=14,
    ),
    Command(
        "framework.decide", "ctrl+r", "タイプ決定", "タイプを、理由・名称・構成部署とともに今日の日付で決めます",
        at("framework"), "推進体制", rank=15,
    ),
    Command(
        "framework.joint", "ctrl+e", "連携協働へ", "意見交換の場が、ともに取り組む場になった日を記録します",
        at("framework"), "推進体制", rank=16,
    ),
)  # fmt: skip

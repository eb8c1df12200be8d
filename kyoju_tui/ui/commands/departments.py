"""Commands of 部署 and of the grid of expected cells."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "departments.expected", "ctrl+g", "記入欄", "どの部署にどのカテゴリーの記入を求めるかを、表で決めます",
        at("departments"), "部署", rank=14,
    ),
    Command(
        "departments.april", "ctrl+r", "再編", "部署の改称・分割・統合・廃止と、年度替わりの作業に進みます",
        at("departments"), "部署", rank=15,
    ),
    Command(
        "expected.turn", "enter", "切り替え", "選んでいる欄の記入を求めるか、対象外にするかを切り替えます",
        group="記入を求める欄", rank=10, also="space",
    ),
    Command(
        "expected.column", "ctrl+a", "列すべて", "選んでいる部署のすべての欄を「求める」にします",
        group="記入を求める欄", rank=14,
    ),
)  # fmt: skip

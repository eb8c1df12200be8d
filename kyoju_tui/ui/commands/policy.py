"""Commands of 居住コミュニティ政策."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "policy.decide", "ctrl+r", "担当決定", "担当部局を決めます。今の担当部局は「これまでの担当部局」に残ります",
        at("policy"), "居住コミュニティ政策", rank=14,
    ),
    Command(
        "policy.position", "ctrl+e", "位置づけ",
        "目的と方向性を見直した結果を、たたき台・合意・確定のどれかで記録します",
        at("policy"), "居住コミュニティ政策", rank=15,
    ),
    Command(
        "policy.versions", "ctrl+l", "前の版", "目的と方向性の前の版を並べ、2つを比べます",
        at("policy"), "居住コミュニティ政策", rank=16,
    ),
    Command(
        "policy.arguments", "ctrl+g", "説明の表", "関係者への説明を、視点と相手の表で見ます",
        at("policy"), "居住コミュニティ政策", rank=17,
    ),
    Command(
        "policy.done", "ctrl+y", "済にする", "選んでいる役割を今日の日付で済にします（もう一度で取り消し）",
        at("policy"), "居住コミュニティ政策", rank=18,
    ),
    Command(
        "versions.against", "ctrl+l", "比べる版", "選んでいる版を、比べる相手にします（もう一度で今の版に戻ります）",
        at("policy"), "前の版", rank=14,
    ),
)  # fmt: skip

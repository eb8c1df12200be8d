"""Commands of ホーム, and of the documents that are made there."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "home.all", "ctrl+l", "すべて", "今日することを、3つだけ・すべての順に切り替えます", at("home"), "ホーム",
        ("v",), 14,
    ),
    Command(
        "home.handbook", "ctrl+n", "手引", "選んでいる段階で次に見る手引きを書きとめます", at("home"), "ホーム", rank=17
    ),
    Command("home.handover", "ctrl+e", "引継書", "引継書を見て、ファイルに書き出します", at("home"), "ホーム", rank=15),
    Command(
        "home.case-sheet", "ctrl+g", "事例票", "県の窓口に送る事例票を見て、ファイルに書き出します", at("home"),
        "ホーム", rank=16,
    ),
    Command("home.write", "ctrl+e", "書き出す", "見ている文書をファイルに書き出します", at("home"), "ホーム", rank=9),
)  # fmt: skip

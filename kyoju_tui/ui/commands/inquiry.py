"""Commands of 照会: the list, and the board of one inquiry."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

_AT: Final = at("inquiries")
_BOARD: Final = "照会の状況"

COMMANDS: Final = (
    Command(
        "inquiries.copy", "ctrl+d", "写して新規",
        "選んでいる照会の見出し・照会先・カテゴリーを写して、新しい照会を作ります", _AT, "照会", ("c",), 14,
    ),
    Command(
        "inquiries.forms", "f12", "様式", "選んでいる照会の回答様式と依頼文を、部署ごとのファイルに書き出します",
        _AT, "照会", (), 15,
    ),
    Command(
        "inquiry.forms", "f12", "様式", "回答様式と依頼文を、部署ごとに書き出します（部署を選んであればその分だけ）",
        _AT, _BOARD, (), 19,
    ),
    Command(
        "inquiry.receive", "f4", "受付", "届いた回答を受け付けます（2回目からは差替として理由を聞きます）",
        _AT, _BOARD, ("n",), 10,
    ),
    Command(
        "inquiry.bring", "insert", "取り込み", "届いた回答のファイルを読み取り、変わるところを確かめて記録します",
        _AT, _BOARD, ("i",), 10,
    ),
    Command(
        "inquiry.nothing", "ctrl+g", "該当なし", "カテゴリーと種別を選んで「該当なし」の回答を入れる・外す",
        _AT, _BOARD, ("x",), 11,
    ),
    Command(
        "inquiry.remind", "ctrl+r", "再依頼", "たずね直した日・方法・返事を残します。まず電話、その後に文書です",
        _AT, _BOARD, ("r",), 12,
    ),
    Command("inquiry.extend", "ctrl+e", "期限延長", "選んだ部署の回答期限を延ばす・元に戻す", _AT, _BOARD, ("t",), 14),
    Command(
        "inquiry.unchanged", "ctrl+u", "前回のまま", "前回の照会から変わりがないという回答を入れる・外す",
        _AT, _BOARD, ("u",), 15,
    ),
    Command(
        "inquiry.checking", "ctrl+k", "確認中", "届いた回答の内容を確かめている印を付ける・外す", _AT, _BOARD, (), 16
    ),
    Command(
        "inquiry.withdraw", "delete", "取下げ", "選んだ部署への照会を取り下げる・取下げを外す",
        _AT, _BOARD, (), 17, "ctrl+d",
    ),
    Command(
        "inquiry.mark", "ctrl+a", "選択", "この部署を選ぶ・外す（選んだ部署にまとめて記録できます）",
        _AT, _BOARD, (), 18, "space",
    ),
    Command(
        "inquiry.briefing", "ctrl+b", "事前説明", "事前説明の会議を選ぶか作り、出席した部署を入れます",
        _AT, _BOARD, (), 20,
    ),
    Command("inquiry.send", "ctrl+y", "発出", "この照会を発出した日を記録します", _AT, _BOARD, (), 21),
    Command(
        "inquiry.compile", "ctrl+n", "取りまとめ", "今日の時点で、第n回の取りまとめを閉じます", _AT, _BOARD, (), 22
    ),
    Command(
        "inquiry.since", "ctrl+l", "その後", "最後の取りまとめの後に変わったものを見ます", _AT, _BOARD, ("v",), 23
    ),
    Command(
        "inquiry.export", "ctrl+w", "書き出し", "取りまとめを、そのときの内容のままファイルに書き出します",
        _AT, _BOARD, (), 24,
    ),
)  # fmt: skip

"""Commands of the forms."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command("edit.unfold", "enter", "くわしい項目", "ふだん使わない項目も出します", at("edit"), "記録の編集", rank=15),
    Command(
        "edit.pick",
        "enter",
        "選ぶ",
        "一覧から選びます。名前・よみ・ローマ字を打っても選べます",
        at("edit"),
        "記録の編集",
        rank=15,
    ),
    Command(
        "edit.choose",
        "enter",
        "選ぶ・外す",
        "印のある語を選びます。選んであれば外します",
        at("edit"),
        "記録の編集",
        rank=15,
    ),
    Command("edit.drop", "delete", "消す", "選んだものを消します", at("edit"), "記録の編集", rank=17),
    Command("edit.row", "enter", "行を開く", "表の行を開いて直します", at("edit"), "記録の編集", rank=16),
    Command("edit.add", "f4", "行を加える", "表に行を加えます", at("edit"), "記録の編集", rank=15),
    Command(
        "edit.cut",
        "delete",
        "行を消す",
        "表の行を消します（Ctrl+Z で戻せます）",
        at("edit"),
        "記録の編集",
        rank=17,
        also="ctrl+d",
    ),
    Command("edit.raise", "ctrl+up", "行を上へ", "表の行を1つ上に移します", at("edit"), "記録の編集", rank=43),
    Command("edit.lower", "ctrl+down", "行を下へ", "表の行を1つ下に移します", at("edit"), "記録の編集", rank=44),
    Command(
        "edit.revert",
        "ctrl+z",
        "元に戻す",
        "この画面で最後に変えたところを元に戻します（記録したものは変わりません）",
        at("edit"),
        "記録の編集",
        rank=18,
    ),
    Command("edit.next", "enter", "次の項目", "次の項目に移ります", at("edit"), "記録の編集", rank=0),
    Command(
        "drafts.throw-away",
        "delete",
        "捨てる",
        "選んでいる下書きを捨てます。先に確かめます（記録されている内容は変わりません）",
        at("drafts"),
        "下書き",
        rank=11,
    ),
)

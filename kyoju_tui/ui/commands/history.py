"""Commands of 履歴, of what opens from it, and the key that leads there from everywhere."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "history",
        "ctrl+f",
        "履歴",
        "選んでいる記録・欄・項目の履歴を見ます（だれが・いつ・何を変えたか。以前の値にも戻せます）",
        rank=31,
    ),
    Command(
        "history.limit",
        "ctrl+l",
        "絞り込み",
        "人・期間・会議・カテゴリー・部署・記録・ことばで絞り込みます（Escで外します）",
        at("history"),
        "履歴",
        rank=11,
    ),
    Command(
        "history.compare",
        "ctrl+g",
        "比べる",
        "2つの時点（日付・会議・取りまとめ・今）を比べ、追加・変更・削除された記録を見ます",
        at("history"),
        "履歴",
        rank=12,
    ),
    Command(
        "history.deleted",
        "ctrl+e",
        "削除した物",
        "削除した記録の一覧を開きます。そこから戻せます",
        at("history"),
        "履歴",
        rank=14,
    ),
    Command(
        "history.take-back",
        "ctrl+r",
        "取り消す",
        "選んでいる記録の前の内容に戻します。何が変わるかを確かめてから記録します（git の revert に当たります）",
        at("history"),
        "履歴",
        rank=15,
    ),
    Command(
        "history.redo",
        "ctrl+y",
        "やり直す",
        "取り消した自分の記録を、もう一度記録します",
        at("history"),
        "履歴",
        rank=16,
    ),
    Command(
        "history.restore",
        "ctrl+r",
        "戻す",
        "選んでいる記録か項目を、この時点の内容に戻します。何が変わるかを確かめてから記録します",
        at("history"),
        "履歴",
        rank=11,
    ),
    Command(
        "history.write",
        "ctrl+w",
        "書き出す",
        "比べた結果をファイルに書き出します。そのまま印刷できます",
        at("history"),
        "履歴",
        rank=14,
    ),
)

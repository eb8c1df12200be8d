"""Commands of every screen."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command

COMMANDS: Final = (
    Command("help", "f1", "説明", "この画面でできることとキーを見ます", rank=1),
    Command("open", "enter", "開く", "選んでいるものを開きます", rank=10),
    Command("edit", "f2", "編集", "選んでいる記録を直します", rank=19, aliases=("e",)),
    Command("search", "f3", "検索", "ことば・よみ・ローマ字で絞り込みます", rank=13, aliases=("/",)),
    Command("new", "f4", "新規", "新しい記録を作ります", rank=12, aliases=("n",)),
    Command("reload", "f5", "再読込", "ほかの人の変更を今すぐ読み込みます", rank=40),
    Command("save", "ctrl+s", "記録", "入力した内容を記録します", rank=9),
    Command("remove", "delete", "削除", "選んでいる記録を削除します（元に戻せます）", rank=42),
    Command("back", "escape", "戻る", "前の画面に戻ります", rank=30),
    Command("goto", "ctrl+o", "移動", "画面を名前・よみ・ローマ字で選んで開きます", rank=20),
    Command("palette", "ctrl+p", "命令", "命令・画面・記録をことばで探して実行します", rank=21),
    Command("undo", "ctrl+z", "取り消し", "自分の直前の記録を取り消します（取り消しも履歴に残ります）", rank=41),
    Command("sidebar", "ctrl+t", "画面一覧", "左の画面一覧を出し入れします", rank=60),
    Command("quit", "ctrl+q", "終了", "終了します", rank=2),
)

"""Commands of 基礎データ, and of teaching how a table is read."""

from __future__ import annotations

from typing import Final

from kyoju_tui.ui.commands.command import Command, at

COMMANDS: Final = (
    Command(
        "datasets.figures", "ctrl+l", "数値を見る", "この資料の数値を、地域と指標の表で見ます",
        at("datasets"), "基礎データ", ("v",), 14,
    ),
    Command(
        "datasets.take", "ctrl+r", "取り込む", "地域ごとの数値の表（CSV、Excel）を、この資料に取り込みます",
        at("datasets"), "基礎データ", ("i",), 15,
    ),
    Command(
        "datasets.take-new", "ctrl+b", "表から新規", "地域ごとの数値の表（CSV、Excel）から、新しい資料を作ります",
        at("datasets"), "基礎データ", (), 16,
    ),
    Command(
        "datasets.mappings", "ctrl+e", "対応表", "取り込んだことのある表の読み方を見ます",
        at("datasets"), "基礎データ", (), 17,
    ),
    Command(
        "assistant.role", "enter", "役割", "この列が、地域の名前・コード・階層・時点・数値のどれかを選びます",
        group="表の読み方", rank=10,
    ),
    Command(
        "assistant.name", "f2", "指標・単位", "数値の列の、指標の名前と単位を直します", group="表の読み方", rank=11
    ),
    Command("assistant.heads", "ctrl+l", "見出しの行", "見出しが何行目にあるかを直します", group="表の読み方", rank=12),
    Command("assistant.sheet", "ctrl+e", "シート", "読むシートを選びます", group="表の読み方", rank=16),
    Command(
        "assistant.signs", "ctrl+g", "書き方", "ゼロ・秘匿・欠損の書き方を加えます", group="表の読み方", rank=14
    ),
    Command("assistant.levels", "ctrl+r", "階層", "取り込む階層を選びます", group="表の読み方", rank=15),
    Command(
        "assistant.go-on", "ctrl+s", "次へ", "この読み方で、変わる内容の確認へ進みます", group="表の読み方", rank=9
    ),
)  # fmt: skip

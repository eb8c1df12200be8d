"""The sheet 記入例 of a form: how answers look, in words of our own about a made-up department."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kyoju_tui.exchange.books.heights import height
from kyoju_tui.exchange.books.writing import put
from kyoju_tui.exchange.forms.form_looks import form_looks
from kyoju_tui.exchange.inquiries import inquiry_layout as layout
from kyoju_tui.exchange.inquiries.inquiry_answer_sheet import finish, write_heads
from kyoju_tui.exchange.inquiries.inquiry_layout import ADDED, CHANGED, GONE, NOTHING, UNCHANGED, columns
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.dates import format_short

_CATEGORY: Final = "高齢者"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the example, and what stands above it; `typed` are the fields that somebody wrote over."""

    note: str
    kind: EntryKind
    said: str
    values: Mapping[str, str]
    typed: frozenset[str] = frozenset()


def _rows(results: int) -> tuple[_Row, ...]:
    """The example; its dates go with the year that the form asks about."""
    begun, now = format_short(date(results - 2, 4, 1)), format_short(date(results + 1, 10, 1))
    ends = format_short(date(results + 2, 3, 31))
    desk = {"section": "地域福祉係", "extension": "1234"}
    return (
        _Row(
            "① 入っている内容のままでよいとき：「変更なし」を選ぶだけです。",
            "取組",
            UNCHANGED,
            {
                "title": "買い物に付き添う集まり",
                "status": "取組中",
                "outline": "月に2回、集会所に集まり、歩いて店まで一緒に行く。",
                "results": "延べ210人が参加",
                "difficulties": "付き添う人が5人しかおらず、雨の日は中止している。",
                "target_group": "一人での買い物が不安な人",
                "since": begun,
                "as_of": now,
                **desk,
            },
        ),
        _Row(
            "② 変わったところがあるとき：「変更あり」を選び、その欄を上から書き直します。",
            "取組",
            CHANGED,
            {
                "title": "古い団地の集会所を昼に開く",
                "status": "取組中",
                "outline": "週2日（今年度から3日）、集会所を開けて、お茶と相談の場にする。",
                "results": "92日開き、延べ1,480人",
                "difficulties": "鍵の当番が同じ人に偏っている。",
                "direction": "当番を近くの学校や店にも頼めないか、話し合いたい。",
                "target_group": "団地に住む人",
                "since": begun,
                "as_of": now,
                "categories": "住まい",
                **desk,
            },
            frozenset({"outline", "results", "direction", "as_of"}),
        ),
        _Row(
            "③ やめたものがあるとき：「廃止」を選びます。行は消さないでください。",
            "取組",
            GONE,
            {
                "title": "紙の安否確認カード",
                "status": "取組中",
                "outline": "玄関に下げるカードを配る。",
                "since": begun,
            },
        ),
        _Row(
            "④ 新しいものがあるとき：「追加」の行に書きます。分かる欄だけでかまいません。",
            "取組",
            ADDED,
            {
                "title": "空いた部屋を使う若い世代の入居",
                "status": "検討中",
                "outline": "階段の上の空き部屋に、見守りを手伝う若い人が住めるようにする。",
                "direction": "住まいの担当と、家賃の扱いを相談したい。",
                "until": ends,
                "as_of": now,
                "categories": "住まい、子育て",
                **desk,
            },
        ),
        _Row(
            "⑤ 課題やデータも、同じように書きます。白いところは書かなくてよい欄です。",
            "課題",
            ADDED,
            {
                "title": "坂の上の団地で外出が減っている",
                "outline": "店まで片道20分の坂があり、冬に外へ出ない人が増えた。",
                "as_of": now,
                **desk,
            },
        ),
    )


def write_example(sheet: Any, results: int) -> None:
    """Write the sheet, in the answer sheet's columns."""
    looks, fields = form_looks(), columns(results)
    put(sheet, 1, layout.CATEGORY_COLUMN, "記入例", style=looks.title)
    put(
        sheet,
        2,
        layout.CATEGORY_COLUMN,
        "これは書き方の見本です。青い字が書き込んだところです。記入は「回答」のシートにお願いします。",
        style=looks.plain,
    )
    sheet.row_dimensions[1].height, sheet.row_dimensions[2].height = 28, 22
    write_heads(sheet, results)
    row = layout.FIRST_ROW
    for each in _rows(results):
        put(sheet, row, layout.CATEGORY_COLUMN, each.note, style=looks.block)
        sheet.row_dimensions[row].height = 26
        row += 1
        put(sheet, row, layout.CATEGORY_COLUMN, _CATEGORY, style=looks.fixed)
        put(sheet, row, layout.KIND_COLUMN, each.kind, style=looks.fixed)
        added = each.said == ADDED
        put(sheet, row, layout.SAID_COLUMN, each.said, style=looks.fixed if added else looks.typed)
        for column in fields:
            if each.kind in column.kinds:
                look = looks.typed if added or column.name in each.typed else looks.shown
                put(sheet, row, column.number, each.values.get(column.name) or None, style=look)
        sheet.row_dimensions[row].height = height(
            ((each.values.get(column.name, ""), column.width) for column in fields), least=2
        )
        row += 1
    put(
        sheet,
        row,
        layout.CATEGORY_COLUMN,
        "⑥ 書くものがない区分：見出しの行で「該当なし」を選びます。",
        style=looks.block,
    )
    sheet.row_dimensions[row].height = 26
    put(sheet, row + 1, layout.CATEGORY_COLUMN, "商店街", style=looks.block)
    put(sheet, row + 1, layout.KIND_COLUMN, "データ", style=looks.block)
    put(sheet, row + 1, layout.SAID_COLUMN, NOTHING, style=looks.typed)
    sheet.row_dimensions[row + 1].height = 21
    sheet.column_dimensions["A"].hidden = True
    finish(sheet, row + 1, results, "記入例")

"""What speaks against a reading though every cell is a number: years as heads, indicators as areas, a unit for all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from kyoju_tui.exchange.books.values import Sheet
from kyoju_tui.exchange.statistics.cells import folded, is_percentage, text_of
from kyoju_tui.exchange.statistics.concepts import concepts
from kyoju_tui.exchange.statistics.layout import Layout, ValueColumn
from kyoju_tui.exchange.statistics.table import AreaRow

_YEAR: Final = re.compile(
    r"(?:\d+|(?:明治|大正|昭和|平成|令和|[mtshr])(?:\d{1,2}|元))(?:年度?)?(?:\([^()]*年度?\))?(?:\d{1,2}月(?:\d{1,2}日)?)?",
    re.IGNORECASE,
)
_COUNTED: Final = frozenset(
    {"男", "女", "男性", "女性", "面積", "人口密度", "世帯", "高齢化率", "平均年齢", "世帯人員", "1世帯当たり人員"}
)
_UNIT: Final = re.compile(r"単位\s*[:：]?\s*(?P<unit>[^\s、,，・()（）\[\]]{1,12})\s*[)）\]］]?\s*$")
_SCALED: Final = re.compile(r"[十百千万億]")
_RATIO: Final = re.compile(r"率|割合|構成比")


def against(sheet: Sheet, layout: Layout, rows: Sequence[AreaRow]) -> Iterator[str]:
    """Why the table is not what it was taken for, in words that say what helps."""
    years = [column.indicator for column in layout.values if _YEAR.fullmatch(folded(column.indicator).replace(" ", ""))]
    if years:
        yield (
            f"指標の名前「{years[0][:20]}」だけでは、何の数か分かりません（年ごとに列が分かれた表のようです）。"
            "1つの年の列だけを数値にして、指標の名前を付けてください。"
        )
    turned = next((row for row in rows if not row.code and _is_indicator(row.name)), None)
    if turned is not None:
        yield (
            f"{turned.line}行目：地域の名前が「{turned.name[:20]}」です（行と列が入れ替わった表のようです）。"
            "表計算ソフトで行と列を入れ替えてから取り込んでください。"
        )
    unit = unit_beside(sheet, layout.top)
    if _SCALED.search(unit) and any(not column.unit and column.is_count for column in layout.values):
        yield f"表に「単位：{unit}」と書かれています。数値の列に単位を入れてください。"


def unit_beside(sheet: Sheet, top: int) -> str:
    """The unit that stands for the whole table above its heads or below its rows; empty where there is none, or more.

    `top` is the first row of figures.
    """
    found: set[str] = set()
    for number, row in enumerate(sheet.rows):
        texts = [value for value in row if isinstance(value, str) and "単位" in value]
        if not texts or (number >= top and sum(value is not None for value in row) > 1):
            continue
        said = (_UNIT.search(folded(text)) for text in texts)
        found |= {each["unit"] for each in said if each is not None}
    return next(iter(found)) if len(found) == 1 else ""


def told_shares(rows: Sequence[AreaRow], columns: Sequence[ValueColumn]) -> Iterator[str]:
    """Of shares that a spreadsheet shows as percents and keeps as fractions, that they are fractions."""
    for at, column in enumerate(columns):
        if not is_percentage(column.unit) and _RATIO.search(column.indicator) is None:
            continue
        values = [value for row in rows if (value := row.cells[at].value) is not None]
        if any(isinstance(value, float) for value in values) and all(0 <= value <= 1 for value in values):
            example = next(value for value in values if isinstance(value, float))
            yield (
                f"「{column.indicator}」は0から1までの数です（{example}。表計算ソフトで％と表示されていた列は、"
                "このように読みます）。"
            )


def _is_indicator(name: str) -> bool:
    return folded(name) in _COUNTED or bool(concepts([ValueColumn(0, text_of(name))]))

"""The heads of a table: several rows as one text, and the unit that stands in brackets behind it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.books.values import Sheet
from kyoju_tui.exchange.statistics.cells import folded, text_of, trimmed

JOIN: Final = "／"
_BRACKETED: Final = re.compile(
    r"^(?P<name>.*\S)\s*[\[(［（【](?:単位[:：]?)?(?P<unit>[^\[\]()［］（）【】]{1,20})[\])］）】]$"
)
_UNIT: Final = re.compile(
    r"(?:[十百千万]|百万)?(?:人|世帯|戸|棟|件|店|店舗|台|か所|カ所|ヶ所|箇所|施設|団体|円|歳|年|年度|度|倍|回|日|%|‰|ポイント"
    r"|km2|km²|㎢|平方キロメートル|平方キロ|m2|㎡|平方メートル|ha|ヘクタール)(?:[/／].{1,12})?"
)
_PERCENT: Final = re.compile(r"[-△▲]?\d+(?:\.\d+)? ?%")
# What says of a column that its figures are no counts, so that adding them up means nothing.
_NO_COUNT: Final = re.compile(
    r"率|割合|平均|密度|当たり|あたり|比$|比率|指数|順位|中位|緯度|経度|番号|コード|最高|最低|最大|最小|偏差"
)
_NO_COUNT_UNITS: Final = re.compile(r"%|‰|割|歳|度|倍|ポイント|.*[/／].*")


@dataclass(frozen=True, slots=True)
class Head:
    """A column's head: the text of all its rows, and the name and the unit in it."""

    text: str
    name: str
    unit: str


def heads_of(sheet: Sheet, top: int, rows: int) -> tuple[Head, ...]:
    """The heads that stand in `rows` rows from `top` (counted from 0).

    A head over several columns counts for each of them: merged cells, and in text tables the blanks to its right. A
    last row of nothing but units belongs to no name.
    """
    width = max((len(row) for row in sheet.rows), default=0)
    lines = [_line(sheet, number, width, last=number == top + rows - 1) for number in range(top, top + rows)]
    found = [_joined([line[column] for line in lines]) for column in range(width)]
    if rows > 1 and _are_units(lines):
        units = [folded(text).strip("[]()") if _is_unit(text) else "" for text in lines[-1]]
        cut = [(_joined([line[column] for line in lines[:-1]]), unit) for column, unit in enumerate(units)]
    else:
        cut = [with_unit(text) for text in found]
    doubled = {name for name, times in Counter(name for name, _ in cut).items() if times > 1}
    # Two heads that only their units tell apart keep them: a name stands for one column.
    return tuple(
        Head(text, text if name in doubled else name, unit) for text, (name, unit) in zip(found, cut, strict=True)
    )


def with_unit(text: str) -> tuple[str, str]:
    """A head and its unit: `人口総数［人］` is `人口総数` in `人`; a bracket that holds no unit stays."""
    found = _BRACKETED.fullmatch(text)
    if found is None or _UNIT.fullmatch(folded(found["unit"])) is None:
        return text, ""
    return found["name"].strip(), trimmed(found["unit"])


def _is_unit(text: str) -> bool:
    return _UNIT.fullmatch(folded(text).strip("[]()")) is not None


def _are_units(lines: Sequence[Sequence[str]]) -> bool:
    """Whether the last row of heads says the units of those above: 千人, 世帯."""
    own = [text for text, above in zip(lines[-1], lines[-2], strict=True) if text not in ("", "単位", above)]
    return bool(own) and all(map(_is_unit, own))


def unit_in_cells(sheet: Sheet, column: int, first: int) -> str:
    """The percent sign where it stands behind a column's figures, in the rows from `first`; else nothing."""
    texts = (row[column] for row in sheet.rows[first:] if column < len(row))
    return "%" if any(isinstance(text, str) and _PERCENT.fullmatch(folded(text)) for text in texts) else ""


def is_count(name: str, unit: str) -> bool:
    """Whether the figures of a column may be added up."""
    return _NO_COUNT.search(folded(name)) is None and _NO_COUNT_UNITS.fullmatch(folded(unit)) is None


def _line(sheet: Sheet, number: int, width: int, *, last: bool) -> list[str]:
    cells = [trimmed(text_of(sheet.at(number, column))) for column in range(width)]
    for area in sheet.merged:
        if area.top <= number <= area.bottom:
            said = trimmed(text_of(sheet.at(area.top, area.left)))
            for column in range(area.left, min(area.right + 1, width)):
                cells[column] = said
    if last or sheet.merged:
        return cells
    filled: list[str] = []
    for text in cells:
        filled.append(text or (filled[-1] if filled else ""))
    return filled


def _joined(texts: Sequence[str]) -> str:
    return JOIN.join(dict.fromkeys(filter(None, texts)))

"""The rows of a sheet that hold areas, as they stand there: cells understood, or named by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from kyoju_tui.exchange.books.values import Sheet, Value, address
from kyoju_tui.exchange.statistics import codes
from kyoju_tui.exchange.statistics.cells import Cell, is_percentage, read_cell, text_of, trimmed
from kyoju_tui.exchange.statistics.layout import Layout
from kyoju_tui.exchange.statistics.table import AreaRow
from kyoju_tui.records.dates import parse_date
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.figures import LONGEST
from kyoju_tui.records.text import FORBIDDEN

MOST_FIGURES: Final = 200_000
"""Figures of one table: the file beside the data set stays one that people and git can look at."""

_NOTE: Final = re.compile(r"\s*(?:[※*＊(（]|注|資料|出典|備考|単位)")


@dataclass(frozen=True, slots=True)
class Asked:
    """Which rows of a sheet are asked for: of one day, of one municipality where it is among those there, the first."""

    today: date
    as_of: date | None = None
    municipality: str = ""
    first: int | None = None


@dataclass(slots=True)
class Rows:
    """The rows that were found, the days they are of, what could not be understood and what is to be told."""

    found: list[AreaRow] = field(default_factory=list[AreaRow])
    days: set[date] = field(default_factory=set[date])
    faults: list[str] = field(default_factory=list[str])
    remarks: list[str] = field(default_factory=list[str])


def rows_of(sheet: Sheet, layout: Layout, asked: Asked) -> Rows:
    """The rows below the heads."""
    rows = Rows()
    numbers = _of_municipality(sheet, layout, asked, [*_filled(sheet, layout)], rows)
    figures = len(numbers) * len(layout.values)
    if asked.first is None and figures > MOST_FIGURES:
        rows.faults.append(
            f"数値が{figures:,}個あり、一度に取り込める{MOST_FIGURES:,}個を超えています"
            "（必要な列か地域だけにすると取り込めます）。"
        )
        return rows
    several = _several_days(sheet, layout)
    city = ""
    for number in numbers[: asked.first]:
        if layout.day is not None and (day := _day(sheet.at(number, layout.day), asked.today)) is not None:
            if asked.as_of is not None and day != asked.as_of and several:
                continue
            rows.days.add(day)
        if layout.city is not None:
            city = trimmed(text_of(sheet.at(number, layout.city))) or city
        rows.found.append(_row(sheet, number, layout, city, rows.faults))
    if not rows.found:
        rows.faults.append("見出しの下に、地域ごとの行が見つかりません。")
    return rows


def _filled(sheet: Sheet, layout: Layout) -> Iterator[int]:
    for number in range(layout.top, len(sheet.rows)):
        line = sheet.rows[number]
        if any(value is not None and trimmed(text_of(value)) for value in line) and not is_note(line):
            yield number


def _of_municipality(sheet: Sheet, layout: Layout, asked: Asked, numbers: list[int], rows: Rows) -> list[int]:
    """Of a census table of a whole prefecture the rows of the town itself; all of them where it is not there."""
    if layout.city is None or layout.level is None or not asked.municipality:
        return numbers
    cities: Mapping[int, str] = {number: trimmed(text_of(sheet.at(number, layout.city))) for number in numbers}
    own = [number for number, city in cities.items() if city.startswith(asked.municipality)]
    others = set(cities.values()) - {cities[number] for number in own} - {""}
    if not own or not others:
        return numbers
    rows.remarks.append(
        f"「{asked.municipality}」の行だけを取り込みます（ほかの{len(others)}市区町村の行を除きました）。"
    )
    return own


def is_note(line: Sequence[Value]) -> bool:
    """A remark beside the table: one cell that begins like one, and no figure."""
    filled = [text_of(value) for value in line if value is not None and trimmed(text_of(value))]
    return len(filled) == 1 and _NOTE.match(filled[0]) is not None


def _row(sheet: Sheet, number: int, layout: Layout, city: str, faults: list[str]) -> AreaRow:
    code = "" if layout.code is None else codes.code_of(sheet.at(number, layout.code))
    where = f"{number + 1}行目"
    if number in sheet.ragged:
        faults.append(f"{where}：列の数がほかの行と違います（区切りや引用符が欠けていないか確かめてください）。")
    if code is None:
        said = text_of(sheet.at(number, layout.code or 0))[:20]
        faults.append(f"{where}：コードが「{said}」に変わっています（表計算ソフトで桁が失われたものです）。")
        code = ""
    name = _name(sheet, number, layout)
    if not name:
        faults.append(f"{where}：地域の名前がありません。")
    elif len(name) > LONGEST or FORBIDDEN.search(name + code + city):
        faults.append(f"{where}：地域の名前が長すぎるか、使えない文字があります。")
    cells: list[Cell] = []
    for column in layout.values:
        value = sheet.at(number, column.at)
        cell = (
            None
            if (number, column.at) in sheet.uncomputed
            else read_cell(value, layout.words, estimated=column.estimated, percent=is_percentage(column.unit))
        )
        if cell is None:
            faults.append(_unread(sheet, number, column.at, column.indicator))
            cell = Cell(None, "欠損", "")
        cells.append(cell)
    level = "" if layout.level is None else codes.code_of(sheet.at(number, layout.level)) or ""
    return AreaRow(number + 1, code, name, tuple(cells), level, city)


def _name(sheet: Sheet, number: int, layout: Layout) -> str:
    """The area's name; where its cell is empty (合計 often stands further left), what stands before the figures."""
    taken = {layout.code, layout.level, layout.day}
    first = min(column.at for column in layout.values)
    before = [] if layout.holding else [at for at in range(first) if at not in taken]
    for at in (layout.name, layout.city, *before):
        if at is not None and (said := trimmed(text_of(sheet.at(number, at)))):
            return said
    return ""


def _unread(sheet: Sheet, number: int, column: int, indicator: str) -> str:
    where = f"{number + 1}行目（{address(number, column)}）"
    if (number, column) in sheet.uncomputed:
        return f"{where}：「{indicator}」の数式に計算した値がありません（表計算ソフトで開いて保存し直してください）。"
    return f"{where}：「{indicator}」の「{trimmed(text_of(sheet.at(number, column)))[:20]}」は数として読めません。"


def _day(value: Value, today: date) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return parse_date(text_of(value), today=today).value
    except InvalidValue:
        return None


def _several_days(sheet: Sheet, layout: Layout) -> bool:
    if layout.day is None:
        return False
    column = layout.day
    return len({trimmed(text_of(row[column])) for row in sheet.rows[layout.top :] if column < len(row)} - {""}) > 1

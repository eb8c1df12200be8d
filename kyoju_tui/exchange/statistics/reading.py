"""From a sheet and the way it is laid out to a table: every cell understood, or named by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from kyoju_tui.exchange.books.values import Sheet, Value, address
from kyoju_tui.exchange.statistics import codes
from kyoju_tui.exchange.statistics.cells import Cell, read_cell, text_of, trimmed
from kyoju_tui.exchange.statistics.checking import told_totals
from kyoju_tui.exchange.statistics.layout import Holding, Layout
from kyoju_tui.exchange.statistics.levels import choose
from kyoju_tui.exchange.statistics.table import AreaRow, LeftOut, Table
from kyoju_tui.records.dates import parse_date
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.figures import LONGEST
from kyoju_tui.records.text import FORBIDDEN

MOST_FIGURES: Final = 200_000
"""Figures of one table."""
_MOST_FAULTS: Final = 50
_SHOWN: Final = 5
_NAMED: Final = 12
# Blanks that pad a name: between Japanese letters none belongs there.
_PADDING: Final = re.compile(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])")
# Digits of the codes of census small areas: municipality, 町・大字, 丁目.
_CENSUS: Final = {"1": 5, "2": 9, "3": 9, "4": 11}


def read(
    sheet: Sheet,
    layout: Layout,
    *,
    today: date,
    levels: Sequence[str] = (),
    as_of: date | None = None,
    first: int | None = None,
) -> Table:
    """Read a table; with `first` only so many of its rows, for looking at.

    Of a table with several days only the rows of `as_of` are read. Errors: `InvalidValue` for a level it has not.
    """
    faults = [
        f"見出し「{column.indicator[:20]}」が長すぎるか、使えない文字があります。"
        for column in layout.values
        if len(column.indicator) > LONGEST or FORBIDDEN.search(column.indicator)
    ]
    remarks: list[str] = []
    rows, days = _rows(sheet, layout, faults, today, as_of, first)
    rows = _with_codes(rows, layout, remarks, faults)
    chosen = choose(rows, layout.values, leaves=layout.leaves, wanted=levels)
    holds = _holds(sheet, rows, layout.holding)
    kept = tuple(_named(row) for row in chosen.rows)
    faults += _doubled(kept)
    if len(days) > 1:
        told = "、".join(each.isoformat() for each in sorted(days)[:4])
        faults.append(f"時点が{len(days)}つあります（{told}…）。1つを選んでください（--as-of）。")
    if not faults:
        remarks += told_totals(
            kept, layout.values, chosen.left_out, frozenset(line for of in holds.values() for line in of)
        )
        remarks += _told_left_out(chosen.left_out)
        remarks += _told_holds(rows, holds)
        remarks += chosen.remarks
        if padded := [row.name for row in chosen.rows if _PADDING.search(row.name)]:
            remarks.append(f"名前の間の空白を詰めました（{padded[0]}など{len(padded)}件）。")
    return Table(
        layout.title,
        layout.values,
        kept,
        chosen.left_out,
        tuple(remarks),
        tuple(faults[:_MOST_FAULTS]),
        next(iter(days)) if len(days) == 1 else None,
        layout.publisher,
        layout.survey,
        layout.unread,
        holds,
    )


def _rows(
    sheet: Sheet, layout: Layout, faults: list[str], today: date, as_of: date | None, first: int | None
) -> tuple[list[AreaRow], set[date]]:
    rows: list[AreaRow] = []
    days: set[date] = set()
    if first is None and (len(sheet.rows) - layout.top) * len(layout.values) > MOST_FIGURES:
        faults.append(f"数値が多すぎます（{MOST_FIGURES:,}個まで）。必要な列か地域だけのファイルにしてください。")
        return rows, days
    for number in range(layout.top, len(sheet.rows)):
        line = sheet.rows[number]
        if not any(value is not None and trimmed(text_of(value)) for value in line):
            continue
        if first is not None and len(rows) >= first:
            break
        if _is_note(line):
            continue
        if layout.day is not None and (day := _day(sheet.at(number, layout.day), today)) is not None:
            if as_of is not None and day != as_of and _several_days(sheet, layout):
                continue
            days.add(day)
        rows.append(_row(sheet, number, layout, faults))
    if not rows:
        faults.append("見出しの下に、地域ごとの行が見つかりません。")
    return rows, days


def _row(sheet: Sheet, number: int, layout: Layout, faults: list[str]) -> AreaRow:
    name = trimmed(text_of(sheet.at(number, layout.name)))
    city = "" if layout.city is None else trimmed(text_of(sheet.at(number, layout.city)))
    code = "" if layout.code is None else codes.code_of(sheet.at(number, layout.code))
    where = f"{number + 1}行目"
    if number in sheet.ragged:
        faults.append(f"{where}：列の数がほかの行と違います（区切りや引用符が欠けていないか確かめてください）。")
    if code is None:
        said = text_of(sheet.at(number, layout.code or 0))[:20]
        faults.append(f"{where}：コードが「{said}」に変わっています（表計算ソフトで桁が失われたものです）。")
        code = ""
    name = name or city
    if not name:
        faults.append(f"{where}：地域の名前がありません。")
    elif len(name) > LONGEST or FORBIDDEN.search(name + code):
        faults.append(f"{where}：地域の名前が長すぎるか、使えない文字があります。")
    cells: list[Cell] = []
    for column in layout.values:
        value = sheet.at(number, column.at)
        cell = (
            None
            if (number, column.at) in sheet.uncomputed
            else read_cell(value, layout.words, estimated=column.estimated)
        )
        if cell is None:
            faults.append(_unread(sheet, number, column.at, column.indicator))
            cell = Cell(None, "欠損", "")
        cells.append(cell)
    level = "" if layout.level is None else codes.code_of(sheet.at(number, layout.level)) or ""
    return AreaRow(number + 1, code, name, tuple(cells), level, city)


def _unread(sheet: Sheet, number: int, column: int, indicator: str) -> str:
    where = f"{number + 1}行目（{address(number, column)}）"
    if (number, column) in sheet.uncomputed:
        return f"{where}：「{indicator}」の数式に計算した値がありません（表計算ソフトで開いて保存し直してください）。"
    return f"{where}：「{indicator}」の「{trimmed(text_of(sheet.at(number, column)))[:20]}」は数として読めません。"


def _is_note(line: Sequence[Value]) -> bool:
    """A remark below the table: one cell that begins like one, and no figure."""
    filled = [text_of(value) for value in line if value is not None and trimmed(text_of(value))]
    return len(filled) == 1 and re.match(r"\s*(?:[※*＊(（]|注|資料|出典|備考|単位)", filled[0]) is not None


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
    column = layout.day or 0
    return len({trimmed(text_of(row[column])) for row in sheet.rows[layout.top :] if column < len(row)} - {""}) > 1


def _with_codes(rows: Sequence[AreaRow], layout: Layout, remarks: list[str], faults: list[str]) -> list[AreaRow]:
    """Codes checked, lost zeros given back."""
    if layout.code is None:
        return list(rows)
    said = [row.code for row in rows]
    if layout.holding is not None:
        found = codes.small_areas(said, [_CENSUS.get(row.level, 0) for row in rows])
    elif layout.municipal:
        found = codes.municipal(said)
    else:
        found = codes.Codes(tuple(said))
        if len({len(code) for code in said if code.isdecimal()}) > 1 and layout.level is None:
            remarks.append("コードの桁数がそろっていません。先頭の0が失われていないか確かめてください。")
    faults += [f"{rows[number].line}行目：{words}" for number, words in found.faults]
    if found.restored:
        remarks.append(f"コードの先頭の0が失われていたため、{found.restored}件で補いました。")
    return [
        AreaRow(row.line, code, row.name, row.cells, row.level, row.city)
        for row, code in zip(rows, found.codes, strict=True)
    ]


def _named(row: AreaRow) -> AreaRow:
    return AreaRow(row.line, row.code, _PADDING.sub("", row.name), row.cells, row.level, row.city)


def _doubled(rows: Sequence[AreaRow]) -> Iterator[str]:
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        before = seen.setdefault((row.code, row.name), row.line)
        if before != row.line:
            yield f"{row.line}行目：「{row.name}」は{before}行目にもあります。"


def _told_left_out(left_out: Sequence[LeftOut]) -> Iterator[str]:
    by_reason: dict[str, list[str]] = {}
    for each in left_out:
        by_reason.setdefault(each.why, []).append(each.row.name)
    for why, names in by_reason.items():
        yield f"重複しないよう、{why}を除きました（{listed(names)}）。"


def _holds(sheet: Sheet, rows: Sequence[AreaRow], holding: Holding | None) -> Mapping[int, tuple[int, ...]]:
    """By the line of a row that tells others' figures with its own, the lines of those others."""
    if holding is None:
        return {}
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        said = text_of(sheet.at(row.line - 1, holding.holds))
        ends = [each for each in re.split(r"[;；,、\s]+", said) if each]
        if ends:
            held = [_ending(rows, row, end) for end in ends]
            found[row.line] = tuple(each.line for each in held if each is not None)
    return found


def _ending(rows: Sequence[AreaRow], near: AreaRow, end: str) -> AreaRow | None:
    """The area that a short code names: of the same level, whose code shares the most with the one that names it."""
    alike = [row for row in rows if row.level == near.level and row.code.endswith(end) and row.code != near.code]
    return max(alike, key=lambda row: _shared(row.code, near.code), default=None)


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _told_holds(rows: Sequence[AreaRow], holds: Mapping[int, tuple[int, ...]]) -> Iterator[str]:
    names = {row.line: _PADDING.sub("", row.name) for row in rows}
    told = [f"{names[line]}は{'・'.join(names[each] for each in held)}を含む" for line, held in holds.items() if held]
    if told:
        yield f"合算：{'、'.join(told[:_NAMED])}{f'、ほか{len(told) - _NAMED}件' if len(told) > _NAMED else ''}。"


def listed(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = f" ほか{len(names) - _SHOWN}件" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more

"""From a sheet and the way it is laid out to a table: which rows count, what is told, what speaks against it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kyoju_tui.exchange.books.values import Sheet
from kyoju_tui.exchange.statistics import codes
from kyoju_tui.exchange.statistics.checking import told_totals
from kyoju_tui.exchange.statistics.held_figures import held_figures, told_holds
from kyoju_tui.exchange.statistics.layout import ALL, Layout
from kyoju_tui.exchange.statistics.levels import choose
from kyoju_tui.exchange.statistics.odd_shapes import against, told_shares
from kyoju_tui.exchange.statistics.rows import Asked, rows_of
from kyoju_tui.exchange.statistics.table import AreaRow, LeftOut, Table, without_padding
from kyoju_tui.records.figures import LONGEST
from kyoju_tui.records.text import FORBIDDEN

_MOST_FAULTS: Final = 50
_SHOWN: Final = 5
_EMPTY: Final = "数値が1つもない行"
# Digits of the codes of census small areas: municipality, 町・大字, 丁目.
_CENSUS: Final = {"1": 5, "2": 9, "3": 9, "4": 11}


def read(sheet: Sheet, layout: Layout, asked: Asked, *, levels: Sequence[str] = ()) -> Table:
    """Read a table. One of several days of which none is asked for has faults and tells them.

    Errors: `InvalidValue` for a level it has not.
    """
    faults = [
        f"見出し「{column.indicator[:20]}」が長すぎるか、使えない文字があります。"
        for column in layout.values
        if len(column.indicator) > LONGEST or FORBIDDEN.search(column.indicator)
    ]
    there = rows_of(sheet, layout, asked)
    faults += there.faults
    remarks = there.remarks
    rows = _with_codes(there.found, layout, remarks, faults)
    rows, empty = _parted(rows, layout, keep=ALL in levels)
    faults += against(sheet, layout, rows)
    chosen = choose(rows, layout.values, leaves=layout.leaves, wanted=levels)
    holds = held_figures(sheet, rows, layout.holding)
    kept = _told_apart([replace(row, name=without_padding(row.name)) for row in chosen.rows])
    if len(there.days) > 1:
        told = "、".join(each.isoformat() for each in sorted(there.days)[:4])
        faults.append(f"時点が{len(there.days)}つあります（{told}）。1つを選んで取り込んでください。")
    else:
        faults += _doubled(kept)
    if not faults:
        held = frozenset(line for of in holds.values() for line in of)
        remarks += told_totals(kept, layout.values, chosen.left_out, held)
        remarks += _told_left_out(chosen.left_out)
        remarks += told_holds(rows, holds)
        remarks += chosen.remarks
        remarks += told_shares(kept, layout.values)
        if padded := [row.name for row in chosen.rows if without_padding(row.name) != row.name]:
            remarks.append(f"名前の間の空白を詰めました（{padded[0]}など{len(padded)}件）。")
    return Table(
        layout.title,
        layout.values,
        kept,
        (*chosen.left_out, *empty),
        tuple(remarks),
        tuple(faults[:_MOST_FAULTS]),
        next(iter(there.days)) if len(there.days) == 1 else None,
        layout.publisher,
        layout.survey,
        layout.unread,
        holds,
        days=tuple(sorted(there.days)),
    )


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
    return [replace(row, code=code) for row, code in zip(rows, found.codes, strict=True)]


def _parted(rows: list[AreaRow], layout: Layout, *, keep: bool) -> tuple[list[AreaRow], tuple[LeftOut, ...]]:
    """Rows of figures, and those without any: remarks, heads of sections. One that has a code or a level is an area."""
    if keep or layout.level is not None:
        return rows, ()
    empty = [row for row in rows if not row.code and not any(cell.raw.strip() for cell in row.cells)]
    lines = {row.line for row in empty}
    return [row for row in rows if row.line not in lines], tuple(LeftOut(row, _EMPTY, doubtful=True) for row in empty)


def _told_apart(rows: Sequence[AreaRow]) -> tuple[AreaRow, ...]:
    """Areas of one name in several wards are called with their ward's."""
    wards: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        wards.setdefault((row.code, row.name), set()).add(row.city)
    return tuple(
        replace(row, name=f"{without_padding(row.city)}{row.name}") if len(wards[row.code, row.name]) > 1 else row
        for row in rows
    )


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


def listed(names: Sequence[str]) -> str:
    """The first few names, and how many more there are."""
    more = f" ほか{len(names) - _SHOWN}件" if len(names) > _SHOWN else ""
    return "、".join(names[:_SHOWN]) + more

"""Areas whose figures are told with another's (合算): which row holds whose, as a census table says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kyoju_tui.exchange.books.values import Sheet
from kyoju_tui.exchange.statistics.cells import text_of
from kyoju_tui.exchange.statistics.layout import Holding
from kyoju_tui.exchange.statistics.table import AreaRow, without_padding

_NAMED: Final = 12


def held_figures(sheet: Sheet, rows: Sequence[AreaRow], holding: Holding | None) -> Mapping[int, tuple[int, ...]]:
    """By the line of a row that tells others' figures with its own, the lines of those others."""
    if holding is None:
        return {}
    found: dict[int, tuple[int, ...]] = {}
    for row in rows:
        said = text_of(sheet.at(row.line - 1, holding.holds))
        ends = [each for each in re.split(r"[;；,、\s]+", said) if each]
        if ends:
            # Three digits of the code; a spreadsheet takes the zeros before them away.
            held = [_ending(rows, row, end.zfill(3)) for end in ends]
            found[row.line] = tuple(each.line for each in held if each is not None)
    return found


def _ending(rows: Sequence[AreaRow], near: AreaRow, end: str) -> AreaRow | None:
    """The area that a short code names: of the same level, whose code shares the most with the one that names it."""
    alike = [row for row in rows if row.level == near.level and row.code.endswith(end) and row.code != near.code]
    return max(alike, key=lambda row: _shared(row.code, near.code), default=None)


def _shared(one: str, other: str) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def told_holds(rows: Sequence[AreaRow], holds: Mapping[int, tuple[int, ...]]) -> Iterator[str]:
    """The areas whose figures hold others', by name."""
    names = {row.line: without_padding(row.name) for row in rows}
    told = [f"{names[line]}は{'・'.join(names[each] for each in held)}を含む" for line, held in holds.items() if held]
    if told:
        yield f"合算：{'、'.join(told[:_NAMED])}{f'、ほか{len(told) - _NAMED}件' if len(told) > _NAMED else ''}。"

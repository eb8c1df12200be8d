"""How a table of unknown layout might be read: a first proposal, then what a person says, and how it reads by that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kyoju_tui.exchange.books.values import Book, Sheet, Value
from kyoju_tui.exchange.statistics import mapped
from kyoju_tui.exchange.statistics.cells import folded, read_cell, text_of, trimmed
from kyoju_tui.exchange.statistics.heads import Head, heads_of
from kyoju_tui.exchange.statistics.known import AREA_HEADS, CODE_HEADS, DAY_HEADS, LEVEL_HEADS
from kyoju_tui.exchange.statistics.mapped import AREA, CODE, DAY, LEVEL, VALUE
from kyoju_tui.exchange.statistics.reading import read
from kyoju_tui.exchange.statistics.table import Table
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.mapping import Mapping

_SEEN: Final = 60
_MOST_HEADS: Final = 4
_LOOKED_FOR: Final = 40
_YEARS: Final = range(1950, 2101)
_SERIAL: Final = frozenset({"番号", "no", "no.", "連番", "通し番号", "順位", "項番"})
_ONLY_ONE: Final = frozenset({AREA, CODE, DAY, LEVEL})


@dataclass(frozen=True, slots=True)
class ColumnDraft:
    """What one column is taken for: a role of `mapped.ROLES`, and for figures the indicator and its unit."""

    head: Head
    role: str = ""
    indicator: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """How a sheet is read so far. `top` is the first row of heads, from 0; the words are further signs of the table.

    `one_of_many` tells that the sheet has to be named: a text table is called as its file is.
    """

    sheet: str
    top: int
    rows: int
    columns: tuple[ColumnDraft, ...]
    leaves: tuple[str, ...] = ()
    zero: tuple[str, ...] = ()
    suppressed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    one_of_many: bool = False

    def with_column(self, number: int, **changes: str) -> Draft:
        """With one column taken for something else; a role that only one column can have is taken from the other."""
        role = changes.get("role", "")
        columns = [
            replace(each, role="") if role in _ONLY_ONE and each.role == role and at != number else each
            for at, each in enumerate(self.columns)
        ]
        columns[number] = replace(columns[number], **changes)
        return replace(self, columns=tuple(columns))

    def record(self, title: str, publisher: str = "") -> Mapping:
        """The mapping that keeps it. Errors: pydantic's, for a text that no record may hold."""
        return mapped.record_of(
            title,
            publisher,
            self.top,
            self.rows,
            [(each.head, each.role, each.indicator, each.unit) for each in self.columns],
            sheet=self.sheet if self.one_of_many else "",
            leaves=list(self.leaves),
            zero=list(self.zero),
            suppressed=list(self.suppressed),
            missing=list(self.missing),
        )


def proposed(book: Book, sheet: str = "", top: int | None = None, rows: int | None = None) -> Draft:
    """A proposal from the words of the heads and from what stands below them; without heads, where they seem to be."""
    shown = [each for each in book.sheets if each.visible and each.rows] or list(book.sheets)
    found = book.sheet(sheet) or shown[0]
    if top is None or rows is None:
        top, rows = _heads_at(found)
    heads = heads_of(found, top, rows)
    roles = [_role(found, at, head, top + rows) for at, head in enumerate(heads)]
    if AREA not in roles:
        named = [at for at, head in enumerate(heads) if head.text and not roles[at] and _words(found, at, top + rows)]
        if named:
            roles[named[0]] = AREA
    seen: set[str] = set()
    columns: list[ColumnDraft] = []
    for head, role in zip(heads, roles, strict=True):
        taken = "" if role in _ONLY_ONE and role in seen else role
        seen.add(taken)
        columns.append(ColumnDraft(head, taken, head.name if taken == VALUE else "", head.unit))
    return Draft(found.name, top, rows, tuple(columns), one_of_many=len(book.sheets) > 1)


def preview(book: Book, draft: Draft, today: date) -> Table | KyojuError:
    """The first rows as they would be read, or why they cannot be."""
    try:
        layout = mapped.layout_of(book, draft.record("表"))
        sheet = book.sheet(draft.sheet)
        if sheet is None:
            raise LookupError(draft.sheet)
        wanted = draft.leaves or ()
        return read(sheet, layout, today=today, levels=wanted, first=_SEEN)
    except KyojuError as error:
        return error


def examples(book: Book, draft: Draft, column: int) -> tuple[str, ...]:
    """The first few things that stand in a column."""
    sheet = book.sheet(draft.sheet)
    rows = () if sheet is None else sheet.rows[draft.top + draft.rows : draft.top + draft.rows + _SEEN]
    said = (trimmed(text_of(row[column])) for row in rows if column < len(row))
    return tuple(dict.fromkeys(each for each in said if each))[:3]


def _heads_at(sheet: Sheet) -> tuple[int, int]:
    """The rows of heads: those with several texts just above the first row that has figures."""
    for number, row in enumerate(sheet.rows[:_LOOKED_FOR]):
        filled = [value for value in row if value is not None]
        if number and sum(map(_is_figure, filled)) * 3 >= len(filled) > 1:
            top = number
            while (
                top > 0 and number - top < _MOST_HEADS and sum(value is not None for value in sheet.rows[top - 1]) > 1
            ):
                top -= 1
            return (top, number - top) if top < number else (number - 1, 1)
    return 0, 1


def _is_figure(value: Value) -> bool:
    """Whether a cell holds a number that is no year: those stand in heads too."""
    cell = read_cell(value)
    return cell is not None and cell.value is not None and not (isinstance(cell.value, int) and cell.value in _YEARS)


def _role(sheet: Sheet, column: int, head: Head, first: int) -> str:
    if not head.text:
        return ""
    name = folded(head.name).lower()
    for role, heads in ((AREA, AREA_HEADS), (CODE, CODE_HEADS), (LEVEL, LEVEL_HEADS), (DAY, DAY_HEADS)):
        if name in heads:
            return role
    if name in _SERIAL:
        return ""
    cells = [sheet.at(number, column) for number in range(first, min(first + _SEEN, len(sheet.rows)))]
    filled = [value for value in cells if value is not None]
    read_ones = [cell for value in filled if (cell := read_cell(value)) is not None]
    return VALUE if read_ones and len(read_ones) * 2 >= len(filled) else ""


def _words(sheet: Sheet, column: int, first: int) -> bool:
    cells = [sheet.at(number, column) for number in range(first, min(first + _SEEN, len(sheet.rows)))]
    filled = [value for value in cells if value is not None]
    return bool(filled) and sum(isinstance(value, str) and read_cell(value) is None for value in filled) * 2 > len(
        filled
    )

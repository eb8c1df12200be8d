"""How a table of unknown layout might be read: a first proposal, then what a person says, and how it reads by that."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from kyoju_tui.exchange.books.values import Book, Sheet, Value
from kyoju_tui.exchange.statistics import mapped
from kyoju_tui.exchange.statistics.cells import folded, read_cell, text_of, trimmed
from kyoju_tui.exchange.statistics.heads import Head, heads_of, is_count, unit_in_cells
from kyoju_tui.exchange.statistics.known import AREA_HEADS, CODE_HEADS, DAY_HEADS, LEVEL_HEADS
from kyoju_tui.exchange.statistics.made import made
from kyoju_tui.exchange.statistics.mapped import AREA, CITY, CODE, DAY, LEVEL, VALUE
from kyoju_tui.exchange.statistics.odd_shapes import unit_beside
from kyoju_tui.exchange.statistics.reading import read
from kyoju_tui.exchange.statistics.rows import Asked
from kyoju_tui.exchange.statistics.table import Table
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.workspace import Workspace

# What a draft says anew, also where it says nothing.
_NONE: Final[dict[str, object]] = {"leaves": [], "zero": [], "suppressed": [], "missing": []}
_SEEN: Final = 60
_MOST_HEADS: Final = 4
_LOOKED_FOR: Final = 40
_YEARS: Final = range(1950, 2101)
_NO_PEOPLE: Final = re.compile(r"世帯|戸|棟|面積|件|箇所|か所|団体|事業所")
_SERIAL: Final = frozenset({"番号", "no", "no.", "連番", "通し番号", "順位", "項番"})
_PARTS: Final = frozenset({"区", "区名", "行政区", "行政区名", "市区町村", "区分地区", "ブロック"})
_ONLY_ONE: Final = frozenset({AREA, CITY, CODE, DAY, LEVEL})


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
    places = [at for at, role in enumerate(roles) if role == AREA]
    if len(places) > 1:
        # 地区 and 町名: the areas are those that are told apart, what stands left of them is a part of the town.
        finest = max(places, key=lambda at: len(_different(found, at, top + rows)))
        for at in places:
            roles[at] = AREA if at == finest else CITY if at < finest else ""
    if AREA not in roles:
        named = [at for at, head in enumerate(heads) if head.text and not roles[at] and _words(found, at, top + rows)]
        named = named or [at for at, role in enumerate(roles) if role == CITY]
        if named:
            roles[named[0]] = AREA
    beside = unit_beside(found, top + rows)
    people = beside.endswith("人")
    seen: set[str] = set()
    columns: list[ColumnDraft] = []
    for head, role in zip(heads, roles, strict=True):
        taken = "" if role in _ONLY_ONE and role in seen else role
        seen.add(taken)
        unit = head.unit or unit_in_cells(found, len(columns), top + rows)
        if taken == VALUE and not unit and is_count(head.name, "") and not (people and _NO_PEOPLE.search(head.name)):
            unit = beside
        columns.append(ColumnDraft(head, taken, head.name if taken == VALUE else "", unit))
    return Draft(found.name, top, rows, tuple(columns), one_of_many=len(book.sheets) > 1)


def of_mapping(book: Book, record: Mapping) -> Draft:
    """The draft that a mapping is, for this book: to be changed where the book is not read by it."""
    drawn = proposed(book, record.sheet or "", max((record.head_from or 1) - 1, 0), max(record.head_rows or 1, 1))
    told = {column.heading: column for column in record.columns}
    columns = tuple(
        replace(each, role=said.field or "", indicator=said.indicator or "", unit=said.unit or "")
        if (said := told.get(each.head.text)) is not None
        else replace(each, role="")
        for each in drawn.columns
    )
    leaves, zero, suppressed, missing = record.leaves, record.zero, record.suppressed, record.missing
    return replace(drawn, columns=columns, leaves=leaves, zero=zero, suppressed=suppressed, missing=missing)


def mapping_for(workspace: Workspace, draft: Draft, title: str, publisher: str, today: date) -> tuple[Ref, Mapping]:
    """The mapping that keeps a draft: the one of this title with the names it remembers, or a new one.

    Errors: `InvalidValue` for a text that no record may hold.
    """
    record = draft.record(title, publisher)
    wanted = fold(record.title)
    same = next((pair for pair in mapped.mappings(workspace.snapshot).items() if fold(pair[1].title) == wanted), None)
    if same is None:
        return workspace.new_ref("mapping", record, today=today), record
    ref, before = same
    known = {column.heading: column for column in before.columns}
    columns = [
        {**to_plain(column), "id": was.id, "denominator": was.denominator}
        if (was := known.get(column.heading)) is not None
        else to_plain(column)
        for column in record.columns
    ]
    plain = {**to_plain(before), "level_column": None, **_NONE, **to_plain(record), "columns": columns}
    return ref, made(Mapping, plain)


def preview(book: Book, draft: Draft, today: date) -> Table | KyojuError:
    """The first rows as they would be read, or why they cannot be."""
    try:
        layout = mapped.layout_of(book, draft.record("表"))
        sheet = book.sheet(draft.sheet)
        if sheet is None:
            raise LookupError(draft.sheet)
        table = read(sheet, layout, Asked(today, first=_SEEN), levels=draft.leaves)
        # Of several days one is chosen later.
        several = len(table.days) > 1
        return read(sheet, layout, Asked(today, table.days[-1], first=_SEEN), levels=draft.leaves) if several else table
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
            return (top, _without_areas(sheet, top, number) - top) if top < number else (number - 1, 1)
    return 0, 1


def _without_areas(sheet: Sheet, top: int, end: int) -> int:
    """Where the heads from `top` end, `end` at most: below a head of areas, what names one is an area already."""
    for number in range(top, end):
        for column, value in enumerate(sheet.rows[number]):
            if folded(text_of(value)).lower() in AREA_HEADS:
                named = (
                    each
                    for each in range(number + 1, end)
                    if folded(text_of(sheet.at(each, column))) not in ("", "単位", folded(text_of(value)))
                )
                return next(named, end)
    return end


def _is_figure(value: Value) -> bool:
    """Whether a cell holds a number that is no year: those stand in heads too."""
    cell = read_cell(value, percent=True)
    return cell is not None and cell.value is not None and not (isinstance(cell.value, int) and cell.value in _YEARS)


def _role(sheet: Sheet, column: int, head: Head, first: int) -> str:
    if not head.text:
        return ""
    name = folded(head.name).lower()
    for role, heads in ((AREA, AREA_HEADS), (CODE, CODE_HEADS), (LEVEL, LEVEL_HEADS), (DAY, DAY_HEADS), (CITY, _PARTS)):
        if name in heads:
            return role
    if name in _SERIAL:
        return ""
    cells = [sheet.at(number, column) for number in range(first, min(first + _SEEN, len(sheet.rows)))]
    filled = [value for value in cells if value is not None]
    read_ones = [cell for value in filled if (cell := read_cell(value, percent=True)) is not None]
    return VALUE if read_ones and len(read_ones) * 2 >= len(filled) else ""


def _different(sheet: Sheet, column: int, first: int) -> set[str]:
    return {trimmed(text_of(sheet.at(number, column))) for number in range(first, min(first + _SEEN, len(sheet.rows)))}


def _words(sheet: Sheet, column: int, first: int) -> bool:
    cells = [sheet.at(number, column) for number in range(first, min(first + _SEEN, len(sheet.rows)))]
    filled = [value for value in cells if value is not None]
    return bool(filled) and sum(isinstance(value, str) and read_cell(value) is None for value in filled) * 2 > len(
        filled
    )

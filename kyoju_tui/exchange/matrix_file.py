"""The matrix as a file: the form is told by its name. The spreadsheet has a second sheet, an entry a row, with REFs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kyoju_tui.exchange.matrix_paper import Shown, matrix_paper
from kyoju_tui.exchange.papers.as_csv import UTF8
from kyoju_tui.exchange.papers.paper import Box, Column, Table, box
from kyoju_tui.exchange.papers.paper_file import FORMS, paper_file
from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import COMMON, Ref

__all__ = ["FORMS", "matrix_file"]

# What a spreadsheet and other programs read on is whole; onto paper go the opinions ticked for it.
_WHOLE: Final = (".csv", ".md")
_SHEET: Final = ".xlsx"
# Fields of an entry as columns, each with its width in full-width characters.
_FIELDS: Final = {
    "title": 18.0,
    "outline": 26.0,
    "summary": 18.0,
    "difficulties": 20.0,
    "direction": 18.0,
    "target_group": 10.0,
    "as_of": 9.0,
    "confirmed": 7.0,
}


def matrix_file(matrix: Matrix, suffix: str, shown: Shown | None = None, encoding: str = UTF8) -> bytes:
    """What the file holds. Errors: `WrongUse` for a form not in `FORMS`, `InvalidValue` as `table_csv`."""
    shown = shown or Shown()
    ending = suffix.lower()
    paper = matrix_paper(matrix, replace(shown, whole=shown.whole or ending in _WHOLE))
    if ending == _SHEET:
        paper = replace(paper, tables=(*paper.tables, entries_table(matrix)))
    return paper_file(paper, ending, encoding)


def entries_table(matrix: Matrix) -> Table:
    """All entries in the order of departments; the first column, out of sight, is the REF."""
    known = field_map(Entry)
    columns = (
        Column("REF", 8, hidden=True),
        Column("部署", 9),
        Column("カテゴリー", 10),
        Column(known["kind"].label, 5),
        Column(known["status"].label, 6),
        *(Column(known[name].label, width) for name, width in _FIELDS.items()),
    )
    return Table("取組・課題・データ", columns, tuple(_rows(matrix)), "まだ記録がありません。")


def _rows(matrix: Matrix) -> Iterator[tuple[Box, ...]]:
    snapshot = matrix.snapshot
    order = {department: number for number, department in enumerate(snapshot.departments)}

    def place(ref: Ref) -> tuple[int, str]:
        return order.get(ref.department or "", len(order)), ref

    for ref in sorted(snapshot.entries, key=place):
        entry, department = snapshot.entries[ref], ref.department or COMMON
        rows = "、".join(snapshot.full_name("category", each) for each in entry.categories)
        whose = "共通" if department == COMMON else snapshot.full_name("department", department)
        as_of = format_date(entry.as_of, weekday=False) if entry.as_of else ""
        fields = (as_of if name == "as_of" else str(getattr(entry, name) or "") for name in _FIELDS)
        yield (
            Box(box(str(ref)).lines, department=department, refs=(ref,)),
            *map(box, (whose, rows, entry.kind, entry.status or "", *fields)),
        )

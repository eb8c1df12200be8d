"""What the forms of inquiries and of surveys have beside their questions: lists for drop-downs, and the ids again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kyoju_tui.exchange.books.writing import put
from kyoju_tui.exchange.inquiries import inquiry_layout as layout
from kyoju_tui.exchange.inquiries.inquiry_answer_sheet import lock

if TYPE_CHECKING:
    from openpyxl import Workbook


def write_choices(book: Workbook, lists: Mapping[str, Sequence[str]]) -> None:
    """Write the lists that drop-downs choose from."""
    sheet: Any = book.create_sheet(layout.CHOICES)
    for column, (name, words) in enumerate(lists.items(), 1):
        for row, word in enumerate((name, *words), 1):
            put(sheet, row, column, word)
    sheet.sheet_state = "hidden"
    lock(sheet)


def write_copy(book: Workbook, form: str, marks: Iterable[tuple[int, str]]) -> None:
    """Write the form's id and the marks of its rows, each with the number of its row."""
    sheet: Any = book.create_sheet(layout.COPY)
    put(sheet, layout.FORM_ROW, layout.COPY_MARK_COLUMN, form)
    for place, (row, mark) in enumerate(marks):
        put(sheet, layout.COPY_FIRST_ROW + place, layout.COPY_ROW_COLUMN, row)
        put(sheet, layout.COPY_FIRST_ROW + place, layout.COPY_MARK_COLUMN, mark)
    sheet.sheet_state = "veryHidden"
    lock(sheet)

"""The form of an inquiry for one department as .xlsx: letter, answer sheet, example, and what programs need, hidden.

`inquiry_layout` says where everything stands. Only what is to be filled in is unlocked, and there is no password.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kyoju_tui.exchange.books.values import address
from kyoju_tui.exchange.books.writing import new_book, put, written
from kyoju_tui.exchange.forms.form_looks import form_looks
from kyoju_tui.exchange.forms.form_sheets import write_choices, write_copy
from kyoju_tui.exchange.inquiries import inquiry_layout as layout
from kyoju_tui.exchange.inquiries.cover_letter import Letter
from kyoju_tui.exchange.inquiries.inquiry_answer_sheet import AnswerSheet, drop_downs, finish, ranges, write_heads
from kyoju_tui.exchange.inquiries.inquiry_example import write_example
from kyoju_tui.exchange.inquiries.inquiry_layout import FormId, RowMark
from kyoju_tui.exchange.inquiries.inquiry_letter_sheet import write_letter
from kyoju_tui.overview.asking import AskedSection
from kyoju_tui.records.description import field_map
from kyoju_tui.records.inquiry import Receipt
from kyoju_tui.records.snapshot import Snapshot

if TYPE_CHECKING:
    from openpyxl import Workbook

_GUIDE_COLUMN: Final = 10
_GUIDE: Final = (
    "黄色の欄に記入してください。書き方は「記入例」のシートにあります。行が足りないときは、行を挿入できます。"
)


@dataclass(frozen=True, slots=True)
class Form:
    """What a form holds. `due` is the day of the answer in words; `before` where 前回のまま can be answered."""

    id: FormId
    letter: Letter
    department: str
    due: str
    sections: tuple[AskedSection, ...]
    before: bool


def form_xlsx(form: Form, snapshot: Snapshot) -> bytes:
    """The form's file, filled in from this snapshot: that of the commit `form.id.base`."""
    book = new_book()
    book.properties.title = form.letter.title
    write_letter(book.create_sheet(layout.LETTER), form.letter)
    marks = _answers(book, form, snapshot)
    write_example(book.create_sheet(layout.EXAMPLE), form.id.results)
    write_choices(book, layout.choice_lists())
    write_copy(book, form.id.text(), ((row, mark.text()) for row, mark in marks))
    from openpyxl.workbook.protection import WorkbookProtection

    book.security = WorkbookProtection(lockStructure=True)
    return written(book)


def _answers(book: Workbook, form: Form, snapshot: Snapshot) -> list[tuple[int, RowMark]]:
    sheet: Any = book.create_sheet(layout.ANSWERS)
    fields = layout.columns(form.id.results)
    _top(sheet, form)
    write_heads(sheet, form.id.results)
    writer = AnswerSheet(sheet, snapshot, fields)
    for section in form.sections:
        writer.section(section)
    last = writer.row - 1
    places = {name: ranges(layout.SAID_COLUMN, rows) for name, rows in writer.chosen.items()}
    for column in fields:
        if column.choices:
            places[column.name] = ranges(column.number, range(layout.FIRST_ROW, last + 1))
    places["confirmed"] = _one(layout.CONFIRMED_CELL)
    if form.before:
        places["as_before"] = _one(layout.AS_BEFORE_CELL)
    drop_downs(sheet, places, layout.choice_lists())
    sheet.column_dimensions[_letters(layout.ID_COLUMN)].hidden = True
    finish(sheet, last, form.id.results, f"{form.letter.title}　{form.department}")
    return writer.marks


def _top(sheet: Any, form: Form) -> None:
    looks = form_looks()
    put(sheet, layout.FORM_ROW, layout.ID_COLUMN, form.id.text())
    put(sheet, 1, layout.CATEGORY_COLUMN, f"回答票　{form.department}", style=looks.title)
    due = f"　　回答期限　{form.due}" if form.due else ""
    put(sheet, 2, layout.CATEGORY_COLUMN, f"{form.letter.title}{due}", style=looks.plain)
    put(sheet, 2, _GUIDE_COLUMN, _GUIDE, style=looks.quiet)
    row, column = layout.CONFIRMED_CELL
    put(sheet, row, column - 1, f"{field_map(Receipt)['confirmed'].label} →", style=looks.label)
    put(sheet, row, column, None, style=looks.choice)
    put(sheet, row, column + 1, None, style=looks.choice)
    sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=column + 1)
    if form.before:
        row, column = layout.AS_BEFORE_CELL
        put(sheet, row, column - 1, "どの内容も前回のままのときだけ、ここを選びます →", style=looks.label)
        put(sheet, row, column, None, style=looks.choice)
    for number, points in enumerate((28, 22, 26), 1):
        sheet.row_dimensions[number].height = points


def _one(cell: tuple[int, int]) -> str:
    return address(cell[0] - 1, cell[1] - 1)


def _letters(column: int) -> str:
    return address(0, column - 1)[:-1]

"""The form of a survey for one target as .xlsx: questions, cells for the answers, and what programs need, hidden.

`survey_layout` says where everything stands. Only what is to be filled in is unlocked, and there is no password.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from kyoju_tui.exchange import survey_layout as layout
from kyoju_tui.exchange.books.writing import new_book, put, written
from kyoju_tui.exchange.inquiry_answer_sheet import drop_downs, lock
from kyoju_tui.exchange.survey_layout import FormId, Mark
from kyoju_tui.exchange.survey_sheet import SurveySheet
from kyoju_tui.exchange.survey_words import sections, words_of
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.survey import Survey

if TYPE_CHECKING:
    from openpyxl import Workbook


def form_xlsx(form: FormId, survey: Survey, snapshot: Snapshot) -> bytes:
    """The form's file, filled in from this snapshot: that of the commit `form.base`."""
    from openpyxl.workbook.protection import WorkbookProtection

    book = new_book()
    book.properties.title = None
    sheet: Any = book.create_sheet(layout.ANSWERS)
    put(sheet, layout.FORM_ROW, layout.ID_COLUMN, form.text())
    writer = SurveySheet(sheet, layout.filled(survey, form.target))
    writer.head(words_of(snapshot, survey, form.target))
    for label, numbered in sections(survey):
        writer.section(label, numbered)
    lists = {question.id or "": layout.choices_of(question) for question in survey.questions}
    lists = {name: words for name, words in lists.items() if words}
    drop_downs(sheet, writer.cells, lists)
    _numbers(sheet, survey, writer.cells)
    writer.finish(survey.title)
    _choices(book, lists)
    _copy(book, form, writer.marks)
    book.security = WorkbookProtection(lockStructure=True)
    return written(book)


def _numbers(sheet: Any, survey: Survey, cells: Mapping[str, str]) -> None:
    """Where a number is asked, a program takes nothing else."""
    from openpyxl.worksheet.datavalidation import DataValidation

    places = [cells[question.id or ""] for question in survey.questions if layout.sort_of(question) == "number"]
    if places:
        rule = DataValidation(
            type="decimal", operator="between", formula1="-1000000000000", formula2="1000000000000",
            sqref=" ".join(places), allow_blank=True, showErrorMessage=True, errorTitle="数字で書いてください",
            error="数だけを書いてください（例：45）。単位や「約」は付けません。",
        )  # fmt: skip
        sheet.add_data_validation(rule)


def _choices(book: Workbook, lists: Mapping[str, tuple[str, ...]]) -> None:
    sheet: Any = book.create_sheet(layout.CHOICES)
    for column, (name, words) in enumerate(lists.items(), 1):
        for row, word in enumerate((name, *words), 1):
            put(sheet, row, column, word)
    sheet.sheet_state = "hidden"
    lock(sheet)


def _copy(book: Workbook, form: FormId, marks: Sequence[tuple[int, Mark]]) -> None:
    """The ids once more, where nobody types."""
    sheet: Any = book.create_sheet(layout.COPY)
    put(sheet, layout.FORM_ROW, layout.COPY_MARK_COLUMN, form.text())
    for place, (row, mark) in enumerate(marks):
        put(sheet, layout.COPY_FIRST_ROW + place, layout.COPY_ROW_COLUMN, row)
        put(sheet, layout.COPY_FIRST_ROW + place, layout.COPY_MARK_COLUMN, mark.text())
    sheet.sheet_state = "veryHidden"
    lock(sheet)

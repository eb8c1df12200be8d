"""The form of a survey for one target as .xlsx: questions, cells for the answers, and what programs need, hidden.

`survey_layout` says where everything stands. Only what is to be filled in is unlocked, and there is no password.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kyoju_tui.exchange.books.writing import new_book, put, written
from kyoju_tui.exchange.forms.form_sheets import write_choices, write_copy
from kyoju_tui.exchange.inquiries.inquiry_answer_sheet import drop_downs
from kyoju_tui.exchange.surveys import survey_layout as layout
from kyoju_tui.exchange.surveys.survey_layout import FormId
from kyoju_tui.exchange.surveys.survey_sheet import SurveySheet
from kyoju_tui.exchange.surveys.survey_words import sections, words_of
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.survey import Survey


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
    _several(sheet, survey, writer.cells)
    _numbers(sheet, survey, writer.cells)
    writer.finish(survey.title)
    write_choices(book, lists)
    write_copy(book, form.text(), ((row, mark.text()) for row, mark in writer.marks))
    book.security = WorkbookProtection(lockStructure=True)
    return written(book)


def _several(sheet: Any, survey: Survey, cells: Mapping[str, str]) -> None:
    """Where words are chosen, a program asks before it takes others: two of them, or what 「その他」 is."""
    places = {cells[question.id or ""] for question in survey.questions if question.type == "選択"}
    for rule in sheet.data_validations.dataValidation:
        if str(rule.sqref) in places:
            rule.errorStyle = "warning"
            rule.errorTitle = "一覧にない言葉です"
            rule.error = "2つ以上を選ぶか、「その他」の中身を書くときは、「、」で区切って、このまま進めてください。"


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

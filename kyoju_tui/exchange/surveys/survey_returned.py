"""The form of a survey as it came back: which one it is, and what stands in the cell of every answer.

Sheets may be copied, columns and rows put in or taken out, cells merged: what stands where is found by the hidden ids,
and where these are lost by the words of the questions.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Final

from kyoju_tui.exchange.books.cells import Cell, Cells
from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book, Sheet
from kyoju_tui.exchange.inquiries.inquiry_layout import FormId as InquiryFormId
from kyoju_tui.exchange.surveys import survey_layout as layout
from kyoju_tui.exchange.surveys.survey_layout import FormId, Mark
from kyoju_tui.records.errors import Refused
from kyoju_tui.records.folding import fold
from kyoju_tui.records.survey import Question, Survey

_ROWS: Final = 2_000
_WIDE: Final = 40
_OURS: Final = frozenset(map(fold, (layout.CHOICES, layout.COPY)))
_AGAIN: Final = "様式を配ったときのファイルに記入して送り直してもらうか、画面で入力してください。"


class NotASurveyForm(Refused):
    """The file is no form of this survey, or none that this version can read."""

    code: ClassVar[str] = "not-a-form"


@dataclass(frozen=True, slots=True)
class Given:
    """One answer's cell: the question's id (or `WHO`), and what it was filled in with (None: not known)."""

    question: str
    cell: Cell
    check: str | None


@dataclass(frozen=True, slots=True)
class Returned:
    """One file. `id` is None where both places lost it; `strays` are cells beside the answers; `words` all texts."""

    file: str
    sha256: str
    id: FormId | None
    given: tuple[Given, ...]
    strays: tuple[Cell, ...]
    words: tuple[str, ...]
    remarks: tuple[str, ...]


def form_id(book: Book) -> FormId | None:
    """The hidden id of a form; None where a file has none. Errors: `NotASurveyForm` where it has two, or another's."""
    found: set[FormId] = set()
    for sheet in book.sheets:
        for row in sheet.rows[:_ROWS]:
            for value in row[:_WIDE]:
                known = FormId.parse(value)
                if known is not None:
                    found.add(known)
                elif InquiryFormId.parse(value) is not None:
                    raise NotASurveyForm(
                        f"「{shown_name(book.file)}」は、照会の様式です。何も取り込んでいません。",
                        cure="照会の回答として取り込んでください。",
                    )
    if len(found) > 1:
        raise NotASurveyForm(
            f"「{shown_name(book.file)}」に、別々の様式の番号が入っています。何も取り込んでいません。", cure=_AGAIN
        )
    form = next(iter(found), None)
    if form is not None and form.layout != layout.VERSION:
        raise NotASurveyForm(
            f"「{shown_name(book.file)}」は、別の版のこのソフトで作った様式です。何も取り込んでいません。",
            cure="様式を作ったものと同じ版で取り込んでください。",
        )
    return form


def returned(book: Book, survey: Survey) -> Returned:
    """The form of a survey that a workbook is. Errors: `NotASurveyForm`."""
    form = form_id(book)
    given: list[Given] = []
    strays: list[Cell] = []
    places = dict(_copied(book))
    sheets = [sheet for sheet in book.sheets if not _is_ours(sheet)]
    read = 0
    for sheet in sheets:
        cells = Cells(sheet)
        found = list(_marked(sheet, cells)) or list(_placed(sheet, cells, places, survey))
        found = found or list(_worded(sheet, cells, survey))
        given += found
        read += bool(found)
        strays += _strays(sheet, cells, found)
    if not given:
        raise NotASurveyForm(
            f"「{shown_name(book.file)}」に、このアンケート・ヒアリングの質問が見つかりません。何も取り込んでいません。",
            cure="正しいファイルか、どのアンケートのものかを確かめてください。",
        )
    remarks = list(book.remarks)
    if read > 1:
        remarks.append(f"回答のシートが{read}枚あります。同じ質問は1つとして読みました。")
    words = tuple(
        value for sheet in sheets for row in sheet.rows[:_ROWS] for value in row[:_WIDE] if isinstance(value, str)
    )
    return Returned(book.file, book.sha256, form, tuple(given), tuple(strays), words, tuple(remarks))


def words_found(sheet: Sheet, survey: Survey) -> int:
    """How many of the questions stand one below the other, as on a form."""
    return len({question.id for question, _, _ in _questions(sheet, survey)})


def _copied(book: Book) -> Iterator[tuple[int, Mark]]:
    """What 控え says: the row of every answer, counted from 0."""
    for sheet in book.sheets:
        if not fold(sheet.name).startswith(fold(layout.COPY)):
            continue
        for row in sheet.rows[:_ROWS]:
            number = row[layout.COPY_ROW_COLUMN - 1] if row else None
            mark = Mark.parse(row[layout.COPY_MARK_COLUMN - 1]) if len(row) >= layout.COPY_MARK_COLUMN else None
            if mark is not None and isinstance(number, int) and not isinstance(number, bool):
                yield number - 1, mark


def _is_ours(sheet: Sheet) -> bool:
    return fold(sheet.name) in _OURS or fold(sheet.name).startswith(fold(layout.COPY))


def _marked(sheet: Sheet, cells: Cells) -> Iterator[Given]:
    """By the hidden column."""
    for number, row in enumerate(sheet.rows[:_ROWS]):
        for column, value in enumerate(row[:_WIDE]):
            mark = Mark.parse(value)
            if mark is not None:
                yield Given(mark.question, cells.at(number, column + layout.TEXT_COLUMN - layout.ID_COLUMN), mark.check)
                break


def _placed(sheet: Sheet, cells: Cells, places: dict[int, Mark], survey: Survey) -> Iterator[Given]:
    """By where 控え says that the answers stood, as long as the question still stands above each of them."""
    known = {question.id: question for question in survey.questions}
    for row, mark in places.items():
        question = known.get(mark.question)
        asked = layout.WHO_ASKED if question is None else _asked(question)
        for column in range(min(_WIDE, len(sheet.rows[0]) if sheet.rows else 0)):
            above = sheet.at(row - 1, column)
            if isinstance(above, str) and fold(above).startswith(fold(asked)):
                yield Given(mark.question, cells.at(row, column), mark.check)
                break


def _worded(sheet: Sheet, cells: Cells, survey: Survey) -> Iterator[Given]:
    """By the words of the questions: the answer stands in the cell below."""
    for question, row, column in _questions(sheet, survey):
        yield Given(question.id or "", cells.at(row + 1, column), None)


def _questions(sheet: Sheet, survey: Survey) -> Iterator[tuple[Question, int, int]]:
    asked = [(fold(_asked(question)), question) for question in survey.questions if question.id and _asked(question)]
    asked.sort(key=lambda each: len(each[0]), reverse=True)
    found: set[str] = set()
    for row, column, value in sheet.filled():
        if row >= _ROWS:
            return
        if not isinstance(value, str) or column >= _WIDE or len(value) > 2 * 20_000:
            continue
        text = fold(value)
        question = next((each for words, each in asked if text.startswith(words)), None)
        if question is not None and question.id not in found:
            found.add(question.id or "")
            yield question, row, column


def _asked(question: Question) -> str:
    return question.text or question.section or ""


def _strays(sheet: Sheet, cells: Cells, found: list[Given]) -> Iterator[Cell]:
    """What stands to the right of the answers, where nobody asked for anything."""
    taken = {each.cell.where for each in found}
    rows = {each.cell.row for each in found} | {each.cell.row - 1 for each in found}
    right = max((each.cell.column for each in found), default=0)
    for row, column, value in sheet.filled():
        if row in rows and column > right and isinstance(value, str | int | float):
            cell = cells.at(row, column)
            if cell.where not in taken:
                yield cell

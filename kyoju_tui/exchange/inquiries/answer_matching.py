"""From a workbook that came back to the form it is: by hidden ids, and by headings and neighbours where ids were lost.

Sheets may be copied, columns moved, rows put in, taken out or reordered, cells merged: what stands where is found by
what it says, never by where it stood.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book, Value
from kyoju_tui.exchange.inquiries.answer_form import Form, Line
from kyoju_tui.exchange.inquiries.answer_sheet import (
    ANY_YEAR,
    CONFIRMED,
    MOST_ROWS,
    OURS,
    AnswerSheet,
    NotAForm,
    plain_name,
)
from kyoju_tui.exchange.inquiries.inquiry_layout import (
    ANSWERS,
    AS_BEFORE,
    AS_BEFORE_CELL,
    CONFIRMED_CELL,
    COPY,
    COPY_MARK_COLUMN,
    COPY_ROW_COLUMN,
    VERSION,
    FormId,
    RowMark,
    columns,
)
from kyoju_tui.records.folding import fold

_AGAIN: Final = "様式を配ったときのファイルに記入して送り直してもらうか、画面で入力してください。"

__all__ = ["CONFIRMED", "NotAForm", "form_of"]


def form_of(book: Book) -> Form:
    """The form that a workbook is. Errors: `NotAForm`."""
    file = shown_name(book.file)
    said, marks, places = _copy(book)
    sheets = [each for each in map(AnswerSheet.found, book.sheets) if each is not None]
    sheets.sort(key=lambda each: (fold(each.sheet.name) != fold(ANSWERS), each.form is None))
    ids = {each for each in (said, *(each.form for each in sheets)) if each is not None}
    if len(ids) > 1:
        raise NotAForm(
            f"「{file}」は、隠してある様式の番号が2か所で食い違っています。何も取り込んでいません。", cure=_AGAIN
        )
    form = next(iter(ids), None)
    if form is not None and form.layout != VERSION:
        raise NotAForm(
            f"「{file}」は、別の版のこのソフトで作った様式です。何も取り込んでいません。",
            cure="様式を作ったものと同じ版で取り込んでください。",
        )
    if not sheets:
        raise NotAForm(
            f"「{file}」に、照会の様式の「{ANSWERS}」シートが見つかりません。何も取り込んでいません。",
            cure="正しいファイルか確かめてください。見出しの行を消した場合は、元に戻してもらってください。",
        )
    results = form.results if form is not None else sheets[0].results
    lines: list[Line] = []
    for each in sheets:
        lines += each.lines(results)
    first = sheets[0]
    return Form(
        file,
        book.sha256,
        form,
        tuple(column for column in columns(results) if column.year != ANY_YEAR),
        tuple(lines),
        marks,
        places,
        first.input(CONFIRMED_CELL, CONFIRMED),
        first.input(AS_BEFORE_CELL, (AS_BEFORE,)),
        first.heading,
        (*book.remarks, *_remarks(book, sheets)),
    )


def _copy(book: Book) -> tuple[FormId | None, dict[str, RowMark], dict[int, RowMark]]:
    """What 控え says: the form's id, the rows by their id, and by where they stood."""
    form: FormId | None = None
    marks: dict[str, RowMark] = {}
    places: dict[int, RowMark] = {}
    for sheet in book.sheets:
        if not fold(sheet.name).startswith(fold(COPY)):
            continue
        for row in sheet.rows[:MOST_ROWS]:
            text = _at(row, COPY_MARK_COLUMN)
            form = form or FormId.parse(text)
            mark = RowMark.parse(text)
            if mark is None:
                continue
            marks.setdefault(mark.row, mark)
            number = _at(row, COPY_ROW_COLUMN)
            if isinstance(number, int) and not isinstance(number, bool):
                places.setdefault(number, mark)
    return form, marks, places


def _remarks(book: Book, sheets: Sequence[AnswerSheet]) -> Iterator[str]:
    if len(sheets) > 1:
        names = "、".join(f"「{plain_name(each.sheet.name)}」" for each in sheets)
        yield f"回答のシートが{len(sheets)}枚あります（{names}）。同じ行は1つとして読みました。"
    read = {each.sheet.name for each in sheets}
    for sheet in book.sheets:
        if sheet.name not in read and fold(sheet.name) not in OURS and sheet.rows:
            yield f"シート「{plain_name(sheet.name)}」は様式にないため、読んでいません。"


def _at(row: Sequence[Value], column: int) -> Value:
    return row[column - 1] if column <= len(row) else None

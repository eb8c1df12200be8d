"""The sheet 依頼文 of a form: the letter's words on one page of A4."""

from __future__ import annotations

from typing import Any, Final

from kyoju_tui.exchange.books.heights import height
from kyoju_tui.exchange.books.writing import Looks, paper, put, widths
from kyoju_tui.exchange.forms.form_looks import form_looks
from kyoju_tui.exchange.inquiries.cover_letter import Letter
from kyoju_tui.exchange.inquiries.inquiry_answer_sheet import lock
from kyoju_tui.records.dates import format_date

_A4: Final = 9
_WIDTHS: Final = (4.0, 16.0, 80.0)
_ALL: Final = sum(_WIDTHS)
_LINE: Final = 17.0


def write_letter(sheet: Any, letter: Letter) -> None:
    """Write the letter, a part of it a row."""
    looks, page = form_looks(), _Page(sheet)
    widths(sheet, _WIDTHS)
    page.line(letter.document, looks.right, column=3)
    page.line(format_date(letter.on, weekday=False), looks.right, column=3)
    page.line(letter.addressee, looks.plain)
    page.line(letter.via, looks.plain)
    page.line(letter.sender, looks.right, column=3)
    page.gap()
    page.wide(letter.title, looks.heading, size=1.5)
    page.gap()
    page.wide(f"　{letter.opening}", looks.text)
    page.gap()
    page.wide("記", looks.centre)
    for number, (head, text) in enumerate(letter.items, 1):
        page.item(str(number), head, text)
    page.line("以上", looks.right, column=3)
    sheet.sheet_view.showGridLines = False
    paper(sheet, size=_A4, foot="")
    sheet.page_setup.orientation = "portrait"
    sheet.print_area = f"A1:C{page.row - 1}"
    lock(sheet)


class _Page:
    """Goes down the sheet."""

    def __init__(self, sheet: Any) -> None:
        self.sheet = sheet
        self.row = 1

    def line(self, text: str, look: Looks, column: int = 1) -> None:
        """A short line; none where there is nothing to say."""
        if text:
            self._next(23)
            put(self.sheet, self.row - 1, column, text, style=look)

    def gap(self) -> None:
        """An empty line."""
        self._next(14)

    def wide(self, text: str, look: Looks, size: float = 1) -> None:
        """A text over the whole width."""
        self._next(height([(text, _ALL / size)], line=_LINE * size) + 4)
        self.sheet.merge_cells(start_row=self.row - 1, end_row=self.row - 1, start_column=1, end_column=3)
        put(self.sheet, self.row - 1, 1, text, style=look)

    def item(self, number: str, head: str, text: str) -> None:
        """A numbered point: its heading on the left, its text beside it."""
        looks = form_looks()
        self._next(height([(text, _WIDTHS[2])], line=_LINE) + 8)
        put(self.sheet, self.row - 1, 1, number, style=looks.text)
        put(self.sheet, self.row - 1, 2, head, style=looks.text)
        put(self.sheet, self.row - 1, 3, text, style=looks.text)

    def _next(self, points: float) -> None:
        self.sheet.row_dimensions[self.row].height = points
        self.row += 1

"""Writing spreadsheets: text stays text, the same looks everywhere, and nothing in the file tells who made it where."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final
from weakref import ref

from kyoju_tui.exchange.books.values import Value

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FONT: Final = "BIZ UDPゴシック"
"""What Japanese offices have; others put their own in its place."""

HEAD: Final = "FFD9E2EC"
INPUT: Final = "FFFFFBE6"
GAP: Final = "FFFFE3CC"
CALM: Final = "FFF3F4F6"

# Excel keeps no more in a cell.
_MOST: Final = 32_767
_UNWRITABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_WHEN: Final = datetime(2000, 1, 1)


def new_book() -> Workbook:
    """An empty book without sheets and without a word on its maker."""
    from openpyxl import Workbook

    book = Workbook()
    for sheet in book.worksheets:
        book.remove(sheet)
    return book


def put(sheet: Worksheet, row: int, column: int, value: Value, *, style: Looks | None = None) -> Cell:
    """Set a cell, counted from 1. Text is text: what begins with `=` is no formula, and a program keeps it so."""
    cell: Any = sheet.cell(row, column)
    if isinstance(value, str):
        # Set past openpyxl, which would look for formulas in it.
        cell._value, cell.data_type = text(value), "s"  # noqa: SLF001 - there is no other door
    elif value is not None:
        cell.value = value
    if style is not None:
        style.dress(cell)
    if isinstance(value, date) and not isinstance(value, datetime) and (style is None or not style.number_format):
        cell.number_format = "yyyy/m/d"
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@"):
        cell.quotePrefix = True
    return cell


def text(value: str) -> str:
    """Text as a cell takes it: without control characters, lines broken by LF, cut where Excel's cells end."""
    return _UNWRITABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))[:_MOST]


class Looks:
    """How cells look: made once, worn by many cells of any number of books. `number_format` `@` keeps what is typed."""

    def __init__(
        self,
        *,
        bold: bool = False,
        size: float = 10,
        fill: str = "",
        border: bool = True,
        across: str = "left",
        down: str = "top",
        wrap: bool = True,
        color: str = "FF000000",
        number_format: str = "",
        open_to_input: bool = False,
    ) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

        side = Side(style="thin", color="FF9AA5B1")
        self._font = Font(name=FONT, size=size, bold=bold, color=color)
        self._fill = PatternFill("solid", fgColor=fill) if fill else None
        self._border = Border(side, side, side, side) if border else None
        self._alignment = Alignment(horizontal=across, vertical=down, wrap_text=wrap)
        self._protection = Protection(locked=not open_to_input)
        self.number_format = number_format
        self._worn: tuple[ref[Workbook], Any] | None = None

    def dress(self, cell: Any) -> None:
        """Let a cell look so."""
        book, worn = cell.parent.parent, self._worn
        if worn is None or worn[0]() is not book:
            # openpyxl compares every font and fill with those of the book: once for a look, not for each of its cells.
            self._worn = worn = ref(book), self._made(cell)
        cell._style = worn[1].__copy__()  # noqa: SLF001 - there is no other door

    def _made(self, cell: Any) -> Any:
        """The numbers under which the cell's book keeps this look."""
        cell.font, cell.alignment, cell.protection = self._font, self._alignment, self._protection
        if self._fill is not None:
            cell.fill = self._fill
        if self._border is not None:
            cell.border = self._border
        cell.number_format = self.number_format or "General"
        return cell._style  # noqa: SLF001 - as above


def paper(sheet: Worksheet, *, size: int, heads: str = "", columns: str = "", foot: str = "") -> None:
    """Landscape, fitted to the width, with repeated heads (`1:2`) and columns (`A:B`), page numbers in the foot.

    `size` is Excel's number of a paper: 8 is A3, 9 is A4.
    """
    setup: Any = sheet.sheet_properties.pageSetUpPr
    footer: Any = sheet.oddFooter
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = size
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    setup.fitToPage = True
    if heads:
        sheet.print_title_rows = heads
    if columns:
        sheet.print_title_cols = columns
    footer.left.text = foot.replace("&", "＆")
    footer.right.text = "&P / &N"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top, sheet.page_margins.bottom = 0.5, 0.6
    sheet.page_margins.header = sheet.page_margins.footer = 0.3


def widths(sheet: Worksheet, found: Sequence[float]) -> None:
    """Set the columns' widths, from the first on, in characters."""
    from openpyxl.utils import get_column_letter

    for number, width in enumerate(found, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def written(book: Workbook) -> bytes:
    """The file's bytes: no author, no program's user, no path."""
    properties = book.properties
    properties.creator = properties.lastModifiedBy = None
    properties.created = _WHEN
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()

"""The matrix as CSV for spreadsheet programs."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final

from kyoju_tui.exchange.matrix_lines import matrix_lines
from kyoju_tui.overview.matrix import Matrix

# What a spreadsheet program may take for a formula, in either width.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def matrix_csv(matrix: Matrix, *, encoding: str = "utf-8-sig") -> bytes:
    """The matrix as CSV with CRLF, by default in UTF-8 with BOM as spreadsheet programs expect it.

    No cell is a formula. Raises `UnicodeEncodeError` where `encoding` cannot hold the text.
    """
    text = StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([as_text(cell) for cell in line] for line in matrix_lines(matrix))
    return text.getvalue().encode(encoding)


def as_text(cell: str) -> str:
    """The cell, with an apostrophe before it where a spreadsheet program would calculate it."""
    return f"'{cell}" if cell.startswith(_FORMULA) or cell.lstrip().startswith(_FORMULA) else cell

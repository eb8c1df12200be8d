"""What a spreadsheet or a table file holds, as plain values: no formats, no formulas, no links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final, TypeAlias

from kyoju_tui.records.errors import Refused

Value: TypeAlias = str | int | float | bool | date | datetime | time | timedelta | None
"""A cell's value; None where it is empty. A whole number is an `int`, a date without a time a `date`."""

_LETTERS: Final = 26


class UnreadableFile(Refused):
    """A file from outside that is not taken: broken, too big, or with something in it that a table does not need."""

    code: ClassVar[str] = "unreadable-file"


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, counted from 0, its last row and column included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Every row is as long as the longest; rows and columns are counted from 0.

    `uncomputed` are the cells whose formula was saved without its value, `ragged` the rows of a text table that had not
    as many fields as most: what stands in them may be in a wrong column.
    """

    name: str
    rows: tuple[tuple[Value, ...], ...]
    visible: bool = True
    merged: tuple[Area, ...] = ()
    uncomputed: frozenset[tuple[int, int]] = frozenset()
    ragged: frozenset[int] = frozenset()

    def at(self, row: int, column: int) -> Value:
        """The value of a cell; None beyond the edge."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None

    def filled(self) -> Iterator[tuple[int, int, Value]]:
        """The cells that hold something, row by row."""
        for number, row in enumerate(self.rows):
            for column, value in enumerate(row):
                if value is not None:
                    yield number, column, value


@dataclass(frozen=True, slots=True)
class Book:
    """A file: its name without folder, the SHA-256 of its bytes in hex, its sheets in their order, remarks on it."""

    file: str
    sha256: str
    sheets: tuple[Sheet, ...]
    remarks: tuple[str, ...] = ()

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of this name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def address(row: int, column: int) -> str:
    """A cell as a spreadsheet names it: `address(0, 0) == "A1"`."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"

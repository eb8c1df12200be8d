"""A sheet as text: merged areas told apart from empty cells, values as a person would write them, nothing unseen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final

from kyoju_tui.exchange.books.values import Area, Book, Sheet, Value, address
from kyoju_tui.exchange.sheets.pointing import pointing
from kyoju_tui.records.dates import format_date, format_time
from kyoju_tui.records.errors import Refused
from kyoju_tui.records.text import FORBIDDEN

MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 200
# A document's address must fit one line of a record with the file's name before it.
_NAME: Final = 60
_HEADING: Final = 120


class NotASheet(Refused):
    """The file has no sheet that can be taken for an 一覧表 or a 事務事業一覧, or it is too large."""

    code = "unknown-layout"


@dataclass(frozen=True)
class Grid:
    """A sheet's texts by row and column, counted from 0. `name` is fit for a sentence."""

    sheet: Sheet
    name: str

    @classmethod
    def of(cls, sheet: Sheet) -> Grid:
        """The sheet. Errors: `NotASheet` where it is larger than any list of a town hall."""
        name = FORBIDDEN.sub("", sheet.name)[:_NAME]
        if any(number >= MOST_ROWS for number, row in enumerate(sheet.rows) if any(each is not None for each in row)):
            raise NotASheet(
                f"シート「{name}」の行が多すぎます（{MOST_ROWS:,}行まで）。何も取り込んでいません。",
                cure="必要な行だけを新しいブックに値で貼り付け、分けて取り込んでください。",
            )
        return cls(sheet, name)

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.sheet.rows)

    @cached_property
    def width(self) -> int:
        """How many columns are looked at."""
        return min(max((len(row) for row in self.sheet.rows), default=0), MOST_COLUMNS)

    @property
    def cut_off(self) -> bool:
        """Whether something stands to the right of what is looked at."""
        return any(value is not None for row in self.sheet.rows for value in row[MOST_COLUMNS:])

    @cached_property
    def covered(self) -> Mapping[tuple[int, int], Area]:
        """The cells of merged areas within the sheet, their first cells too."""
        found: dict[tuple[int, int], Area] = {}
        for area in self.sheet.merged:
            for row in range(max(0, area.top), min(area.bottom + 1, self.height)):
                for column in range(max(0, area.left), min(area.right + 1, self.width)):
                    found[row, column] = area
        return found

    def text(self, row: int, column: int) -> str:
        """What stands in a cell itself; empty where another one of its merged area holds the text."""
        return told(self.sheet.at(row, column))

    def shared(self, row: int, column: int) -> str:
        """What stands in a cell, or in the merged area that covers it."""
        area = self.covered.get((row, column))
        return self.text(row, column) if area is None else self.text(area.top, area.left)

    def value(self, row: int, column: int) -> Value:
        """The value of a cell, or of the merged area that covers it."""
        area = self.covered.get((row, column))
        return self.sheet.at(row, column) if area is None else self.sheet.at(area.top, area.left)

    def where(self, row: int, column: int) -> str:
        """A cell with its sheet: `一覧!C5`."""
        return f"{self.name}!{address(row, column)}"

    def filled(self, row: int) -> list[int]:
        """The columns of a row in which something stands."""
        return [column for column in range(self.width) if self.text(row, column).strip()]

    def headings(self, column: int, top: int, rows: int) -> list[str]:
        """The texts of a column's head of several rows, each once."""
        texts = (" ".join(self.shared(row, column).split()) for row in range(top, top + rows))
        return list(dict.fromkeys(text for text in texts if text))

    def below(self, column: int, first: int) -> list[str]:
        """What the cells of a column say themselves from a row on; 同上 is none of it."""
        texts = (self.text(row, column).strip() for row in range(first, self.height))
        return [text for text in texts if text and pointing(text) is None]

    def lost(self, row: int, column: int) -> bool:
        """Whether a formula was saved here without its value."""
        return (row, column) in self.sheet.uncomputed


def one_line(headings: Iterable[str]) -> str:
    """A head of several rows as one heading."""
    return "／".join(headings)[:_HEADING]


def told(value: Value) -> str:
    """A value as a person would write it; texts as they stand but for what steers a terminal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, datetime):
        return f"{format_date(value.date(), weekday=False)}{format_time(value.time())}"
    if isinstance(value, date):
        return format_date(value, weekday=False)
    if isinstance(value, time):
        return format_time(value)
    if isinstance(value, timedelta):
        return str(value)
    text = str(value).replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "")
    return FORBIDDEN.sub("", text)


def hidden_letters(book: Book) -> int:
    """How many control characters the book's texts hold, which no record takes."""
    return sum(
        len(FORBIDDEN.findall(value.replace("\r", "\n")))
        for sheet in book.sheets
        for _, _, value in sheet.filled()
        if isinstance(value, str) and not value.isprintable()
    )

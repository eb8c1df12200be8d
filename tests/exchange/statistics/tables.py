"""Small tables for the tests, and how they are brought in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.exchange.books.reading import read_book
from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.statistics.importing import Wish, table_of
from kyoju_tui.exchange.statistics.known import Unknown, recognise
from kyoju_tui.exchange.statistics.rows import Asked
from kyoju_tui.exchange.statistics.table import Table

TODAY = date(2026, 11, 23)
CENSUS_HEADS = "KEY_CODE,HYOSYO,CITYNAME,NAME,HTKSYORI,HTKSAKI,GASSAN,T001082001,T001082002"
CENSUS_NAMES = ",,,,,,,総数、年齢「不詳」含む,総数６５歳以上"


def book_of(folder: Path, text: str | bytes, name: str = "表.csv") -> Book:
    """A text table as it is read from a file."""
    file = folder / name
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_book(file)


def read_known(book: Book, wish: Wish | None = None) -> Table:
    """A table of a known layout."""
    layout = recognise(book)
    assert not isinstance(layout, Unknown), layout
    wish = wish or Wish()
    return table_of(book, layout, Asked(TODAY, wish.as_of), wish.levels)


def census(*rows: str) -> str:
    """A census small-area table of two indicators."""
    return "\r\n".join([CENSUS_HEADS, CENSUS_NAMES, *rows]) + "\r\n"

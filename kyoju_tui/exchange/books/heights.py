"""How high a row must be for its text to be seen: programs do not fit rows that were written by another."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final

LINE: Final = 15.0
"""Points that a line of 10 point text takes, in the widest of the fonts that offices have."""
_PADDING: Final = 5.0
# Excel's rows are no higher.
_MOST: Final = 409.0
# The edges of a column take about this much of its width.
_EDGES: Final = 1.0


def lines(text: str, width: float) -> int:
    """How many lines a text takes in a column; `width` as a spreadsheet counts it, a full-width character is two."""
    room = max(2, int(width - _EDGES))
    return sum(max(1, -(-_units(line) // room)) for line in text.split("\n"))


def height(cells: Iterable[tuple[str, float]], *, least: int = 1, line: float = LINE) -> float:
    """The height in points of a row with these texts in columns of these widths."""
    count = max((lines(text, width) for text, width in cells if text), default=1)
    return min(_MOST, max(count, least) * line + _PADDING)


def _units(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(letter) in "FWA" else 1 for letter in text)

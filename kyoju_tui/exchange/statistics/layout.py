"""How a sheet is read: where its heads and areas are, which columns hold figures, which levels count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from kyoju_tui.exchange.statistics.cells import USUAL, Words
from kyoju_tui.exchange.statistics.heads import is_count

ALL: Final = "すべて"
"""The wish for every level at once."""


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of figures: where it stands, and what it counts in what unit; `heading` is its whole head."""

    at: int
    indicator: str
    unit: str = ""
    denominator: str = ""
    heading: str = ""
    estimated: bool = False

    @property
    def is_count(self) -> bool:
        """Whether its figures may be added up."""
        return is_count(self.indicator, self.unit)


@dataclass(frozen=True, slots=True)
class Holding:
    """Where a census table says which areas' figures are told with another's: the state, whose, which ones."""

    state: int
    told_with: int
    holds: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A table with an area a row and an indicator a column. Rows and columns are counted from 0.

    `top` is the first row below the heads. `leaves` are the levels that add up to the whole; without them a row is one
    where no row stands below it. `aliases` are folded names and the ids of the areas they stand for.
    """

    title: str
    sheet: str
    top: int
    name: int
    values: tuple[ValueColumn, ...]
    code: int | None = None
    level: int | None = None
    day: int | None = None
    city: int | None = None
    leaves: tuple[str, ...] = ()
    holding: Holding | None = None
    municipal: bool = False
    words: Words = USUAL
    publisher: str = ""
    survey: str = ""
    unread: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Tidy:
    """A table with a figure a row, as the store itself keeps them."""

    sheet: str
    title: str = "数値の一覧（1行に1つの数値）"

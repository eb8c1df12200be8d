"""What a foreign table says once it is read: areas with their figures, and what is to be told of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kyoju_tui.exchange.statistics.cells import Cell
from kyoju_tui.exchange.statistics.layout import ValueColumn
from kyoju_tui.records.figures import Figure

# Blanks that pad a name: between Japanese letters none belongs there.
_PADDING: Final = re.compile(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f])")


def without_padding(name: str) -> str:
    """A name without the blanks it is padded with: `西  区` is 西区."""
    return _PADDING.sub("", name)


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One row of the table. `line` is its number in the sheet, from 1; `cells` stand in the order of the columns.

    `city` is the municipality where the table names it beside the area.
    """

    line: int
    code: str
    name: str
    cells: tuple[Cell, ...]
    level: str = ""
    city: str = ""

    @property
    def suppressed(self) -> bool:
        """Whether any of its figures is suppressed."""
        return any(cell.status == "秘匿" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not taken, and why. `doubtful` where a person should look."""

    row: AreaRow
    why: str
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it was read. `faults` are the places that were not understood; with any of them nothing is taken.

    `days` are the days its rows are of; of several one has to be chosen.
    `listed` are the figures of a table that has one a row: as they stand there, none made up.
    `holds` names, by the line of a row that tells others' figures with its own, the lines of those others.
    """

    title: str
    columns: tuple[ValueColumn, ...]
    rows: tuple[AreaRow, ...]
    left_out: tuple[LeftOut, ...] = ()
    remarks: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    as_of: date | None = None
    publisher: str = ""
    survey: str = ""
    unread: tuple[str, ...] = ()
    holds: Mapping[int, tuple[int, ...]] = field(default_factory=dict[int, tuple[int, ...]])
    listed: tuple[Figure, ...] = ()
    days: tuple[date, ...] = ()

    def figures(self) -> tuple[Figure, ...]:
        """The figures as a data set keeps them."""
        return self.listed or tuple(
            Figure(row.code, row.name, column.indicator, cell.value, cell.status, cell.raw)
            for row in self.rows
            for column, cell in zip(self.columns, row.cells, strict=True)
        )

    def total(self, indicator: str) -> int | float:
        """The sum of an indicator's figures over the rows that are taken; suppressed and missing ones count nothing."""
        at = next(number for number, column in enumerate(self.columns) if column.indicator == indicator)
        return sum(cell.value for row in self.rows if (cell := row.cells[at]).value is not None)

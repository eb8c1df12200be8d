"""The form of an inquiry as it came back: which one it is, and its rows with what stands in each cell."""

from __future__ import annotations

from dataclasses import dataclass

from kyoju_tui.exchange.books.values import Value
from kyoju_tui.exchange.inquiries.inquiry_layout import Column, FormId, RowMark


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands (`回答!E7`), its value, and why it cannot be relied on (empty where it can)."""

    where: str
    value: Value
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the answer sheet.

    `mark` is its hidden id (None for a row that was put in, or whose id was lost). `category` and `kind` are those
    that stand in the row, as text; `said` is 変更の有無 or 該当なし; `cells` are by the number of the layout's column.
    `strays` are cells in columns that the form does not have.
    """

    where: str
    number: int
    mark: RowMark | None
    category: Cell
    kind: Cell
    said: Cell
    cells: dict[int, Cell]
    strays: tuple[Cell, ...] = ()

    @property
    def edited(self) -> bool:
        """Whether anything but white space stands in its fields or beside them, or cannot be told."""
        return any(_holds(cell) for cell in (*self.cells.values(), *self.strays))

    def text(self, column: Column) -> str:
        """What stands in a field's cell, as it was filled in."""
        cell = self.cells.get(column.number)
        return "" if cell is None or cell.value is None else str(cell.value)


@dataclass(frozen=True, slots=True)
class Form:
    """One file. `id` is None where both places lost it; `marks` are the rows as 控え tells them, by their number."""

    file: str
    sha256: str
    id: FormId | None
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    marks: dict[str, RowMark]
    places: dict[int, RowMark]
    confirmed: Cell
    as_before: Cell
    heading: str
    remarks: tuple[str, ...] = ()


def _holds(cell: Cell) -> bool:
    return bool(cell.fault) or (
        cell.value is not None and (not isinstance(cell.value, str) or bool(cell.value.strip()))
    )

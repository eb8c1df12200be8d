"""The cells of a sheet that people filled in: what stands there, and why it cannot be relied on where it cannot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.books.values import Area, Sheet, Value, address
from kyoju_tui.records.text import FORBIDDEN

_ROWS: Final = 6_000
_WIDE: Final = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: where it stands (`回答票!C9`; counted from 0), its value, and why that cannot be relied on, if so."""

    where: str
    row: int
    column: int
    value: Value
    fault: str = ""


class Cells:
    """The cells of one sheet; what a merged area hides is worked out once."""

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._name = FORBIDDEN.sub("", sheet.name)[:40]
        self._covered = _covered(sheet)

    def at(self, row: int, column: int) -> Cell:
        """One cell, counted from 0."""
        where = f"{self._name}!{address(row, column)}"
        if (row, column) in self._sheet.uncomputed:
            return Cell(where, row, column, None, "計算式の結果が保存されていません。値で入れ直してください。")
        area = self._covered.get((row, column))
        if area is not None:
            span = f"{address(area.top, area.left)}:{address(area.bottom, area.right)}"
            why = f"ほかの欄と結合されています（{span}）。結合を外して入れ直してください。"
            return Cell(where, row, column, None, why)
        return Cell(where, row, column, self._sheet.at(row, column))


def _covered(sheet: Sheet) -> dict[tuple[int, int], Area]:
    """The cells that a merged area hides, within what the sheet holds."""
    covered: dict[tuple[int, int], Area] = {}
    height = min(len(sheet.rows), _ROWS)
    width = min(len(sheet.rows[0]) if sheet.rows else 0, _WIDE)
    for area in sheet.merged:
        for row in range(area.top, min(area.bottom + 1, height)):
            for column in range(area.left, min(area.right + 1, width)):
                if (row, column) != (area.top, area.left):
                    covered[row, column] = area
    return covered

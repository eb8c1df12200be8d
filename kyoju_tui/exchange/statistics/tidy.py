"""A table with a figure a row, as the store keeps them and as others may hand them back."""

from __future__ import annotations

from kyoju_tui.exchange.books.values import Sheet
from kyoju_tui.exchange.statistics.cells import Cell, text_of
from kyoju_tui.exchange.statistics.layout import Tidy, ValueColumn
from kyoju_tui.exchange.statistics.table import AreaRow, Table
from kyoju_tui.records.dataset import CSV_HEADER
from kyoju_tui.records.figures import figures_of


def read_tidy(sheet: Sheet, layout: Tidy) -> Table:
    """The areas of such a table, with the columns in the order of their first figure; none is made up where one lacks.

    Areas that have not all indicators are rows of missing figures there.
    """
    lines = [[text_of(value) for value in row[: len(CSV_HEADER)]] for row in sheet.rows]
    wide = [number for number, row in enumerate(sheet.rows, 1) if any(value for value in row[len(CSV_HEADER) :])]
    found = figures_of(lines)
    faults = [f"{number}行目：列が多すぎます。" for number in wide]
    faults += [f"{number}行目：{said}" for number, said in found.faults]
    faults += [
        f"指標「{indicator[:20].splitlines()[0]}」の名前に改行かタブがあります。"
        for indicator in found.indicators
        if "\n" in indicator or "\t" in indicator
    ]
    if not found.rows and not faults:
        faults.append("見出しの下に数値の行がありません。")
    columns = tuple(ValueColumn(3, indicator) for indicator in found.indicators)
    by_area: dict[tuple[str, str], dict[str, Cell]] = {}
    for figure in found.rows:
        cells = by_area.setdefault((figure.area_code, figure.area), {})
        cells[figure.indicator] = Cell(figure.value, figure.status, figure.raw)
    rows = tuple(
        AreaRow(number, code, area, tuple(cells.get(column.indicator, Cell(None, "欠損", "")) for column in columns))
        for number, ((code, area), cells) in enumerate(by_area.items(), 2)
    )
    return Table(layout.title, columns, rows, faults=tuple(faults), listed=found.rows)

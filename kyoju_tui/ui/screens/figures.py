"""The figures of one data set: areas × indicators, suppressed and missing ones in words (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.widget import Widget

from kyoju_tui.records.figures import Figure, read_figures
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.safe import one_line
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.widgets.matrix_table import column
from kyoju_tui.ui.widgets.record_table import Cell, Column, Row, fit
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wide_table import WideTable

_AREA = 20
_CODE = 10
_VALUE = 12


class FiguresScreen(DataScreen):
    """A table that is read, not edited: figures come from a file."""

    title_ja = "基礎データの数値"
    COMMANDS = ("reload", "back")
    AUTO_FOCUS = "WideTable"

    def __init__(self, ref: str, data: bytes) -> None:
        super().__init__()
        self.ref = Ref(ref)
        self._figures = read_figures(data)

    def compose_body(self) -> Iterable[Widget]:
        """The table; below it the lines that could not be read."""
        yield WideTable(cursor="cell", fixed_columns=1, id="figures")
        faults = Story()
        faults.styles.height = 4
        yield faults

    def on_mount(self) -> None:
        """Show the figures."""
        self.show()

    @property
    def title_detail(self) -> str:
        """Which data set, and how much of it."""
        indicators, areas = len(self._figures.indicators), len(self._figures.areas)
        return f"{self.snapshot.title(self.ref)}　{areas}地域・{indicators}指標"

    def show(self) -> None:
        """Put the figures into the table."""
        figures = self._figures
        cells: dict[tuple[str, str], dict[str, Figure]] = {}
        for row in figures.rows:
            cells.setdefault((row.area_code, row.area), {})[row.indicator] = row
        rows = [
            Row(f"{code}/{area}", (area, code, *(_cell(here.get(name)) for name in figures.indicators)))
            for (code, area), here in cells.items()
        ]
        self.query_one(WideTable).set_rows(self._columns(), rows)
        faults = self.query_one(Story)
        faults.display = bool(figures.faults)
        faults.show(Sentence(f"{line}行目：{said}") for line, said in figures.faults)
        self.show_title()

    def _columns(self) -> Sequence[Column]:
        names = (Column(f"@{name}", fit(one_line(name), _VALUE, "right"), _VALUE) for name in self._figures.indicators)
        return (column("@area", "地域", _AREA), column("@code", "コード", _CODE), *names)


def _cell(figure: Figure | None) -> Cell:
    """A figure by its end under the others; what is no number in words."""
    if figure is None:
        return Cell()
    if figure.value is None:
        return Cell(figure.status, "dim", "right")
    return Cell(f"{figure.value:,}" + ("（推計）" if figure.status == "推計" else ""), "", "right")

"""Indicators side by side: areas as columns, indicators as rows, each with its day and denominator (handbook 3-1)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from textual.widget import Widget

from kyoju_tui.overview.areas import Compared, IndicatorRow, by_status, comparison, few_people
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.forms.candidates import candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import Marked, MatrixTable, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wrapping import wrap

_NAME: Final = "@name"
_NAME_WIDTH: Final = 20
_NARROWEST: Final = 18
_EMPTY: Final = (
    "地域の指標（人口、高齢化率など）がここに並びます。\n\n"
    "地域のシートの「指標」で F4 を押すと、値・時点・分母・出所を記録できます。"
)


class AreaCompareScreen(DataScreen):
    """The areas as columns; F3 chooses which. Nothing is added up: figures are told as they were published."""

    title_ja = "指標の比較"
    COMMANDS = ("open", "new", "search", "reload", "back")
    AUTO_FOCUS = "MatrixTable"
    DEFAULT_CSS = """
    AreaCompareScreen Story { height: 4; }
    """

    def __init__(self, area: str = "") -> None:
        """The cursor begins on `area` (a REF)."""
        super().__init__()
        self._begin = area
        self._chosen: tuple[str, ...] = ()
        self._rows: dict[str, IndicatorRow] = {}

    def compose_body(self) -> Iterable[Widget]:
        """The table, and what is to be known of the place under the cursor."""
        yield EmptyNote(_EMPTY)
        yield MatrixTable()
        yield Story()

    def on_mount(self) -> None:
        """Show the table, the cursor on the area that was asked for."""
        self.show()
        table = self.query_one(MatrixTable)
        table.move_to(table.row_key, self._begin)

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The areas that are compared: those chosen, else all that have indicators."""
        areas = sorted(self.snapshot.areas.items(), key=lambda pair: by_status(*pair))
        chosen = tuple(ref for ref, _ in areas if ref.id in self._chosen)
        return chosen or tuple(ref for ref, area in areas if area.indicators)

    @property
    def title_detail(self) -> str:
        """How many are beside each other."""
        return f"{len(self.refs)}地域"

    def show(self) -> None:
        """Show the table, touching only what differs."""
        refs, table, marks = self.refs, self.query_one(MatrixTable), marks_for(self.kyoju.current_theme)
        self._rows = {row.name: row for row in comparison(self.snapshot, refs)}
        filled = bool(self._rows)
        table.display = self.query_one(Story).display = filled
        self.query_one(EmptyNote).display = not filled
        room = table.room - _NAME_WIDTH
        beside = max(1, min(len(refs), room // _NARROWEST))
        each = room // beside
        # What they leave goes to the names, so that none is cut at the edge.
        named = table.room - each * beside
        columns = [column(_NAME, "指標", named), *(column(ref, self.snapshot.title(ref), each) for ref in refs)]
        rows: list[Row] = []
        for name, row in self._rows.items():
            head = [(line, "bold") for line in wrap(name, named - 2)[:2]]
            if row.uneven:
                head.append((f"{'・'.join(row.uneven)}が違う", marks.strong))
            cells = [Marked.of(*head), *(_cell(row.figures.get(ref), marks.strong) for ref in refs)]
            rows.append(Row(name, tuple(cells), max(len(cell.lines) for cell in cells)))
        table.set_rows(columns, rows)
        self.show_title()
        self.explain()

    def explain(self) -> None:
        """Say what the cursor is on."""
        self.query_one(Story).show(self._told())

    def _told(self) -> Iterable[Sentence]:
        table, marks = self.query_one(MatrixTable), marks_for(self.kyoju.current_theme)
        row, ref = self._rows.get(table.row_key), Ref(table.column_key)
        if row is None:
            return
        figure = row.figures.get(ref)
        if figure is not None:
            said = [f"{self.snapshot.title(ref)}の「{row.name}」：{figure.value}"]
            said += [f"{figure.as_of}時点"] if figure.as_of else ["時点の記載なし"]
            said += [f"分母：{figure.denominator}"] if figure.denominator else []
            said += [f"出所：{figure.source}"] if figure.source else []
            yield Sentence("　".join(said))
        area = self.snapshot.areas.get(ref)
        if area is not None and few_people(self.snapshot, area):
            floor = self.snapshot.store.population_floor
            yield Sentence(f"人口が{floor}人未満のため、率は参考です（少しの増減で大きく動きます）。", marks.strong)
        if row.uneven:
            yield Sentence(f"{'・'.join(row.uneven)}がそろっていないため、そのまま比べられません。", marks.strong)

    # -- acting --------------------------------------------------------------------------------------------------

    def _here(self) -> tuple[Ref | None, str, Compared | None]:
        table = self.query_one(MatrixTable)
        row, ref = self._rows.get(table.row_key), Ref(table.column_key)
        if row is None or ref not in self.snapshot:
            return None, "", None
        return ref, row.name, row.figures.get(ref)

    def action_open(self) -> None:
        """Open the figure under the cursor, or fill the gap."""
        ref, _, figure = self._here()
        if ref is not None and figure is not None:
            self.edit_row(ref, "indicators", figure.number)
        else:
            self.action_new()

    def action_new(self) -> None:
        """Add a figure of this indicator to this area."""
        ref, name, _ = self._here()
        if ref is not None:
            self.add_row(ref, "indicators", {"name": name})

    def action_search(self) -> None:
        """Choose the areas."""
        offered = candidates(self.snapshot, "area", self.today)
        self.kyoju.push_screen(Picker("比べる地域", offered, self._chosen, many=True), self._limit)

    def _limit(self, values: tuple[str, ...] | None) -> None:
        if values is not None:
            self._chosen = values
            self.show()


def _cell(figure: Compared | None, strong: str) -> Marked:
    """The figure, whether it is only a reference, its day and its denominator."""
    if figure is None:
        return Marked.of(("－", "dim"))
    lines = [(figure.value, "bold")]
    if figure.uncertain:
        lines.append(("参考", strong))
    if figure.as_of:
        lines.append((figure.as_of, "dim"))
    if figure.denominator:
        lines.append((f"分母：{figure.denominator}", "dim"))
    return Marked.of(*lines)

"""A table of records: safe cells, filled colours, only changed cells touched, keys that work with the IME on.

table.set_rows(
    (Column("title", "件名", 30), Column("state", "状況", 8)),
    [Row(ref, (Cell(entry.title), Cell(entry.status, style="black on #E69F00"))) for ref, entry in …],
)
table.row_key      # the REF under the cursor, "" in an empty table
table.column_key   # likewise for the column, where cursor_type is "cell"
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal, cast

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.coordinate import Coordinate
from textual.widgets import DataTable
from textual.widgets.data_table import Column as TableColumn
from textual.widgets.data_table import RowKey

from kyoju_tui.ui.commands import full_width
from kyoju_tui.ui.safe import safe

# Two full stops, not an ellipsis: that one is two cells wide on some terminals here, and the row would shift.
CUT = ".."


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: text (line ends split it over the row's lines) in a style that fills the whole cell."""

    text: str = ""
    style: str = ""
    align: Literal["left", "center", "right"] = "left"

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """As wide as its widest line."""
        width = max((cell_len(line) for line in safe(self.text).split("\n")), default=0)
        return Measurement(min(width, options.max_width), min(width, options.max_width))

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Draw exactly the width that is given, on every line of the row."""
        for number, line in enumerate(self.drawn(options.max_width, options.height)):
            if number:
                yield Segment.line()
            for text, style in line:
                yield Segment(text, console.get_style(style) if style else Style.null())

    def drawn(self, width: int, height: int | None) -> Iterator[Sequence[tuple[str, str]]]:
        """Each line of the row as (text, style) pairs that fill the width; without a height as many as there are."""
        lines = safe(self.text).split("\n")
        height = height or len(lines)
        if len(lines) > height:
            lines = [*lines[: height - 1], f"{lines[height - 1]}{CUT}"]
        for number in range(height):
            yield ((fit(lines[number] if number < len(lines) else "", width, self.align), self.style),)


def fit(text: str, width: int, align: Literal["left", "center", "right"] = "left") -> str:
    """Return one line cut with `..` or filled with blanks to exactly this many terminal cells."""
    used = cell_len(text)
    if used > width:
        return set_cell_size(set_cell_size(text, width - 2).rstrip() + CUT, width) if width > 2 else "." * width
    if align == "right":
        return " " * (width - used) + text
    if align == "center":
        left = (width - used) // 2
        return " " * left + text + " " * (width - used - left)
    return text + " " * (width - used)


@dataclass(frozen=True, slots=True)
class Column:
    """A column; without a width it is as wide as its widest cell. Line ends in the label make the head taller."""

    key: str
    label: str
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row. `key` is usually a REF; `height` counts lines."""

    key: str
    cells: tuple[Cell | str, ...]
    height: int = 1


def _aliases(letter: str, action: str, *more: str) -> Binding:
    return Binding(",".join((letter, full_width(letter), *more)), action, show=False)


class RecordTable(DataTable[RenderableType]):
    """The table. Give it everything at every change: it finds out what differs and keeps the cursor on its record."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _aliases("h", "cursor_left"),
        _aliases("j", "cursor_down"),
        _aliases("k", "cursor_up"),
        _aliases("l", "cursor_right"),
        _aliases("g", "scroll_top"),
        _aliases("G", "scroll_bottom"),
    ]

    DEFAULT_CSS = """
    RecordTable {
        height: 1fr;
        width: 1fr;
        background: $background;
        scrollbar-size-horizontal: 1;
        scrollbar-size-vertical: 1;
        & > .datatable--header { background: $panel; color: $foreground; text-style: bold; }
        & > .datatable--fixed { background: $panel; color: $foreground; }
        & > .datatable--cursor { background: $cursor-background; color: $cursor-foreground; text-style: bold; }
        & > .datatable--fixed-cursor { background: $cursor-background; color: $cursor-foreground; }
        & > .datatable--header-cursor { background: $panel; color: $foreground; text-style: bold underline; }
        & > .datatable--hover { background: $panel; }
        &:blur > .datatable--cursor { background: $panel; color: $foreground; }
        &:ansi > .datatable--cursor { background: ansi_blue; color: ansi_bright_white; text-style: bold underline; }
        &:ansi:blur > .datatable--cursor { background: ansi_default; color: ansi_default; }
    }
    """

    def __init__(
        self,
        *,
        cursor: Literal["cell", "row", "none"] = "row",
        fixed_columns: int = 0,
        padding: int = 0,
        id: str | None = None,  # noqa: A002 - Textual's own name for it
        classes: str | None = None,
    ) -> None:
        self._ordered: tuple[tuple[int, int], list[TableColumn]] = ((-1, 0), [])
        super().__init__(
            cursor_type=cursor,
            fixed_columns=fixed_columns,
            cell_padding=padding,
            zebra_stripes=False,
            cursor_foreground_priority="css",
            cursor_background_priority="css",
            id=id,
            classes=classes,
        )
        self._shape: tuple[Column, ...] = ()
        self._shown: dict[str, Row] = {}

    @property
    def ordered_columns(self) -> list[TableColumn]:
        """The columns from left to right; Textual makes the list anew for each cell that it draws."""
        state = (self._update_count, len(self.columns))
        if self._ordered[0] != state:
            self._ordered = state, super().ordered_columns
        return self._ordered[1]

    @property
    def row_key(self) -> str:
        """The key of the row under the cursor; the empty string where there is none."""
        if not self.is_valid_row_index(self.cursor_row):
            return ""
        return self.ordered_rows[self.cursor_row].key.value or ""

    @property
    def column_key(self) -> str:
        """The key of the column under the cursor; the empty string where there is none."""
        if not self.is_valid_column_index(self.cursor_column):
            return ""
        return self.ordered_columns[self.cursor_column].key.value or ""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter belongs to the screen's own command, so that the footer and the help name it."""
        return False if action == "select_cursor" else super().check_action(action, parameters)

    def set_rows(self, columns: Sequence[Column], rows: Iterable[Row], *, keep_cursor: bool = True) -> None:
        """Show these rows. With the same columns and row keys as before only cells that differ are touched.

        Otherwise the table is filled anew; the cursor then stays on the record it was on, or as near as it can.
        Raises `ValueError` where a row has not as many cells as there are columns.
        """
        wanted = {row.key: row for row in rows}
        for row in wanted.values():
            if len(row.cells) != len(columns):
                raise ValueError(f"row {row.key!r} has {len(row.cells)} cells for {len(columns)} columns")
        same_rows = [(row.key, row.height) for row in self._shown.values()] == [
            (row.key, row.height) for row in wanted.values()
        ]
        if tuple(columns) == self._shape and same_rows:
            self._touch_changed(columns, wanted)
        else:
            self._fill(columns, wanted, keep_cursor=keep_cursor)
        self._shown = wanted

    def touch(self, row: Row) -> None:
        """Show one of the rows anew; the others stay as they are."""
        if row.key in self._shown:
            self._touch_changed(self._shape, {row.key: row})
            self._shown[row.key] = row

    def move_to(self, row_key: str, column_key: str = "") -> bool:
        """Put the cursor on a row (and column); False where there is none of this key."""
        row = next((index for index, row in enumerate(self.ordered_rows) if row.key.value == row_key), None)
        if row is None:
            return False
        column = next(
            (index for index, column in enumerate(self.ordered_columns) if column.key.value == column_key), None
        )
        self.move_cursor(row=row, column=column, animate=False)
        return True

    def _touch_changed(self, columns: Sequence[Column], wanted: dict[str, Row]) -> None:
        for key, row in wanted.items():
            before = self._shown[key]
            if row == before:
                continue
            for column, old, new in zip(columns, before.cells, row.cells, strict=True):
                if old != new:
                    self.update_cell(key, column.key, _cell(new), update_width=column.width is None)

    def _fill(self, columns: Sequence[Column], wanted: dict[str, Row], *, keep_cursor: bool) -> None:
        row_key, column_key = self.row_key, self.column_key
        at, scroll = self.cursor_coordinate, self.scroll_offset
        with self.prevent(DataTable.RowHighlighted, DataTable.CellHighlighted):
            if tuple(columns) == self._shape:
                self.clear()
            else:
                self.clear(columns=True)
                for column in columns:
                    self.add_column(Text(safe(column.label), end=""), width=column.width, key=column.key)
                self.header_height = max((column.label.count("\n") + 1 for column in columns), default=1)
                self._shape = tuple(columns)
            for row in wanted.values():
                self.add_row(*(_cell(cell) for cell in row.cells), key=row.key, height=row.height)
            if not self._measures:
                # At once, not when idle as Textual does: the table is then painted once, not twice.
                self._require_update_dimensions = False
                self._new_rows.clear()
                self._update_dimensions(())
            if keep_cursor and wanted:
                self.scroll_to(scroll.x, scroll.y, animate=False, immediate=True)
                # Where its record or its column is gone, the cursor goes as near as it can.
                self.cursor_coordinate = Coordinate(min(at.row, len(wanted) - 1), min(at.column, len(columns) - 1))
                if row_key:
                    self.move_to(row_key, column_key)
        if wanted:
            self._tell_highlight()

    def _update_dimensions(self, new_rows: Iterable[RowKey]) -> None:
        """Measure the cells of new rows only where a column is as wide as they are."""
        super()._update_dimensions(new_rows if self._measures else ())

    @property
    def _measures(self) -> bool:
        """Whether any column is as wide as its cells."""
        return any(column.auto_width for column in self.ordered_columns)

    def _render_cell(
        self,
        row_index: int,
        column_index: int,
        base_style: Style,
        width: int,
        cursor: bool = False,
        hover: bool = False,
    ) -> list[list[Segment]]:
        """Draw our own cells without Rich's console: most of what a paint of the table costs is spent there."""
        if row_index < 0 or column_index < 0 or self.cell_padding:
            return super()._render_cell(row_index, column_index, base_style, width, cursor, hover)
        row, column = self.ordered_rows[row_index], self.ordered_columns[column_index]
        shown = (self._show_hover_cursor, self._update_count, self._pseudo_class_state)
        key = (row.key, column.key, base_style, cursor, hover, *shown)
        known = self._cell_render_cache.get(key)
        if known is None:
            fixed = row_index < self.fixed_rows or column_index < self.fixed_columns
            below, above = self._get_styles_to_render_cell(
                False, False, fixed, hover, cursor, self.show_cursor, self._show_hover_cursor, True, True
            )
            under = base_style + below
            place = Style.from_meta({"row": row_index, "column": column_index})
            known = [
                [
                    Segment(text, (under + Style.parse(style) if style else under) + above + place)
                    for text, style in line
                ]
                for line in cast("Cell", self._data[row.key][column.key]).drawn(width, row.height)
            ]
            self._cell_render_cache[key] = known
        return known

    def _tell_highlight(self) -> None:
        if self.cursor_type == "cell":
            key = self.coordinate_to_cell_key(self.cursor_coordinate)
            cell = self.get_cell_at(self.cursor_coordinate)
            message = self.CellHighlighted(self, cell, self.cursor_coordinate, key)  # pyright: ignore[reportArgumentType]
            self.post_message(message)
        elif self.cursor_type == "row":
            key = self.ordered_rows[self.cursor_row].key
            self.post_message(self.RowHighlighted(self, self.cursor_row, key))


def _cell(value: Cell | str) -> Cell:
    return Cell(value) if isinstance(value, str) else value

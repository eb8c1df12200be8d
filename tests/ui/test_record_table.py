from __future__ import annotations

import io
from typing import ClassVar

import pytest
from rich.cells import cell_len
from rich.console import Console, RenderableType
from textual.app import ComposeResult
from textual.widgets.data_table import ColumnKey, RowKey

from kyoju_tui.ui.widgets.record_table import Cell, Column, RecordTable, Row, fit
from tests.ui.bare_app import BareApp
from tests.ui.screen_text import screen_text

COLUMNS = (Column("title", "件名", 12), Column("state", "状況", 10))


def rows(*names: str, state: str = "取組中") -> list[Row]:
    return [Row(name, (f"{name}の訪問", Cell(state, "black on #E69F00"))) for name in names]


class Tabled(BareApp):
    def __init__(self) -> None:
        super().__init__()
        self.highlighted: list[str] = []

    def compose(self) -> ComposeResult:
        yield RecordTable(cursor="row")

    @property
    def table(self) -> RecordTable:
        return self.query_one(RecordTable)

    def on_data_table_row_highlighted(self, event: RecordTable.RowHighlighted) -> None:
        self.highlighted.append(event.row_key.value or "")


@pytest.mark.parametrize(
    "text,width,align,shown",
    [
        ("課題", 6, "left", "課題  "),
        ("課題", 6, "right", "  課題"),
        ("課題", 6, "center", " 課題 "),
        ("見守り訪問", 8, "left", "見守り.."),
        ("見守り訪問", 9, "left", "見守り.. "),
        ("見守り", 2, "left", ".."),
        ("", 3, "left", "   "),
    ],
)
def test_a_cell_is_exactly_as_wide_as_its_column(text: str, width: int, align: str, shown: str) -> None:
    assert fit(text, width, align) == shown  # pyright: ignore[reportArgumentType]
    assert cell_len(shown) == width


def test_a_filled_cell_is_filled_to_its_edges_on_every_line() -> None:
    console = Console(file=io.StringIO(), width=8, force_terminal=True, color_system="truecolor")
    lines = console.render_lines(Cell("一\n二", "black on #E69F00"), console.options.update_dimensions(8, 3))
    assert ["".join(segment.text for segment in line) for line in lines] == ["一      ", "二      ", " " * 8]
    assert all(segment.style and segment.style.bgcolor for line in lines for segment in line if segment.text)


def test_lines_that_do_not_fit_are_not_cut_silently() -> None:
    console = Console(file=io.StringIO(), width=8)
    lines = console.render_lines(Cell("一\n二\n三"), console.options.update_dimensions(8, 2))
    assert "".join(segment.text for segment in lines[1]) == "二..    "


async def test_hostile_text_is_shown_and_nothing_else() -> None:
    app = Tabled()
    async with app.run_test(size=(60, 10)) as pilot:
        columns = (Column("[/]", "[b]件名\x1b[31m"), Column("b", "状況"))
        app.table.set_rows(columns, [Row("[red]", ("[/]\x1b]52;c;AAAA\x07\u202e訪問", "[bold]太"))])
        await pilot.pause()
        text = screen_text(app)
    assert "[/]]52;c;AAAA訪問" in text and "[bold]太" in text and "[b]件名[31m" in text
    assert not set(text) & {"\x1b", "\x07", "\u202e"}


class Watched(RecordTable):
    """Remembers which cells are written."""

    touched: ClassVar[list[tuple[str, str]]] = []

    def update_cell(
        self,
        row_key: RowKey | str,
        column_key: ColumnKey | str,
        value: RenderableType,
        *,
        update_width: bool = False,
    ) -> None:
        self.touched.append((str(row_key), str(column_key)))
        super().update_cell(row_key, column_key, value, update_width=update_width)


class WatchedApp(Tabled):
    def compose(self) -> ComposeResult:
        yield Watched(cursor="row")


async def test_only_changed_cells_are_touched() -> None:
    app = WatchedApp()
    async with app.run_test(size=(60, 10)) as pilot:
        app.table.set_rows(COLUMNS, rows("甲", "乙", "丙"))
        await pilot.pause()
        assert Watched.touched == []
        changed = rows("甲", "乙", "丙")
        changed[1] = Row("乙", ("乙の訪問", "終了"))
        app.table.set_rows(COLUMNS, changed)
        await pilot.pause()
        assert Watched.touched == [("乙", "state")]
        assert "終了" in screen_text(app)


async def test_the_cursor_stays_on_its_record_when_rows_come_and_go() -> None:
    app = Tabled()
    async with app.run_test(size=(60, 10)) as pilot:
        app.table.set_rows(COLUMNS, rows("甲", "乙", "丙"))
        await pilot.press("down")
        assert app.table.row_key == "乙"
        app.table.set_rows(COLUMNS, rows("新", "甲", "乙", "丙"))
        await pilot.pause()
        assert app.table.row_key == "乙"
        app.table.set_rows(COLUMNS, rows("甲", "丙"))
        await pilot.pause()
        assert app.table.row_key == "丙", "the nearest, where the record is gone"
        app.table.set_rows(COLUMNS, [])
        await pilot.pause()
        assert app.table.row_key == ""
        app.table.set_rows(COLUMNS, rows("甲"))
        await pilot.pause()
        assert app.highlighted[-1] == "甲"


@pytest.mark.parametrize("down,up,last", [("j", "k", "G"), ("ｊ", "ｋ", "Ｇ"), ("down", "up", "ctrl+end")])
async def test_letters_move_the_cursor_with_the_ime_on_too(down: str, up: str, last: str) -> None:
    app = Tabled()
    async with app.run_test(size=(60, 10)) as pilot:
        app.table.set_rows(COLUMNS, rows("甲", "乙", "丙"))
        await pilot.press(down, down, up)
        assert app.table.row_key == "乙"
        await pilot.press(last)
        assert app.table.row_key == "丙"


async def test_rows_must_fit_their_columns() -> None:
    app = Tabled()
    async with app.run_test(size=(60, 10)):
        with pytest.raises(ValueError, match="cells"):
            app.table.set_rows(COLUMNS, [Row("甲", ("一つ",))])


async def test_a_table_of_the_same_shape_is_updated_in_place() -> None:
    app = Tabled()
    names = [f"{number}" for number in range(2000)]
    async with app.run_test(size=(60, 10)) as pilot:
        app.table.set_rows(COLUMNS, rows(*names))
        await pilot.pause()
        before = app.table.virtual_size
        app.table.set_rows(COLUMNS, rows(*names, state="終了"))
        await pilot.pause()
        assert app.table.virtual_size == before
        assert "終了" in screen_text(app)

"""Finding the way: Esc after going elsewhere, what a narrow screen tells, what the help says first, pickers."""

from __future__ import annotations

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.forms.picker import Picker, PickList
from kyoju_tui.ui.screens.entries import EntriesScreen
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from tests.ui.at_work import at_rest
from tests.ui.screen_text import screen_text


async def test_esc_comes_back_to_the_first_screen_as_it_was(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        table = app.screen.query_one(MatrixTable)
        table.move_to("shotengai", "korei")
        app.go_to("departments")
        await at_rest(pilot)
        app.go_to("findings")
        await at_rest(pilot)
        await pilot.press("escape")
        await at_rest(pilot)
        assert app.screen.query_one(MatrixTable) is table
        assert (table.row_key, table.column_key) == ("shotengai", "korei")
        app.go_to("findings")
        await at_rest(pilot)
        app.go_to("matrix")
        await at_rest(pilot)
        assert app.screen.query_one(MatrixTable) is table


async def test_a_narrow_screen_tells_the_way_to_the_others_and_the_help_its_own_keys_first(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        *_, status, keys = screen_text(app).split("\n")
        assert status.endswith("Ctrl+O 移動　Ctrl+P 命令")
        assert "Ctrl+G 該当なし" in keys
        await pilot.press("f1")
        await at_rest(pilot)
        told = screen_text(app)
        assert "【一覧表】" in told
        assert "【共通】" not in told


async def test_what_is_chosen_puts_its_command_into_the_footer(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        app.go_to("entries")
        await at_rest(pilot)
        assert "まとめて" not in screen_text(app)
        await pilot.press("space")
        await at_rest(pilot)
        assert isinstance(app.screen, EntriesScreen)
        assert "Ctrl+G まとめて" in screen_text(app).split("\n")[-1]


async def test_a_picker_shows_an_id_only_where_nothing_else_tells_rows_apart(app: KyojuApp) -> None:
    rows = [
        Candidate("aaa11", "見守り", "取組"),
        Candidate("bbb22", "見守り", "取組"),
        Candidate("ccc33", "買い物", "課題"),
    ]
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        answers: list[object] = []
        app.push_screen(Picker("取組", rows, (), many=False), answers.append)
        await at_rest(pilot)
        text = screen_text(app)
        assert "aaa11" in text and "bbb22" in text and "ccc33" not in text
        # Where nothing is found Enter waits for another word.
        await pilot.press("x", "y", "z", "enter")
        await at_rest(pilot)
        assert answers == [] and app.screen.query(PickList)

"""A colleague records while somebody works here: nothing jumps, nothing typed is lost, nothing breaks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.help import HelpScreen
from kyoju_tui.ui.screens.list_screen import SearchLine
from kyoju_tui.ui.screens.matrix import MatrixScreen
from kyoju_tui.ui.screens.palette import PaletteScreen
from kyoju_tui.ui.screens.settle import SettleScreen
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import COLLEAGUE, at_rest, keys_of, opened, record, until
from tests.ui.screen_text import screen_text

NEW = {"title": "買い物の送り迎え", "kind": "取組", "status": "取組中", "categories": ["shotengai"]}
WHERE = "entries/korei/20261105-aaaaa"


@pytest.fixture
def colleague(store: Path) -> Iterator[Workspace]:
    """The same store, opened by somebody else."""
    opened = Workspace.open(store, author=COLLEAGUE, environ={})
    yield opened
    opened.close()


def shown(app: KyojuApp, category: str, column: str) -> str:
    """What a cell of the matrix says, whatever stands in front of it."""
    table = next(screen for screen in app.screen_stack if isinstance(screen, MatrixScreen)).query_one(MatrixTable)
    return str(getattr(table.get_cell(category, column), "text", ""))


@pytest.mark.parametrize(
    ("keys", "over"),
    [
        (("f3",), Picker),
        (("f4",), EditScreen),
        (("f1",), HelpScreen),
        (("ctrl+p",), PaletteScreen),
        (("ctrl+z",), ConfirmScreen),
    ],
)
async def test_the_matrix_follows_behind_whatever_is_open(
    app: KyojuApp, workspace: Workspace, colleague: Workspace, keys: tuple[str, ...], over: type
) -> None:
    ref = next(iter(workspace.snapshot.entries))
    workspace.save(ref, workspace.snapshot.entries[ref].but(note="自分の記録"), base=workspace.base(ref)).result(30)
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        table = app.screen.query_one(MatrixTable)
        table.move_to("shotengai", "korei")
        await at_rest(pilot)
        await pilot.press(*keys)
        await until(pilot, lambda: isinstance(app.screen, over))
        await pilot.app.run_worker(lambda: record(colleague, {WHERE: NEW}), thread=True).wait()
        await until(pilot, lambda: shown(app, "shotengai", "korei") == "取1")
        assert isinstance(app.screen, over)
        assert (table.row_key, table.column_key) == ("shotengai", "korei")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))


async def test_what_is_typed_into_a_search_stays_while_the_list_grows(app: KyojuApp, colleague: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "entries")
        await pilot.press("f3", *keys_of("買い物"))
        await pilot.app.run_worker(lambda: record(colleague, {WHERE: NEW}), thread=True).wait()
        await until(pilot, lambda: "買い物の送り迎え" in screen_text(app))
        line = screen.query_one(SearchLine)
        assert line.value == "買い物" and line.has_focus
        assert screen.query_one(RecordTable).row_count == 1


async def test_the_row_under_the_cursor_is_deleted_by_somebody(app: KyojuApp, colleague: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "entries")
        table = screen.query_one(RecordTable)
        await pilot.press("down", "down", "down")
        gone, row = Ref(table.row_key), table.cursor_row
        await pilot.app.run_worker(lambda: colleague.delete(gone, force=True).result(30), thread=True).wait()
        await until(pilot, lambda: all(each.key.value != gone for each in table.ordered_rows))
        assert table.cursor_row == row
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))


async def test_limited_to_a_department_that_somebody_closes(app: KyojuApp, colleague: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"kankyo", "enter")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        await at_rest(pilot)
        table = app.screen.query_one(MatrixTable)
        assert table.column_key == "kankyo"
        gone = colleague.snapshot.departments["kankyo"].but(until=date(2026, 3, 31))
        await pilot.app.run_worker(lambda: record(colleague, {"departments/kankyo": gone}), thread=True).wait()
        await until(pilot, lambda: all(each.key.value != "kankyo" for each in table.ordered_columns))
        await pilot.press("down", "right", "left", "up", "escape")
        await until(pilot, lambda: len(table.ordered_columns) == 8)


async def test_a_point_that_somebody_settles_meanwhile_is_said_and_compared(
    app: KyojuApp, workspace: Workspace, colleague: Workspace
) -> None:
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, app, "findings")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettleScreen))
        screen = app.screen
        assert isinstance(screen, SettleScreen)
        view = screen.view
        settled = {"rule": view.rule, "subjects": list(view.subjects), "verdict": "不要", "reason": "次の年度に"}
        await pilot.app.run_worker(lambda: record(colleague, {f"findings/{view.key}": settled}), thread=True).wait()
        await until(pilot, lambda: "佐藤 次郎 さんが 整理結果・理由 を変えました。" in screen_text(app))
        assert "【不要】" in screen_text(app) and "次の年度に" in screen_text(app)
        assert app.screen is screen
        assert f"findings/{view.key}" in workspace.snapshot


async def test_only_the_changed_cell_is_touched(
    app: KyojuApp, colleague: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        touched: list[tuple[str, str]] = []
        table, update = app.screen.query_one(MatrixTable), MatrixTable.update_cell

        def watched(self: MatrixTable, row: str, column: str, *more: object, **others: object) -> None:
            touched.append((row, column))
            update(self, row, column, *more, **others)  # pyright: ignore[reportArgumentType]

        monkeypatch.setattr(MatrixTable, "update_cell", watched)
        entry = next(each for each in colleague.snapshot.entries if each.department == "shoko")
        changed = colleague.snapshot.entries[entry].but(note="確かめました")
        await pilot.app.run_worker(lambda: record(colleague, {entry: changed}), thread=True).wait()
        await at_rest(pilot)
        assert table.row_count == 5
        assert touched == []
        await pilot.app.run_worker(lambda: record(colleague, {WHERE: NEW}), thread=True).wait()
        await until(pilot, lambda: ("shotengai", "korei") in touched)
        await at_rest(pilot)
        assert {row for row, _ in touched} == {"shotengai"}

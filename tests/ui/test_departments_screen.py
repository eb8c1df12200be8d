"""部署 and the grid of expected cells: periods, what is out of use, one save for all cells, nothing lost."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from kyoju_tui.overview.matrix import matrix
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.departments import DepartmentsScreen
from kyoju_tui.ui.screens.departments_expected import ExpectedScreen
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, last_message, opened, record, until, until_shown
from tests.ui.conftest import TODAY
from tests.ui.screen_text import screen_text


async def test_departments_that_have_ended_stand_last_with_their_period(app: KyojuApp, workspace: Workspace) -> None:
    old = workspace.snapshot.departments["jutaku"]
    record(workspace, {"departments/jutaku": old.but(until=date(2026, 3, 31), successor="korei", categories=["sumai"])})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "departments", record="jutaku")
        shown = screen_text(app)
        keys = [Ref(row.key.value or "").id for row in app.screen.query_one(RecordTable).ordered_rows]
        assert keys[0] == "korei" and keys[-1] == "jutaku"
        assert "1/5" in shown and "〜R8.3.31" in shown and "廃止" in shown
        assert "令和8年3月31日まで　引き継ぐ部署：高齢福祉課" in shown


async def test_cells_are_turned_and_recorded_together(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "departments", record="jutaku")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, ExpectedScreen))
        await pilot.press("enter", "right", "space", "down", "enter")
        await until_shown(pilot, "3欄を変更")
        assert screen_text(app).count("対象外＊") == 3
        # A colleague's name of a department stays.
        korei = workspace.snapshot.departments["korei"]
        record(workspace, {"departments/korei": korei.but(short="高福")})
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, DepartmentsScreen))
    now = workspace.snapshot.departments
    assert now["jutaku"].categories == ("kosodate", "sumai", "shotengai", "jumin-katsudo")
    assert (now["korei"].categories, now["korei"].short) == (("sumai", "shotengai", "jumin-katsudo"), "高福")
    assert now["shimin"].categories == ()
    assert matrix(workspace.snapshot, TODAY).cells["kosodate", "korei"].state == "対象外"
    assert last_message(store).startswith("記入を求める欄を変更（住宅課・高齢福祉課）")


async def test_all_cells_again_means_all_rows_to_come(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"departments/jutaku": workspace.snapshot.departments["jutaku"].but(categories=["sumai"])})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "departments", record="jutaku")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, ExpectedScreen))
        await pilot.press("ctrl+a", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, DepartmentsScreen))
    assert workspace.snapshot.departments["jutaku"].categories == ()


async def test_the_last_cell_stays_and_leaving_asks(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"departments/jutaku": workspace.snapshot.departments["jutaku"].but(categories=["koreisha"])})
    before = workspace.snapshot
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, app, "departments", record="jutaku")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, ExpectedScreen))
        await pilot.press("enter")
        await until_shown(pilot, "住宅課に記入を求める欄が")
        await pilot.press("down", "enter", "escape")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, DepartmentsScreen))
        await at_rest(pilot)
    assert workspace.snapshot is before

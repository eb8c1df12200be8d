"""Ctrl+F from screens whose lines are no records: the record that is meant, one of several by choice, or the row."""

from __future__ import annotations

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.care import CareScreen
from kyoju_tui.ui.screens.findings import FindingsScreen
from kyoju_tui.ui.screens.history import HistoryScreen
from kyoju_tui.ui.widgets.matrix_table import CATEGORY, MatrixTable
from kyoju_tui.workspace.past.wanted import Wanted
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import opened, until


def limits(app: KyojuApp) -> Wanted | None:
    """What the history in sight is limited to."""
    return app.screen.limits.wanted if isinstance(app.screen, HistoryScreen) else None


async def test_a_cell_of_several_records_asks_which(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "category-table")
        table = screen.query_one(MatrixTable)
        row = next(iter(workspace.snapshot.categories))
        table.move_to(row, "issues")
        assert len(screen.refs_here()) > 1
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        assert limits(app) == Wanted(ref=screen.refs_here()[0])


async def test_the_head_of_a_row_means_the_row(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "category-table")
        row = next(iter(workspace.snapshot.categories))
        screen.query_one(MatrixTable).move_to(row, CATEGORY)
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        assert limits(app) == Wanted(category=row)


async def test_a_point_leads_to_what_it_is_about(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "findings")
        assert isinstance(screen, FindingsScreen)
        await until(pilot, lambda: screen.view_here is not None)
        subjects = () if screen.view_here is None else screen.view_here.subjects
        assert len(subjects) == 1
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        assert limits(app) == Wanted(ref=subjects[0])
    assert subjects[0] in workspace.snapshot


async def test_an_empty_cell_shows_all(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "integrated-care")
        assert isinstance(screen, CareScreen) and screen.refs_here() == ()
        await pilot.press("ctrl+f")
        await until(pilot, lambda: isinstance(app.screen, HistoryScreen))
        assert limits(app) in (Wanted(), None)

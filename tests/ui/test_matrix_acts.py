"""From a cell of the 一覧表 on: onto an agenda, to the inquiry, into a collaboration."""

from __future__ import annotations

from datetime import date

from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.matrix import MatrixScreen
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, record, until, until_shown

NEXT = "meetings/20261201-aaaaa"


async def test_an_empty_cell_goes_onto_the_agenda(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {NEXT: {"title": "第2回意見交換会", "held_on": date(2026, 12, 1)}})
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        app.screen.query_one(MatrixTable).move_to("koreisha", "kankyo")
        await pilot.press("ctrl+k")
        await until_shown(pilot, "次第に載せる会議")
        await pilot.press("enter")
        await until(pilot, lambda: workspace.snapshot.expect(NEXT, Meeting).agenda)
    assert workspace.snapshot.expect(NEXT, Meeting).agenda == ("環境課｜高齢者：記入なし",)


async def test_a_cell_that_nobody_asks_about_says_so(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await at_rest(pilot)
        await pilot.press("ctrl+u")
        await until_shown(pilot, "この欄をたずねている照会はありません")


async def test_a_collaboration_begins_with_what_stands_there(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        app.screen.query_one(MatrixTable).move_to("sumai", "jutaku")
        await pilot.press("ctrl+n")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await at_rest(pilot)
        await pilot.press(*keys_of("空き家の共同相談"), "tab", "f4")
        await until_shown(pilot, "部署と分担　新しい行")
        await pilot.press(*"kankyo", "enter", "ctrl+s")
        await until_shown(pilot, "2 環境課")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        (made,) = workspace.snapshot.all(Collaboration).values()
        assert ([each.department for each in made.departments], made.categories) == (["jutaku", "kankyo"], ("sumai",))
        assert {workspace.snapshot.title(f"entries/jutaku/{each}") for each in made.entries} == {
            "住まいの取組（住宅課）", "住まいの課題（住宅課）",
        }  # fmt: skip
        await until_shown(pilot, "連携協働：空き家の共同相談")

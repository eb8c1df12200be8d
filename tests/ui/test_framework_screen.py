"""推進体制: nothing is decided before the last answer; a review that is due is asked for."""

from __future__ import annotations

from datetime import date

from kyoju_tui.records.framework import Framework
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.framework import FrameworkScreen
from kyoju_tui.ui.screens.framework_types import TypesScreen
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import keys_of, opened, record, same_screen, until, until_shown


async def test_a_decision_left_in_the_middle_records_nothing(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "framework")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("right", "enter")
        await until_shown(pilot, "庁内体制整備タイプを選ぶ理由")
        await until_shown(pilot, "会議での連携から始めずに部署を置く")
        await pilot.press(*keys_of("効率"), "enter")
        await until_shown(pilot, "会議や組織の名称")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, FrameworkScreen))
    assert "framework" not in workspace.snapshot


async def test_a_day_that_cannot_be_is_said_under_the_line(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"framework": {"type": "庁内連携", "stage": "意見交換", "joint_since": date(2026, 2, 1)}})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "framework")
        await pilot.press("ctrl+e")
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        await until_shown(pilot, "令和8年2月1日")
        await pilot.press("end", *["backspace"] * 2, *keys_of("30日"), "enter")
        await until_shown(pilot, "令和8年2月")
        assert isinstance(app.screen, AskScreen)
    assert workspace.snapshot.expect("framework", Framework).stage == "意見交換"


async def test_a_review_that_is_due_and_the_comparison(app: KyojuApp, workspace: Workspace) -> None:
    merits = ["今ある会議を生かせる"]
    record(workspace, {"framework": {"type": "庁内連携", "merits": merits, "decided_on": date(2026, 4, 1)}})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "framework")
        await until_shown(pilot, "検証の時期です（令和8年10月1日が目安）")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, TypesScreen))
        same_screen(app, "framework-types-100x30")
        await pilot.press("down", "down", "enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await until_shown(pilot, "デメリット")

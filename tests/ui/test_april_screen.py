"""年度替わり: reorganise with a preview, place entries one by one, hand over what is left, fill in results."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.row_screen import RowScreen
from kyoju_tui.ui.screens.april import AprilScreen
from kyoju_tui.ui.screens.april_placing import PlacingScreen
from kyoju_tui.ui.screens.preview import PreviewScreen
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, opened, record, until, until_shown
from tests.ui.screen_text import screen_text

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


async def test_a_department_is_renamed_and_a_wrong_date_is_mended_in_the_form(
    app: KyojuApp, workspace: Workspace, store: Path
) -> None:
    record(
        workspace, {"departments/jutaku": workspace.snapshot.departments["jutaku"].but(**{"from": date(2026, 4, 1)})}
    )
    entries = {ref.id for ref in workspace.snapshot.entries if ref.department == "jutaku"}
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, app, "april")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RowScreen))
        await at_rest(pilot)
        await pilot.press("enter", *keys_of("jutaku"), "enter")
        await at_rest(pilot)
        await pilot.press("tab", *keys_of("住まい課"), "tab", *keys_of("すまいか"), "tab", "tab")
        await pilot.press("end", "ctrl+u", *keys_of("R8.4.1"), "ctrl+s")
        await until_shown(pilot, "設置日")
        await until(pilot, lambda: isinstance(app.screen, RowScreen))
        await at_rest(pilot)
        assert "住まい課" in screen_text(app)
        await pilot.press("tab", "tab", "tab", "tab", "end", "ctrl+u", *keys_of("R8.10.1"), "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen))
        assert "部署「住まい課」：新しい記録" in screen_text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "sumaika" in workspace.snapshot.departments)
        await at_rest(pilot)
    assert {ref.id for ref in workspace.snapshot.entries if ref.department == "sumaika"} == entries
    assert last_message(store).startswith("住宅課を住まい課に改称（令和8年10月1日から）")


async def test_what_was_left_behind_is_shared_out(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    old = workspace.snapshot.departments["kankyo"]
    record(workspace, {"departments/kankyo": old.but(until=date(2026, 3, 31), successor="shimin")})
    left = [ref for ref in workspace.snapshot.entries if ref.department == "kankyo"]
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "april")
        app.screen.query_one(RecordTable).move_to("left:kankyo")
        await pilot.press("enter")
        await at_rest(pilot)
        await pilot.press(*keys_of("shoko"), "space", "enter")
        await until(pilot, lambda: isinstance(app.screen, PlacingScreen))
        await at_rest(pilot)
        await pilot.press("down", "enter", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: not [ref for ref in workspace.snapshot.entries if ref.department == "kankyo"])
        await until(pilot, lambda: isinstance(app.screen, AprilScreen))
        await at_rest(pilot)
        assert "残っている取組・課題" not in screen_text(app)
    homes = {ref.id: ref.department for ref in workspace.snapshot.entries}
    assert [homes[ref.id] for ref in left] == ["shimin", "shoko", *["shimin"] * (len(left) - 2)]
    assert last_message(store).startswith("環境課の取組・課題を市民課・商工課へ引き継ぎ")


async def test_the_results_of_a_year_are_filled_in_one_by_one(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "april")
        assert isinstance(screen, AprilScreen)
        assert "令和7年度の実績がない取組" in screen_text(app)
        table = app.screen.query_one(RecordTable)
        first = next(key for key in list(screen.keys()) if key.startswith("result:"))
        table.move_to(first)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RowScreen))
        await at_rest(pilot)
        await pilot.press("tab", *keys_of("30件"), "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, AprilScreen) and first not in list(screen.keys()))
        await pilot.press("ctrl+l")
        await until_shown(pilot, "令和8年度の実績がない取組")
        assert first in list(screen.keys())
    entry = workspace.snapshot.expect(Ref(first.partition(":")[2]), Entry)
    assert [(each.fiscal_year, each.text) for each in entry.results] == [(2025, "30件")]

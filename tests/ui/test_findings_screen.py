"""論点・確認事項: why, what would settle it, settling, and opening again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.finding import Finding, finding_key
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.findings import FindingsScreen
from kyoju_tui.ui.screens.matrix import MatrixScreen
from kyoju_tui.ui.screens.settle import SettleScreen
from kyoju_tui.ui.widgets.matrix_table import OPINIONS, MatrixTable
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.ui.widgets.story import Story
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, opened, record, same_screen, until, until_shown
from tests.ui.conftest import SIZES, TODAY
from tests.ui.screen_text import screen_text

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


def issue(workspace: Workspace) -> Ref:
    """An issue that nobody addresses."""
    return next(ref for ref, entry in workspace.snapshot.entries.items() if entry.title == "住まいの課題（市民課）")


async def at_issue(app: KyojuApp, workspace: Workspace) -> str:
    """Put the cursor on the open issue; gives the key of the finding."""
    key = finding_key("open-issue", [issue(workspace)])
    assert app.screen.query_one(RecordTable).move_to(key)
    return key


@pytest.mark.parametrize("size", SIZES)
async def test_each_point_says_why_and_what_would_settle_it(app: KyojuApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app, "findings")
        told = app.screen.query_one(Story).text
        assert "対応する取組" in told and "片付きます" in told
        same_screen(app, f"findings-{size[0]}x{size[1]}")


async def test_settled_as_needed_it_stands_in_the_matrix(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    async with app.run_test(size=(160, 45)) as pilot:
        await opened(pilot, app, "findings")
        key = await at_issue(app, workspace)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettleScreen))
        await at_rest(pilot)
        await pilot.press("ctrl+s")
        await until_shown(pilot, "整理結果を選んでください")
        await pilot.press("right", "ctrl+s")
        await until_shown(pilot, "必要な取組の名前を入れてください")
        await pilot.press(*keys_of("空き家の相談をまとめる"))
        same_screen(app, "settle-160x45")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, FindingsScreen))
        await until(pilot, lambda: key not in [row.key.value for row in app.screen.query_one(RecordTable).ordered_rows])
        found = workspace.snapshot.expect(f"findings/{key}", Finding)
        assert (found.verdict, found.decided_on, found.subjects) == ("必要な取組", TODAY, (issue(workspace),))
        assert found.needed is not None
        assert (found.needed.title, found.needed.department) == ("空き家の相談をまとめる", None)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        shown = app.screen.query_one(MatrixTable).get_cell("sumai", OPINIONS)
        assert "必要：空き家の相談をまとめる（所管未定）" in str(getattr(shown, "text", ""))
    assert "Kyoju-Action: create" in last_message(store)


async def test_a_settled_point_can_be_settled_anew_and_opened_again(app: KyojuApp, workspace: Workspace) -> None:
    ref = Ref(f"findings/{finding_key('open-issue', [issue(workspace)])}")
    settled = {
        "rule": "open-issue",
        "subjects": [issue(workspace)],
        "verdict": "継続検討",
        "reason": "次の会議で話す",
        "note": "事務局の覚え",
    }
    record(workspace, {ref: settled})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "findings", finding=ref.id)
        assert app.screen.query_one(RecordTable).row_key == ref.id
        assert "継続検討" in app.screen.query_one(Story).text and "次の会議で話す" in app.screen.query_one(Story).text
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettleScreen))
        await at_rest(pilot)
        await pilot.press("left", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, FindingsScreen))
        changed = workspace.snapshot.expect(ref, Finding)
        assert (changed.verdict, changed.reason, changed.note) == ("不要", "次の会議で話す", "事務局の覚え")
        await until_shown(pilot, "不要")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")
        await at_rest(pilot)
        assert ref in workspace.snapshot
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("left", "enter")
        await until(pilot, lambda: ref not in workspace.snapshot)
        await until(pilot, lambda: "整理結果：" not in app.screen.query_one(Story).text)


async def test_a_reminder_leads_to_its_record(app: KyojuApp, workspace: Workspace) -> None:
    entry = workspace.snapshot.entries[issue(workspace)].but(as_of=date(2023, 4, 1))
    record(workspace, {issue(workspace): entry})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "findings")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "確認事項　")
        await at_rest(pilot)
        assert "2年度以上前" in app.screen.query_one(Story).text
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await at_rest(pilot)
        assert "住まいの課題（市民課）" in screen_text(app)


async def test_the_views_go_round(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "findings")
        for view in ("確認事項", "整理済み", "すべて", "未整理の論点"):
            await pilot.press("ctrl+l")
            await at_rest(pilot)
            assert f"件　{view}" in screen_text(app).split("\n")[0]


async def test_from_a_cell_only_what_is_raised_about_it(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        app.screen.query_one(MatrixTable).move_to("sumai", "shimin")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, FindingsScreen))
        await at_rest(pilot)
        assert "（一覧表の欄から）" in screen_text(app)
        rows = app.screen.query_one(RecordTable).ordered_rows
        assert 0 < len(rows) < 10


async def test_leaving_with_something_typed_asks(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "findings")
        await at_issue(app, workspace)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettleScreen))
        await at_rest(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, FindingsScreen))
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, SettleScreen))
        await at_rest(pilot)
        await pilot.press("right", "escape")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("right", "enter")
        await until(pilot, lambda: isinstance(app.screen, FindingsScreen))
    assert not workspace.snapshot.findings


async def test_a_colleague_settles_it_while_the_list_is_open(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "findings")
        key = await at_issue(app, workspace)
        table = app.screen.query_one(RecordTable)
        before = len(table.ordered_rows)
        record(
            workspace,
            {f"findings/{key}": {"rule": "open-issue", "subjects": [issue(workspace)], "verdict": "不要"}},
        )
        await until(pilot, lambda: len(table.ordered_rows) == before - 1)

"""居住コミュニティ政策: what is doubled is pointed out, a lead corrected stays, versions are compared at will."""

from __future__ import annotations

import pytest

from kyoju_tui.records.policy import Policy
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.row_screen import RowScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.policy import PolicyScreen
from kyoju_tui.ui.screens.policy_arguments import ArgumentsScreen
from kyoju_tui.ui.screens.versions import VersionsScreen
from kyoju_tui.ui.widgets.story import Story
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import keys_of, opened, record, same_screen, until, until_shown
from tests.ui.screen_text import screen_text

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


def policy_of(workspace: Workspace) -> Policy:
    return workspace.snapshot.expect("policy", Policy)


async def test_an_empty_policy_says_how_to_begin(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "policy")
        assert "担当部局がまだ決まっていません" in screen_text(app)
        same_screen(app, "policy-empty-100x30")


async def test_a_correction_of_the_decision_makes_no_earlier_lead(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"policy": {"lead": {"department": "jutaku", "document": "8住第1号"}}})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "policy")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RowScreen))
        await pilot.press("tab", *keys_of("R8.4.1"), "ctrl+s")
        await until(pilot, lambda: _drafted(workspace))
    lead = policy_of(workspace).lead
    assert lead is not None and lead.document == "8住第1号"
    assert policy_of(workspace).earlier_leads == ()


def _drafted(workspace: Workspace) -> bool:
    lead = policy_of(workspace).lead
    return lead is not None and lead.drafted_on is not None


async def test_another_lead_by_the_form_keeps_the_one_before(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"policy": {"lead": {"department": "jutaku", "document": "8住第1号"}}})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "policy")
        await pilot.press("f2")
        await until_shown(pilot, "居住コミュニティ政策の編集")
        await pilot.press("enter", *"korei", "enter", "ctrl+s")
        await until(pilot, lambda: policy_of(workspace).earlier_leads)
    assert [each.department for each in policy_of(workspace).earlier_leads] == ["jutaku"]


async def test_a_lead_chosen_again_keeps_its_decision(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"policy": {"lead": {"department": "jutaku", "document": "8住第1号"}}})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "policy")
        await pilot.press("ctrl+r")
        await until_shown(pilot, "担当部局を選ぶ")
        await pilot.press(*"jutaku", "enter")
        await until_shown(pilot, "8住第1号")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, PolicyScreen))
        await pilot.press("ctrl+r")
        await until_shown(pilot, "担当部局を選ぶ")
        await pilot.press(*"korei", "enter")
        await until(pilot, lambda: isinstance(app.screen, RowScreen))
        assert "8住第1号" not in "\n".join(screen_text(app).split("\n")[8:])
    assert policy_of(workspace).earlier_leads == ()


async def test_two_arguments_for_the_same_pair_are_pointed_out(app: KyojuApp, workspace: Workspace) -> None:
    pair = {"viewpoint": "地域包括ケア", "audience": "幹部"}
    rows = [{"id": "a", **pair, "text": "福祉の課だけでは支えられない"}, {"id": "b", **pair, "text": "もう一つの文"}]
    record(workspace, {"policy": {"arguments": rows}})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "policy")
        await until_shown(pilot, "「地域包括ケア」を「幹部」に説明する文が2つ以上あります")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, ArgumentsScreen))
        await until_shown(pilot, "2件あり")
        await pilot.press("down", "right")
        await until(pilot, lambda: "もう一つの文" in app.screen.query_one(Story).text)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, RowScreen))
        assert "福祉の課だけでは支えられない" in screen_text(app)


async def test_any_two_versions_are_compared(app: KyojuApp, workspace: Workspace) -> None:
    for purpose in ("一つ目。", "二つ目。", "三つ目。"):
        record(workspace, {"policy": {"purpose": purpose}})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "policy")
        await pilot.press("ctrl+l")
        await until(pilot, lambda: isinstance(app.screen, VersionsScreen))
        await until_shown(pilot, "後：三つ目。")
        story = app.screen.query_one(Story)
        assert "前：二つ目。" in story.text
        await pilot.press("ctrl+l", "down")
        await until(pilot, lambda: "前：一つ目。" in story.text and "後：二つ目。" in story.text)
        await pilot.press("up", "ctrl+l")
        await until(pilot, lambda: "後：三つ目。" in story.text)
        record(workspace, {"policy": {"purpose": "四つ目。"}})
        await until(pilot, lambda: app.screen.query_one(WideTable).row_count == 4)


async def test_the_first_roles_are_offered_once(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"policy": {"lead": {"department": "korei"}}})
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(pilot, app, "policy")
        screen.query_one(WideTable).move_to("roles")
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("enter")
        await until(pilot, lambda: len(policy_of(workspace).roles) == 2)
        assert [role.department for role in policy_of(workspace).roles] == ["korei", "korei"]
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, RowScreen))

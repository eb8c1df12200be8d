"""地域包括ケア: gaps by living area, what a cell holds, tagging several entries at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.care import CareScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.widgets.story import Story
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, opened, record, same_screen, until, until_shown
from tests.ui.screen_text import screen_text


@pytest.fixture
def two_living_areas(workspace: Workspace) -> Workspace:
    """北圏域 with two areas and a centre, 南圏域 with one; one initiative there and one for the whole town."""
    meals = {"title": "配食", "kind": "取組", "status": "取組中", "categories": ["koreisha"]}
    record(
        workspace,
        {
            "areas/hoshi": {"name": "星波ヶ丘", "daily_living_area": "北圏域"},
            "areas/kai": {"name": "貝殻台", "daily_living_area": "北圏域", "care_elements": ["看護"]},
            "areas/hama": {"name": "櫂ノ浦", "daily_living_area": "南圏域"},
            "groups/kita": {"name": "包括北", "kind": "地域包括", "areas": ["kai"], "contact_desk": "korei"},
            "entries/korei/zz-a": {**meals, "areas": ["hoshi"], "care_elements": ["生活支援"]},
            "entries/korei/zz-b": {**meals, "title": "夜の見回り", "care_elements": ["介護"]},
        },
    )
    return workspace


@pytest.mark.usefixtures("two_living_areas")
async def test_what_is_there_and_what_is_missing(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "integrated-care", element="生活支援", living_area="北圏域")
        assert "取組：配食" in app.screen.query_one(Story).text
        assert "包括北（地域包括・高齢福祉課）" in app.screen.query_one(Story).text
        same_screen(app, "integrated-care-100x30")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await until_shown(pilot, "配食")


async def test_an_empty_cell_begins_an_initiative_there(app: KyojuApp, two_living_areas: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "integrated-care", element="医療", living_area="南圏域")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await at_rest(pilot)
        assert "取組中" in screen_text(app)
        await until_shown(pilot, "櫂ノ浦")
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CareScreen))
    assert not any(entry.care_elements == ("医療",) for entry in two_living_areas.snapshot.entries.values())


async def test_several_are_tagged_in_one_save(app: KyojuApp, two_living_areas: Workspace, store: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "integrated-care", element="介護予防", living_area="北圏域")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*keys_of("配食"), "space", *["backspace"] * 2, *keys_of("夜の"), "space", "enter")
        await until_shown(pilot, "北圏域のどの地域")
        await pilot.press("enter")
        await until(pilot, lambda: "取組2" in screen_text(app))
        entries = two_living_areas.snapshot.entries
    tagged = {ref.id: entry for ref, entry in entries.items() if "介護予防" in entry.care_elements}
    assert sorted(tagged) == ["zz-a", "zz-b"]
    assert set(tagged["zz-b"].areas) == {"hoshi", "kai"}
    assert last_message(store).count("Kyoju-Record:") == 2
    assert last_message(store).startswith("地域包括ケアの「介護予防」を2件に付ける（北圏域）")

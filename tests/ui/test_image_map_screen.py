"""イメージ図: from nothing, zones and content by keys, what asks and what refuses."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.overview.image_map import image_map_of, picture
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.image_map import ImageMapScreen
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, opened, record, same_screen, until, until_shown
from tests.ui.screen_text import english_words, screen_text


def first_entry(workspace: Workspace) -> str:
    return str(next(iter(workspace.snapshot.entries)))


def a_map(workspace: Workspace) -> None:
    zones = [
        {"id": f"z{number}", "label": label, "row": number // 2, "column": number % 2}
        for number, label in enumerate(("坂の上", "川沿い", "港"))
    ]
    ref = first_entry(workspace)
    placements = [{"id": "p1", "zone": "z0", "ref": ref}, {"id": "p2", "zone": "gone", "ref": "departments/korei"}]
    record(workspace, {"image-map": {"zones": zones, "placements": placements}})


def here(app: KyojuApp) -> str:
    assert isinstance(app.screen, ImageMapScreen)
    return app.screen.box_here.label if app.screen.box_here else ""


async def test_an_empty_map_begins_with_a_frame_of_nine(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "image-map")
        assert "F4 で場所を作ります" in screen_text(app)
        await pilot.press("f4")
        await until_shown(pilot, "3×3の枠から始める")
        await pilot.press("right", "enter")
        await until_shown(pilot, "場所9・空き9")
        assert english_words(screen_text(app)) == []
        assert picture(workspace.snapshot).columns == 3


async def test_zones_are_seen_empty_first_renamed_moved_and_taken_away(
    app: KyojuApp, workspace: Workspace, store: Path
) -> None:
    a_map(workspace)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, app, "image-map")
        assert here(app) == "川沿い" and "場所のなくなった配置が1件" in screen_text(app)
        same_screen(app, "image-map-100x30")
        await pilot.press("f2")
        await until_shown(pilot, "場所の名前")
        await pilot.press("ctrl+u", *["backspace"] * 6, *keys_of("港"), "enter")
        await until_shown(pilot, "「港」という場所はもうあります")
        await pilot.press(*keys_of("町"), "enter")
        await until(pilot, lambda: here(app) == "港町")
        await pilot.press("ctrl+right")
        await until_shown(pilot, "これより先へ動かせません")
        await pilot.press("ctrl+left")
        await until(pilot, lambda: [box.label for box in picture(workspace.snapshot).boxes] == ["港町", "坂の上", "港"])
        await until(pilot, lambda: here(app) == "港町")
        # An empty zone goes at once, an occupied one is asked about; the record itself stays.
        await pilot.press("delete")
        await until(pilot, lambda: len(image_map_of(workspace.snapshot).zones) == 2)
        app.screen.query_one("MapGrid").focus()
        await at_rest(pilot)
        assert isinstance(app.screen, ImageMapScreen)
        app.screen.follow(0)
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "置かれている1件は図から外れます" in screen_text(app)
        await pilot.press("left", "enter")
        await until(pilot, lambda: len(image_map_of(workspace.snapshot).zones) == 1)
        assert [each.id for each in image_map_of(workspace.snapshot).placements] == ["p2"]
        assert first_entry(workspace) and "イメージ図" in last_message(store)


async def test_content_is_moved_opened_and_taken_off(app: KyojuApp, workspace: Workspace) -> None:
    a_map(workspace)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "image-map")
        # What has lost its zone can be moved to one from anywhere.
        await pilot.press("ctrl+r")
        await until_shown(pilot, "移す先の場所を選ぶ")
        await pilot.press(*keys_of("港"), "enter")
        await until(pilot, lambda: not picture(workspace.snapshot).loose)
        assert isinstance(app.screen, ImageMapScreen)
        app.screen.follow(0)
        await at_rest(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await pilot.press("escape")
        await at_rest(pilot)
        await pilot.press("ctrl+e")
        await until_shown(pilot, "図から外すものを選ぶ")
        await pilot.press("space", "enter")
        await until(pilot, lambda: len(image_map_of(workspace.snapshot).placements) == 1)
        await pilot.press("ctrl+w", *["backspace"] * 4, "enter")
        await until_shown(pilot, "「.svg」にしてください")

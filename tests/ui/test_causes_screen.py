"""原因と結果: linking both ways, unlinking, rings, an area's issues."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.causes import CausesScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.widgets.story import Story
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import keys_of, last_message, opened, record, same_screen, until
from tests.ui.screen_text import screen_text

STAIRS, SHOPPING, LONELY = (Ref(f"entries/{name}") for name in ("jutaku/zz-a", "korei/zz-b", "shimin/zz-c"))


@pytest.fixture
def chained(workspace: Workspace) -> Workspace:
    """A chain of three in the small store, the last in an area."""
    issue = {"kind": "課題", "categories": ["koreisha"]}
    record(
        workspace,
        {
            "areas/honcho": {"name": "本町"},
            STAIRS: {**issue, "title": "坂と階段"},
            SHOPPING: {**issue, "title": "買物に行けない", "causes": ["zz-a"], "outline": "店まで坂が続く"},
            LONELY: {**issue, "title": "閉じこもり", "causes": ["zz-b"], "areas": ["honcho"]},
        },
    )
    return workspace


def titles(app: KyojuApp) -> list[str]:
    """The first column, from the top."""
    table = app.screen.query_one(WideTable)
    return [str(getattr(table.get_cell(row.key, "issue"), "text", "")) for row in table.ordered_rows]


async def test_a_chain_is_read_from_cause_to_effect(app: KyojuApp, chained: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "causes", area="honcho")
        assert titles(app) == ["坂と階段", "　＞買物に行けない", "　　＞閉じこもり"]
        assert "本町の課題とそのつながり" in screen_text(app)
        await pilot.press("down")
        await until(pilot, lambda: "背景にある課題：坂と階段" in app.screen.query_one(Story).text)
        assert "招いている課題：閉じこもり" in app.screen.query_one(Story).text
        same_screen(app, "causes-100x30")
        await pilot.press("ctrl+l", "enter")
        await until(pilot, lambda: isinstance(app.screen, CausesScreen))
    assert chained.snapshot.entries[LONELY].causes == ("zz-b",)


async def test_unlinked_after_asking(app: KyojuApp, chained: Workspace, store: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "causes", area="honcho")
        await pilot.press("delete", "down", "delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "「買物に行けない」の背景から「坂と階段」" in screen_text(app)
        await pilot.press("left", "enter")
        await until(pilot, lambda: chained.snapshot.entries[SHOPPING].causes == ())
        await until(pilot, lambda: titles(app) == ["買物に行けない", "　＞閉じこもり"])
    assert "坂と階段" in last_message(store)


async def test_an_effect_is_chosen_and_what_stands_behind_is_not_offered(app: KyojuApp, chained: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "causes", area="honcho")
        await pilot.press("down", "down", "ctrl+e")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*keys_of("買物に"))
        await until(pilot, lambda: "見つかりません" in screen_text(app))
        await pilot.press(*["backspace"] * 3, *keys_of("商店街の課題"))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CausesScreen))
        await pilot.press("up", "up", "ctrl+e")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*keys_of("閉じこもり"), "enter")
        await until(pilot, lambda: chained.snapshot.entries[LONELY].causes == ("zz-b", "zz-a"))
        await until(
            pilot, lambda: titles(app) == ["坂と階段", "　＞買物に行けない", "　　＞閉じこもり", "　＞閉じこもり"]
        )


async def test_a_ring_is_named_and_does_not_hang(app: KyojuApp, chained: Workspace, store: Path) -> None:
    # No save makes a ring; a file written by hand, or two saves that meet, can.
    file = store / STAIRS.path
    file.write_text(file.read_text(encoding="utf-8") + 'causes = [\n    "zz-c",\n]\n', encoding="utf-8")
    assert chained.refresh() is not None
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "causes", area="honcho")
        assert titles(app)[-1] == "　　　＞坂と階段"
        assert "循環1か所" in screen_text(app)
        await pilot.press("down", "down", "down")
        ring = "坂と階段 ＞ 買物に行けない ＞ 閉じこもり ＞ 坂と階段"
        await until(pilot, lambda: ring in app.screen.query_one(Story).text)

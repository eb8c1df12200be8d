"""設定: the store's values, ways to where rows and columns are arranged, one's own choices."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.preferences import Preferences, read_preferences
from kyoju_tui.ui.screens.departments_expected import ExpectedScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.settings import SettingsScreen
from kyoju_tui.ui.themes import LIGHT
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, opened, same_screen, until, until_shown


async def test_a_value_of_the_store_is_changed(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "settings")
        same_screen(app, "settings-100x30-lines")
        app.screen.query_one(RecordTable).move_to("store.population_floor")
        await until_shown(pilot, "人口がこれより少ない地域")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await at_rest(pilot)
        await pilot.press("ctrl+a", "delete", *keys_of("300"), "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        await until_shown(pilot, "300")
    assert workspace.snapshot.store.population_floor == 300
    assert "率を参考とする人口: 500 → 300" in last_message(store)


async def test_ways_and_own_choices(app: KyojuApp, tmp_path: Path) -> None:
    path = tmp_path / "screen.toml"
    path.write_text('own = "x"\n[keys]\nsearch = "ctrl+f"\nunknown = "f5"\n', encoding="utf-8")
    app.preferences = Preferences(path=path)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "settings")
        table = app.screen.query_one(RecordTable)
        table.move_to("expected")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ExpectedScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, SettingsScreen))
        for line, query in (("theme", "明るい"), ("first", "ronten")):
            table.move_to(line)
            await pilot.press("enter")
            await at_rest(pilot)
            await pilot.press(*keys_of(query), "enter")
            await at_rest(pilot)
        assert app.theme == LIGHT.name
        await until_shown(pilot, "論点・確認事項")
    kept = read_preferences(path)
    assert (kept.theme, kept.first_screen, dict(kept.keys)) == ("明るい", "findings", {"search": "ctrl+f"})
    text = path.read_text(encoding="utf-8")
    assert 'own = "x"' in text and 'unknown = "f5"' in text

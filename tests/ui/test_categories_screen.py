"""カテゴリー: what is out of use, what is refused, and that nothing happens before the preview is taken."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.preview import PreviewScreen
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.new_store.presets import PRESETS
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, opened, record, until, until_shown
from tests.ui.screen_text import screen_text


def listed(app: KyojuApp) -> list[str]:
    """The ids in the list."""
    return [Ref(row.key.value or "").id for row in app.screen.query_one(RecordTable).ordered_rows]


async def test_a_preview_that_is_left_changes_nothing_and_names_what_would(
    app: KyojuApp, workspace: Workspace, store: Path
) -> None:
    before, message = workspace.snapshot, last_message(store)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "categories", record="koreisha")
        await pilot.press("ctrl+g", *keys_of("sumai"), "enter")
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen))
        assert "「高齢者」を「住まい」に統合します" in screen_text(app)
        await pilot.press("escape")
        await at_rest(pilot)
        assert listed(app)[0] == "koreisha"
    assert workspace.snapshot is before
    assert last_message(store) == message


async def test_a_category_with_entries_of_its_own_is_retired_after_asking_and_stands_last(
    app: KyojuApp, workspace: Workspace, store: Path
) -> None:
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, app, "categories", record="koreisha")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        assert "このカテゴリーだけに入っている" in screen_text(app)
        await pilot.press("enter")
        await at_rest(pilot)
        assert "koreisha" in workspace.snapshot.categories_in_use
        await pilot.press("ctrl+r")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("left", "enter")
        await until(pilot, lambda: listed(app)[-1] == "koreisha")
        message = last_message(store)
        # It is no neighbour of those in use, and nothing is merged out of it.
        app.screen.query_one(RecordTable).move_to("categories/koreisha")
        await pilot.press("ctrl+up", "ctrl+g")
        await until_shown(pilot, "「高齢者」は廃止または統合")
    assert last_message(store) == message


async def test_a_preset_adds_what_is_missing_with_a_preview(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "categories")
        await pilot.press("f4", "right", "right", "enter", "enter")
        await until(pilot, lambda: isinstance(app.screen, PreviewScreen))
        assert "カテゴリー「健康・福祉」：新しい記録" in screen_text(app)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(listed(app)) == 11)
    assert last_message(store).startswith("カテゴリーに7分野を追加")
    names = [category.name for category in workspace.snapshot.categories.values()]
    assert {name for _, name, _ in PRESETS["handbook-7"]} < set(names) and len(set(names)) == len(names)


async def test_a_colleague_retires_the_category_that_is_being_merged(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, app, "categories", record="koreisha")
        await pilot.press("ctrl+g")
        await pilot.pause()
        record(workspace, {"categories/sumai": workspace.snapshot.categories["sumai"].but(retired=True)})
        await pilot.press(*keys_of("sumai"), "enter")
        await until_shown(pilot, "「住まい」は、廃止")

"""会議・地域・部署・カテゴリー: one list for all, ordered, searched, put into another order."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, last_message, opened, record, same_screen, until, until_shown
from tests.ui.conftest import SIZES
from tests.ui.screen_text import screen_text


def listed(app: KyojuApp) -> list[str]:
    """The ids in the list."""
    return [Ref(row.key.value or "").id for row in app.screen.query_one(RecordTable).ordered_rows]


@pytest.mark.parametrize("size", SIZES)
async def test_departments_stand_in_their_order(app: KyojuApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app, "departments")
        assert listed(app) == ["jutaku", "korei", "kosodate", "shimin", "shoko", "kankyo"]
        same_screen(app, f"departments-{size[0]}x{size[1]}")


async def test_another_order_is_one_save_and_the_cursor_goes_along(
    app: KyojuApp, workspace: Workspace, store: Path
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "departments")
        app.screen.query_one(RecordTable).move_to("departments/korei")
        await pilot.press("ctrl+up")
        await until(pilot, lambda: listed(app)[:2] == ["korei", "jutaku"])
        assert app.screen.query_one(RecordTable).row_key == "departments/korei"
        assert last_message(store).startswith("部署の並び順を変更")
        assert last_message(store).count("Kyoju-Record:") == 2
        await pilot.press("ctrl+down")
        await until(pilot, lambda: listed(app)[:2] == ["jutaku", "korei"])
        await pilot.press("ctrl+down", "ctrl+o")
        await at_rest(pilot)
    assert next(iter(workspace.snapshot.departments)) == "jutaku"


async def test_meetings_the_newest_first_and_areas_with_their_two_judgements(
    app: KyojuApp, workspace: Workspace
) -> None:
    record(
        workspace,
        {
            "meetings/20261001-aaaaa": {"title": "第1回意見交換会", "held_on": date(2026, 10, 1)},
            "meetings/20261101-aaaaa": {"title": "第2回意見交換会", "held_on": date(2026, 11, 1), "kind": "意見交換"},
            "areas/honcho": {
                "name": "本町",
                "reading": "ほんちょう",
                "willingness": {"level": "活発", "evidence": ["朝市"]},
                "priority": {"level": "高"},
            },
        },
    )
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "meetings")
        assert listed(app) == ["20261101-aaaaa", "20261001-aaaaa"]
        assert "R8.11.1" in screen_text(app)
        await opened(pilot, app, "areas")
        assert "活発" in screen_text(app) and "本町" in screen_text(app)
        await pilot.press("f3", *"honcho")
        await at_rest(pilot)
        assert listed(app) == ["honcho"]


async def test_a_new_category_goes_to_the_end(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "categories")
        last = max(category.order or 0 for category in workspace.snapshot.categories.values())
        await pilot.press("f4", "enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await at_rest(pilot)
        screen = app.screen
        assert isinstance(screen, EditScreen)
        assert str(last + 10) in screen_text(app)


async def test_a_category_in_use_is_closed_not_deleted(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await opened(pilot, app, "categories")
        await pilot.press("delete")
        await until_shown(pilot, "「高齢者」は、ほかの")
        assert isinstance(app.screen, RecordsScreen)
        record(workspace, {"categories/zenpan": {"name": "全般", "order": 5}})
        await until(pilot, lambda: listed(app)[0] == "zenpan")
        app.screen.query_one(RecordTable).move_to("categories/zenpan")
        await pilot.press("delete")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("left", "enter")
        await until(pilot, lambda: "zenpan" not in listed(app))


async def test_meetings_have_no_order_of_their_own(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "meetings")
        assert "F4 で会議を記録します" in screen_text(app)
        await pilot.press("ctrl+up", "ctrl+down", "enter", "delete")
        await pilot.press("f1")
        await at_rest(pilot)
        assert "1つ上に並べます" not in screen_text(app)


async def test_opened_edited_and_back_in_the_list(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "departments")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await at_rest(pilot)
        await pilot.press("end", *keys_of("係"), "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, RecordsScreen))
        await until_shown(pilot, "住宅課係")
    assert workspace.snapshot.departments["jutaku"].name == "住宅課係"

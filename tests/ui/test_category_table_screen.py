"""カテゴリー別整理表: of all departments or of one; a column knows what is added in it."""

from __future__ import annotations

import pytest

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.screens.category_table import CategoryTableScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.widgets.matrix_table import MatrixTable
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, keys_of, opened, record, same_screen, until
from tests.ui.conftest import SIZES
from tests.ui.screen_text import screen_text

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


def cell_text(app: KyojuApp, category: str, column: str) -> str:
    """What a cell shows, its lines joined."""
    return str(getattr(app.screen.query_one(MatrixTable).get_cell(category, column), "text", ""))


@pytest.mark.parametrize("size", SIZES)
async def test_all_departments_at_once(app: KyojuApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        await opened(pilot, app, "category-table")
        assert "すべての部署" in screen_text(app)
        assert "（商工課）" in cell_text(app, "shotengai", "under_way").replace("\n　", "").replace("\n", "")
        same_screen(app, f"category-table-{size[0]}x{size[1]}")


async def test_of_one_department_with_its_gaps(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "category-table")
        await pilot.press("f3")
        await until(pilot, lambda: isinstance(app.screen, Picker))
        await pilot.press(*"shoko", "enter")
        await until(pilot, lambda: isinstance(app.screen, CategoryTableScreen))
        await at_rest(pilot)
        assert "商工課" in screen_text(app).split("\n")[0]
        assert cell_text(app, "sumai", "@category") == "住まい\n記入なし"
        assert cell_text(app, "shotengai", "@category") == "商店街"
        same_screen(app, "category-table-one-100x30")


@pytest.mark.parametrize(
    ("column", "kind", "status"),
    [
        ("under_way", "取組", "取組中"),
        ("considered", "取組", "検討中"),
        ("issues", "課題", None),
        ("data", "データ", None),
    ],
)
async def test_what_is_added_follows_the_column(
    app: KyojuApp, workspace: Workspace, column: str, kind: str, status: str | None
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "category-table", department="shoko")
        app.screen.query_one(MatrixTable).move_to("sumai", column)
        await pilot.press("f4")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await at_rest(pilot)
        await pilot.press(*keys_of("新しいもの"), "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, CategoryTableScreen))
        await until(pilot, lambda: "新しいもの" in cell_text(app, "sumai", column))
    added = next((ref, entry) for ref, entry in workspace.snapshot.entries.items() if entry.title == "新しいもの")
    assert (added[0].department, added[1].kind, added[1].status, added[1].categories) == (
        "shoko",
        kind,
        status,
        ("sumai",),
    )


async def test_enter_opens_what_stands_there(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "category-table", category="shotengai")
        table = app.screen.query_one(MatrixTable)
        assert (table.row_key, table.column_key) == ("shotengai", "under_way")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, CategoryTableScreen))
        table.move_to("sumai", "under_way")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Picker))


async def test_a_colleagues_save_shows(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "category-table")
        table = app.screen.query_one(MatrixTable)
        table.move_to("sumai", "issues")
        entry = {"title": "急な坂", "kind": "課題", "categories": ["koreisha"]}
        record(workspace, {Ref("entries/kankyo/20261102-aaaaa"): entry})
        await until(pilot, lambda: "急な坂" in cell_text(app, "koreisha", "issues"))
        assert (table.row_key, table.column_key) == ("sumai", "issues")

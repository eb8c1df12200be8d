"""ホーム: what to do, what changed, and where each line leads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.overview.opening import Opening
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.policy import Policy
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens import SCREENS
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.findings import FindingsScreen
from kyoju_tui.ui.screens.home import HomeScreen
from kyoju_tui.ui.screens.home_opening import open_at
from kyoju_tui.ui.screens.home_paper import PaperScreen
from kyoju_tui.ui.widgets.record_table import RecordTable
from kyoju_tui.ui.widgets.story import Story
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, colleague_sets, keys_of, opened, record, same_screen, until, until_shown
from tests.ui.conftest import MakeApp
from tests.ui.screen_text import screen_text

INQUIRY = {
    "title": "時点修正",
    "issued_on": date(2026, 11, 2),
    "due_on": date(2026, 11, 16),
    "targets": [{"department": "jutaku"}, {"department": "korei"}],
}
MEETING = {
    "title": "第1回意見交換会",
    "held_on": date(2026, 10, 7),
    "actions": [{"id": "a", "text": "資料を送る", "department": "shimin", "due_on": date(2026, 11, 20)}],
}


def rows(app: KyojuApp) -> list[str]:
    """The keys of the lines."""
    return [row.key.value or "" for row in app.screen.query_one(RecordTable).ordered_rows]


def place(app: KyojuApp) -> str:
    """Which screen of the register is in sight."""
    assert isinstance(app.screen, KyojuScreen)
    return app.screen.place


def go(app: KyojuApp, start: str) -> None:
    """Put the cursor on the line whose key begins so."""
    key = next(each for each in rows(app) if each.startswith(start))
    assert app.screen.query_one(RecordTable).move_to(key)


async def test_what_is_late_stands_first_and_opens_its_record(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"inquiries/20261102-aaaaa": INQUIRY, "meetings/20261007-bbbbb": MEETING})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "home")
        same_screen(app, "home-100x30")
        assert "住宅課・高齢福祉課に、「時点修正」の回答を再依頼します" in app.screen.query_one(Story).text
        await pilot.press("enter")
        await at_rest(pilot)
        assert "時点修正" in screen_text(app) and place(app) == "inquiries"
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HomeScreen))
        await pilot.press("down", "enter")
        await at_rest(pilot)
        assert "資料を送る" in screen_text(app)
        assert app.screen.query_one(RecordTable).row_key == "meetings/20261007-bbbbb#a"


async def test_a_point_opens_where_it_is_settled(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"categories/joho": {"name": "情報"}, "categories/kankyo": {"name": "環境"}})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "home")
        await until(pilot, lambda: any(each.startswith("task/point:") for each in rows(app)))
        go(app, "task/point:")
        key = app.screen.query_one(RecordTable).row_key.removeprefix("task/point:")
        await pilot.press("enter")
        await at_rest(pilot)
        assert isinstance(app.screen, FindingsScreen)
        assert app.screen.query_one(RecordTable).row_key == key


async def test_all_tasks_and_back_to_three(app: KyojuApp, workspace: Workspace) -> None:
    record(workspace, {"areas/oka": {"name": "丘", "status": "候補"}})
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "home")
        assert sum(key.startswith("task/") for key in rows(app)) == 3
        await pilot.press("ctrl+l")
        assert sum(key.startswith("task/") for key in rows(app)) > 3
        await pilot.press("ctrl+l")
        assert sum(key.startswith("task/") for key in rows(app)) == 3


async def test_the_first_visit_and_what_a_colleague_did_since(
    workspace: Workspace, store: Path, make_app: MakeApp
) -> None:
    async with make_app(workspace).run_test(size=(100, 45)) as pilot:
        app = pilot.app
        assert isinstance(app, KyojuApp)
        await opened(pilot, app, "home")
        assert "これまでに見た記録がありません" in screen_text(app)
    colleague_sets(store, "categories/sumai", "name=住まいと空き家")
    again = Workspace.open(store, author="山田 花子 <hanako@city.example.jp>", environ={})
    try:
        async with make_app(again).run_test(size=(100, 45)) as pilot:
            app = pilot.app
            assert isinstance(app, KyojuApp)
            await opened(pilot, app, "home")
            go(app, "news/")
            await pilot.pause()
            assert "佐藤 次郎" in screen_text(app) and "ほかの人の記録1件" in screen_text(app)
            await pilot.press("escape")
            # Looking again in the same run does not make the news old.
            await opened(pilot, app, "home")
            go(app, "news/")
            await pilot.press("enter")
            await at_rest(pilot)
            assert app.screen.query_one(RecordTable).row_key == "categories/sumai"
    finally:
        again.close()


async def test_without_a_history_it_says_so(tmp_path: Path, make_app: MakeApp) -> None:
    bare = tmp_path / "bare"
    bare.mkdir()
    (bare / "store.toml").write_text('format = 1\nmunicipality = "試験市"\n', encoding="utf-8")
    workspace = Workspace.open(bare, environ={})
    app = make_app(workspace)
    try:
        async with app.run_test(size=(100, 45)) as pilot:
            await opened(pilot, app, "home")
            assert "履歴を読めないため" in screen_text(app)
    finally:
        workspace.close()


async def test_a_document_never_replaces_a_file_unasked(app: KyojuApp, tmp_path: Path) -> None:
    file = tmp_path / "引継書-20261123.docx"
    file.write_text("大事な文書", encoding="utf-8")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "home")
        await pilot.press("ctrl+e")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen))
        await at_rest(pilot)
        assert "回答を待っている照会" in screen_text(app)
        before = screen_text(app)
        await pilot.press("pagedown")
        assert screen_text(app) != before
        await pilot.press("ctrl+e")
        await until_shown(pilot, "書き出すファイル")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("enter")
        await at_rest(pilot)
        assert file.read_text(encoding="utf-8") == "大事な文書"
        await pilot.press("ctrl+e")
        await until_shown(pilot, "書き出すファイル")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ConfirmScreen))
        await pilot.press("left", "enter")
        await until(pilot, lambda: file.read_bytes().startswith(b"PK"))


async def test_a_place_that_cannot_be_written_is_said_under_the_line(app: KyojuApp, tmp_path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "home")
        await pilot.press("ctrl+g")
        await until(pilot, lambda: isinstance(app.screen, PaperScreen))
        await pilot.press("ctrl+e")
        await until_shown(pilot, "書き出すファイル")
        await pilot.press("end", "ctrl+u", *keys_of("nowhere/a.md"), "enter")
        await until_shown(pilot, "がありません")
        await pilot.press("ctrl+u", *keys_of("folder.md"), "enter")
        await until_shown(pilot, "フォルダーです")
        await pilot.press("ctrl+u", *keys_of("a.pdf"), "enter")
        await until_shown(pilot, "ファイル名の終わり")
        assert [each.name for each in tmp_path.glob("*.*") if each.is_file()] == []


async def test_a_handbook_is_noted_only_for_a_step(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 45)) as pilot:
        await opened(pilot, app, "home")
        assert app.screen.check_action("handbook", ()) is False
        go(app, "map/themes")
        await pilot.pause()
        assert app.screen.check_action("handbook", ()) is True
        noted = {"handbooks": [{"id": "h", "handbook": "3", "step": "優先テーマを実践に移す", "text": "進め方の章"}]}
        record(workspace, {"policy": Policy.model_validate(noted)})
        await until(pilot, lambda: "次に見る手引：3　進め方の章" in app.screen.query_one(Story).text)


async def test_a_screen_that_there_is_not_opens_the_record(app: KyojuApp, workspace: Workspace) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "home")
        open_at(app, Opening("no-such-screen", "categories/sumai"))
        await at_rest(pilot)
        assert isinstance(app.screen, EditScreen)
        assert Ref("categories/sumai") in workspace.snapshot


@pytest.fixture
def sample() -> Iterator[Workspace]:
    """The sample store, read only."""
    workspace = Workspace.open(Path(__file__).parents[2] / "store", environ={})
    yield workspace
    workspace.close()


async def test_every_line_of_the_sample_leads_somewhere(sample: Workspace, make_app: MakeApp) -> None:
    app = make_app(sample)
    async with app.run_test(size=(100, 45)) as pilot:
        await opened(pilot, app, "home")
        await pilot.press("ctrl+l")
        ours = ("task/", "due/", "map/axes", "map/framework")
        kinds = {key.split(":")[0]: key for key in rows(app) if key.startswith(ours)}
        for key in kinds.values():
            app.screen.query_one(RecordTable).move_to(key)
            await pilot.press("enter")
            await at_rest(pilot)
            assert not isinstance(app.screen, HomeScreen), key
            assert place(app) in SCREENS, key
            app.pop_screen()
            await pilot.pause()

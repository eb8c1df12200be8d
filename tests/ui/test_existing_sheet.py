"""A sheet that the town has, brought in by keys: names settled, columns read otherwise, one save, the matrix."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.bringing import BringingScreen
from kyoju_tui.ui.screens.choose_file import ChooseFile
from kyoju_tui.ui.screens.existing_sheet import ExistingSheetScreen
from kyoju_tui.ui.screens.matrix import MatrixScreen
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.workspace import Workspace
from tests.exchange.sheets.town import book_of, golden_rows
from tests.ui.at_work import at_rest, keys_of, last_message, opened, until, until_shown
from tests.ui.conftest import MakeApp
from tests.ui.screen_text import screen_text
from tests.ui.small_store import AUTHOR

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


PROJECTS = [
    ["令和8年度 事務事業一覧"],
    ["番号", "担当課", "事業名", "事業のあらまし", "予算額（千円）", "分野"],
    [1, "住宅課", "空き家バンク", "空き家を探す人に紹介する。", 1200, "住まい"],
    [2, "まちづくり推進課", "まちなか花壇", "駅前に花を植える。", 300, "住まい"],
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the sheets lie."""
    place = tmp_path / "表"
    place.mkdir()
    monkeypatch.setattr(ChooseFile, "_last", place)
    return place


async def test_on_the_first_day_a_whole_sheet_comes_in_by_keys(tmp_path: Path, folder: Path, make_app: MakeApp) -> None:
    book_of(folder / "一覧表.xlsx", golden_rows())
    root = init_store(tmp_path / "new", "試験市", "handbook-5", author=AUTHOR)
    workspace = Workspace.open(root, author=AUTHOR, environ={})
    app = make_app(workspace)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_rest(pilot)
        assert isinstance(app.screen, MatrixScreen)
        assert "Ctrl+B" in screen_text(app)
        await pilot.press("ctrl+b")
        await until_shown(pilot, "一覧表.xlsx")
        await pilot.press("enter")
        await until_shown(pilot, "どこのものか分からない欄が16あります")
        shown = screen_text(app)
        assert shown.index("住宅課") < shown.index("高齢福祉課") < shown.index("環境課")
        await pilot.press("ctrl+y")
        await until_shown(pilot, "このまま進むと：追加32")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, BringingScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(workspace.snapshot.entries) == 26)
        await until(pilot, lambda: isinstance(app.screen, MatrixScreen))
        await at_rest(pilot)
        assert len(app.screen_stack) == 2
        assert "取1課1" in screen_text(app).replace(" ", "") or "取1" in screen_text(app)
    assert "一覧表.xlsx" in last_message(root)
    workspace.close()


async def test_a_column_is_read_otherwise_and_a_name_stands_for_another(
    app: KyojuApp, workspace: Workspace, folder: Path
) -> None:
    book_of(folder / "事業.xlsx", PROJECTS)
    before = len(workspace.snapshot.entries)
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "entries")
        await pilot.press("ctrl+b")
        await until_shown(pilot, "事業.xlsx")
        await pilot.press("enter")
        await until_shown(pilot, "このまま進むと")
        assert isinstance(app.screen, ExistingSheetScreen)
        lines = screen_text(app).splitlines()
        unread = next(line for line in lines if "事業のあらまし" in line)
        assert "不明（取り込まない）" in unread
        # The name that is nobody's comes first: it is left out.
        await pilot.press("enter")
        await until_shown(pilot, "表の「まちづくり推進課」")
        await pilot.press(*keys_of("取り込まない"))
        await pilot.pause()
        await pilot.press("enter")
        await until(pilot, lambda: "未定" not in screen_text(app) and "このまま進むと" in screen_text(app))
        await pilot.press("down", "enter")
        await until_shown(pilot, "「事業のあらまし」の列")
        await pilot.press(*keys_of("概要"))
        await pilot.pause()
        await pilot.press("enter")
        await until_shown(pilot, "このまま進むと：追加1")
        await until(pilot, lambda: "不明（取り込まない）" not in screen_text(app))
        await pilot.press("ctrl+s")
        await until_shown(pilot, "取り込みの確認")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: len(workspace.snapshot.entries) == before + 1)
        await at_rest(pilot)
    entry = next(each for each in workspace.snapshot.entries.values() if each.title == "空き家バンク")
    assert entry.outline == "空き家を探す人に紹介する。"
    assert entry.budget_thousand_yen == 1200


async def test_a_sheet_of_unknown_layout_ends_in_the_assistant_and_nothing_is_guessed(
    app: KyojuApp, workspace: Workspace, folder: Path
) -> None:
    before = workspace.snapshot
    book_of(folder / "名簿.xlsx", [["あ", "い", "う"], ["甲", "乙", "丙"], ["丁", "戊", "己"]])
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "entries")
        await pilot.press("ctrl+b")
        await until_shown(pilot, "名簿.xlsx")
        await pilot.press("enter")
        await until_shown(pilot, "不明（取り込まない）")
        await at_rest(pilot)
        assert "追加" not in screen_text(app)
        await pilot.press("ctrl+e")
        await until_shown(pilot, "見出しは何行目ですか")
        await pilot.press("backspace", *keys_of("2"), "enter")
        await until_shown(pilot, "見出しは2行目")
        await pilot.press("escape")
        await at_rest(pilot)
    assert workspace.snapshot is before

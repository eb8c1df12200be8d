"""点検: every problem with its place and its mend."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.records.problems import Problem
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.field_row import FieldRow
from kyoju_tui.ui.screens.datasets import DatasetsScreen
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.hand_edits import HandEditsScreen
from kyoju_tui.ui.screens.mending import editor
from kyoju_tui.ui.screens.problems import ProblemsScreen
from kyoju_tui.workspace.care.mending import inspect, way_of
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, last_message, opened, same_screen, until, until_shown
from tests.ui.screen_text import screen_text

GOOD = "entries/jutaku/20261101-00001"
TITLE = "高齢者の課題（住宅課）"


def _spoil(store: Path, ref: str, old: str, new: str) -> None:
    file = store / f"{ref}.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_bytes(text.replace(old, new).encode())


async def test_nothing_is_to_be_mended_in_a_sound_store(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "problems")
        await until_shown(pilot, "直すところはありません。")


async def test_errors_come_first_and_each_is_explained(app: KyojuApp, store: Path) -> None:
    (store / "entries/jutaku/20261101-bbbbb.toml").write_text('title = "途中\n', encoding="utf-8")
    _spoil(store, GOOD, "koreisha", "koresha")
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "problems")
        await until_shown(pilot, "誤り2件・注意2件")
        assert "1行目　12文字目" in screen_text(app)
        same_screen(app, "problems-100x30")
        await pilot.press("down")
        await until_shown(pilot, "参照先のカテゴリー「koresha」がありません")
        await until_shown(pilot, "Enter で、この記録の「カテゴリー」を開いて直します。")


@pytest.mark.parametrize(
    ("ref", "old", "new", "field"),
    [
        (GOOD, '"koreisha"', '"koresha"', "categories"),
        (GOOD, 'kind = "課題"', 'kind = "課題"\ncauses = ["20261101-00001"]', "causes"),
        ("departments/jutaku", "order = 10", 'order = 10\nsuccessor = "jutaku"', "successor"),
    ],
)
async def test_a_problem_leads_to_its_field(
    app: KyojuApp, workspace: Workspace, store: Path, ref: str, old: str, new: str, field: str
) -> None:
    _spoil(store, ref, old, new)
    workspace.refresh()
    async with app.run_test(size=(120, 50)) as pilot:
        await opened(pilot, app, "problems")
        await until_shown(pilot, "誤り1件")
        await pilot.press("enter")
        await at_rest(pilot)
        assert isinstance(app.screen, EditScreen)
        rows = [row.path for row in app.screen.query(FieldRow) if row.has_class("active")]
        assert rows == [(field,)]


async def test_a_file_from_another_editor_is_put_in_order(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    file = store / f"{GOOD}.toml"
    tidy = file.read_bytes()
    file.write_bytes(b"\xef\xbb\xbf" + tidy.replace(b"\n", b"\r\n"))
    workspace.refresh()
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await opened(pilot, app, "problems")
        await until_shown(pilot, "先頭にBOMが付いています")
        await pilot.press("ctrl+r")
        await until(pilot, lambda: file.read_bytes() == tidy)
        await until_shown(pilot, "直すところはありません。")
        assert screen is app.screen
    assert last_message(store).startswith("書式を整える")


async def test_a_hand_edit_leads_to_the_list_of_them(app: KyojuApp, workspace: Workspace, store: Path) -> None:
    _spoil(store, GOOD, TITLE, "書き直した課題")
    written = (store / f"{GOOD}.toml").read_bytes()
    workspace.refresh()
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, "problems")
        await until_shown(pilot, "まだ記録されていない変更があります")
        await pilot.press("enter")
        await until_shown(pilot, "件名：高齢者の課題（住宅課） → 書き直した課題")
        assert isinstance(app.screen, HandEditsScreen)
        await pilot.press("ctrl+r")
        await until_shown(pilot, "あなたの記録として残ります")
        await pilot.press("escape")
        await at_rest(pilot)
        assert not last_message(store).startswith("ファイルの直接編集を記録")
        await pilot.press("ctrl+r")
        await until_shown(pilot, "あなたの記録として残ります")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "記録されていない直接の変更はありません。")
        await pilot.press("escape")
        await until_shown(pilot, "直すところはありません。")
    assert last_message(store).startswith("ファイルの直接編集を記録")
    assert (store / f"{GOOD}.toml").read_bytes() == written


async def test_it_follows_what_is_recorded_and_what_changes_on_the_disk(
    app: KyojuApp, workspace: Workspace, store: Path
) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "problems")
        await until_shown(pilot, "直すところはありません。")
        _spoil(store, GOOD, "koreisha", "koresha")
        await pilot.press("f5")
        await until_shown(pilot, "参照先のカテゴリー「koresha」がありません")
        _spoil(store, GOOD, "koresha", "koreisha")
        workspace.refresh()
        await until_shown(pilot, "直すところはありません。")


async def test_without_a_terminal_of_its_own_it_says_where_the_file_is(app: KyojuApp, store: Path) -> None:
    (store / "entries/jutaku/20261101-bbbbb.toml").write_text('title = "途中\n', encoding="utf-8")
    app.environ = {"EDITOR": "true"}
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot, app, "problems")
        await until_shown(pilot, "閉じていません")
        await pilot.press("enter")
        await until_shown(pilot, "20261101-bbbbb.toml")
        assert isinstance(app.screen, ProblemsScreen)
        app.environ = {"PATH": "/nowhere"}
        await pilot.press("ctrl+e")
        await until_shown(pilot, "エディターが見つかりません")


def test_every_file_is_left_as_it_is_until_somebody_says_so(workspace: Workspace, store: Path) -> None:
    _spoil(store, GOOD, 'kind = "課題"', 'kind="課題"   # 確かめる')
    before = (store / f"{GOOD}.toml").read_bytes()
    workspace.refresh()
    assert {problem.code for problem in inspect(workspace)} == {"K501"}
    assert (store / f"{GOOD}.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("problem", "way"),
    [
        (Problem(f"{GOOD}.toml", 1, 1, "K301", "", "", "categories.0"), "form"),
        (Problem(f"{GOOD}.toml", 1, 1, "K103", ""), "format"),
        (Problem(f"{GOOD}.toml", 1, 1, "K203", ""), "file"),
        (Problem(f"{GOOD}.toml", 0, 0, "K501", ""), "record"),
        (Problem(f"{GOOD}.toml", 0, 0, "K110", ""), "none"),
        (Problem("initiatives/x.toml", 0, 0, "K108", ""), "none"),
        (Problem("entries/jutaku/gone.toml", 0, 0, "K501", ""), "record"),
        (Problem("datasets/x.csv", 0, 0, "K501", ""), "record"),
        (Problem("README.txt", 0, 0, "K501", ""), "none"),
        (Problem("", 0, 0, "K504", ""), "none"),
    ],
)
def test_the_way_to_the_mend(problem: Problem, way: str, workspace: Workspace) -> None:
    assert way_of(problem, workspace.snapshot) == way


def test_the_editor_that_a_user_has_chosen_comes_first() -> None:
    assert editor({"VISUAL": "code --wait", "EDITOR": "vi"}, 3) == ("code", "--wait")
    assert editor({"EDITOR": "/usr/bin/vim"}, 3) == ("/usr/bin/vim", "+3")
    assert editor({"EDITOR": "nano"}, 0) == ("nano",)
    assert editor({"PATH": "/nowhere"}, 3) == ()


async def test_figures_that_cannot_be_read_lead_to_their_data_set(
    app: KyojuApp, workspace: Workspace, store: Path
) -> None:
    (store / "datasets").mkdir(exist_ok=True)
    (store / "datasets/20261101-ddddd.toml").write_text('title = "町丁別人口"\n', encoding="utf-8")
    (store / "datasets/20261101-ddddd.csv").write_text("x,y\n", encoding="utf-8")
    workspace.refresh()
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "problems")
        await until_shown(pilot, "Enter で、この基礎データを開きます。")
        await pilot.press("down", "down", "up", "up", "enter")
        await until(pilot, lambda: isinstance(app.screen, DatasetsScreen))
        assert isinstance(app.screen, DatasetsScreen)
        assert app.screen.key_here == "datasets/20261101-ddddd"

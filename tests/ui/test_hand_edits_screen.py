"""直接編集: files that somebody wrote past the program, recorded or put back at the keyboard."""

from __future__ import annotations

import subprocess
from pathlib import Path

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.edit import EditScreen
from kyoju_tui.ui.screens.hand_edits import HandEditsScreen
from tests.ui.at_work import at_rest, last_message, opened, until, until_shown
from tests.ui.screen_text import screen_text

GOOD = "entries/jutaku/20261101-00001.toml"
TITLE = "高齢者の課題（住宅課）"
NEW = "entries/jutaku/20261101-bbbbb.toml"


def rewrite(store: Path, path: str, old: str, new: str) -> None:
    file = store / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def changed(store: Path) -> str:
    command = ["git", "-C", str(store), "status", "--porcelain"]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


async def test_without_any_it_says_so(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "problems")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "記録されていない直接の変更はありません。")


async def test_each_is_shown_with_what_changed_and_the_form_opens(app: KyojuApp, store: Path) -> None:
    rewrite(store, GOOD, TITLE, "書き直した課題")
    (store / NEW).write_text('title = "途中\n', encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, "problems")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "件名：高齢者の課題（住宅課） → 書き直した課題")
        assert "2件" in screen_text(app)
        assert "読めない" in screen_text(app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, EditScreen))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, HandEditsScreen))
        await pilot.press("down")
        await until_shown(pilot, "1行目：")
        await until_shown(pilot, "このままでは記録できません。")


async def test_chosen_files_are_recorded_together(app: KyojuApp, store: Path) -> None:
    rewrite(store, GOOD, TITLE, "書き直した課題")
    (store / NEW).write_text('title = "手で"\nkind = "課題"\ncategories = ["koreisha"]\n', encoding="utf-8")
    rewrite(store, "departments/jutaku.toml", "order = 10", "order = 11")
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, app, "problems")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "3件")
        await pilot.press("down", "ctrl+a", "ctrl+a")
        await until_shown(pilot, "選択2件")
        await pilot.press("ctrl+r")
        await until_shown(pilot, "2件が変わります。")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: last_message(store).startswith("ファイルの直接編集を記録"))
        await until_shown(pilot, "1件")
    assert last_message(store).count("Kyoju-Record: ") == 2
    assert changed(store).split() == ["M", "departments/jutaku.toml"]


async def test_a_file_is_put_back_and_its_copy_is_named(app: KyojuApp, store: Path) -> None:
    before = (store / GOOD).read_bytes()
    rewrite(store, GOOD, "title = ", "title == ")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot, app, "problems")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "読めない")
        await pilot.press("ctrl+r")
        await until_shown(pilot, "記録していません")
        await at_rest(pilot)
        await pilot.press("ctrl+b")
        await until_shown(pilot, "いまの内容は控え")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: (store / GOOD).read_bytes() == before)
        await until_shown(pilot, "1件のファイルを元に戻しました。")
        await until_shown(pilot, "記録されていない直接の変更はありません。")
    kept = list((store / ".git/kyoju/root/aside").rglob("*.toml"))
    assert [file.read_text(encoding="utf-8").count("title == ") for file in kept] == [1]


async def test_what_was_put_back_by_mistake_is_brought_back_with_keys(app: KyojuApp, store: Path) -> None:
    rewrite(store, GOOD, TITLE, "書き直した課題")
    mine = (store / GOOD).read_bytes()
    async with app.run_test(size=(100, 40), notifications=True) as pilot:
        await opened(pilot, app, "problems")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "書き直した課題")
        await at_rest(pilot)
        await pilot.press("ctrl+b")
        await until_shown(pilot, "いまの内容は控え")
        # A few lines have a window as high as they are: the list is still in sight.
        assert "持ち主" in screen_text(app) and "Ctrl+S：元に戻す" in screen_text(app)
        await pilot.press("ctrl+s")
        await until_shown(pilot, "記録されていない直接の変更はありません。")
        assert "Ctrl+Y 控え" in screen_text(app)
        await pilot.press("ctrl+y")
        await until_shown(pilot, "直接編集の控え　1件")
        await until_shown(pilot, "→ 書き直した課題")
        # Something else is written there meanwhile: it is never written over.
        rewrite(store, GOOD, TITLE, "別の人の題")
        theirs = (store / GOOD).read_bytes()
        await pilot.press("ctrl+r")
        await until_shown(pilot, "控えをファイルに戻す")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "記録されていない変更がほかに")
        assert (store / GOOD).read_bytes() == theirs
        rewrite(store, GOOD, "別の人の題", TITLE)
        await at_rest(pilot)
        await pilot.press("ctrl+r")
        await until_shown(pilot, "控えをファイルに戻す")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: (store / GOOD).read_bytes() == mine)
        await until_shown(pilot, "控えはありません。")
        await pilot.press("escape")
        await until_shown(pilot, "直接編集　1件")
    assert changed(store).split() == ["M", GOOD]


async def test_a_file_written_while_it_is_shown_is_noticed(app: KyojuApp, store: Path) -> None:
    rewrite(store, GOOD, TITLE, "書き直した課題")
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot, app, "problems")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "書き直した課題")
        await pilot.press("ctrl+r")
        await until_shown(pilot, "あなたの記録として残ります")
        rewrite(store, GOOD, "書き直した課題", "まだ書いている課題")
        await pilot.press("ctrl+s")
        await until_shown(pilot, "その後に変更されている")
    assert not last_message(store).startswith("ファイルの直接編集")


async def test_home_tells_of_them(app: KyojuApp, store: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await opened(pilot, app, "home")
        await until_shown(pilot, "今日すること")
        assert "直接編集" not in screen_text(app)
        rewrite(store, GOOD, TITLE, "書き直した課題")
        app.store_open.refresh()
        await until_shown(pilot, "まだ記録されていない変更が1件あります")

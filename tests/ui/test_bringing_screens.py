"""Bringing a file in: choosing it, waiting for it, seeing what it would change, recording all or nothing."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from kyoju_tui.exchange.bringing import Bringing, Cancelled, Placed, Stopped, Told
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import InvalidValue, KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.bringing import BringingScreen
from kyoju_tui.ui.screens.choose_file import ChooseFile
from kyoju_tui.ui.screens.working import WorkingScreen
from kyoju_tui.workspace.requests import Put
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, until, until_shown
from tests.ui.screen_text import screen_text


def bringing(workspace: Workspace) -> Bringing:
    ref, entry = next((ref, each) for ref, each in workspace.snapshot.entries.items() if each.kind == "課題")
    changed = entry.but(outline="団地で空き家が3件続いている。")
    return Bringing(
        "住宅課.xlsx",
        "0" * 64,
        (
            Placed("回答 D4", "同じ", ref, entry.title, "件名", entry.title, entry.title),
            Placed("回答 E4", "変更", ref, entry.title, "概要", entry.outline or "", changed.outline or ""),
            Placed("回答 F9", "不明", None, "見出しのない欄", "", "", "［/］\x1b[31m赤", "どの項目か分かりません。"),
        ),
        (Put(ref, changed, workspace.base(ref)),),
        "照会への回答を取り込み（住宅課.xlsx）",
        ("1行を読み飛ばしました。",),
    )


async def test_what_needs_an_eye_comes_first_and_all_is_one_save(app: KyojuApp, workspace: Workspace) -> None:
    found = bringing(workspace)
    told: list[str] = []
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(BringingScreen(found, lambda saved: told.append(saved.subject)))
        await until_shown(pilot, "不明1・変更1・同じ1")
        lines = screen_text(app).splitlines()
        assert next(line for line in lines if "回答 F9" in line).strip().startswith("不明")
        assert "どの項目か分かりません。" in screen_text(app)
        assert not any("回答 D4" in line for line in lines)
        await pilot.press("ctrl+l", "ctrl+l", "ctrl+l")
        await until_shown(pilot, "回答 D4")
        await pilot.press("ctrl+l", "ctrl+s")
        await until(pilot, lambda: told)
        await at_rest(pilot)
        assert not isinstance(app.screen, BringingScreen)
    assert told == ["照会への回答を取り込み（住宅課.xlsx）"]
    entry = workspace.snapshot.expect(Ref(found.changes[0].ref), Entry)
    assert entry.outline == "団地で空き家が3件続いている。"


async def test_leaving_changes_nothing(app: KyojuApp, workspace: Workspace) -> None:
    before = workspace.snapshot
    async with app.run_test(size=(100, 30)) as pilot:
        app.push_screen(BringingScreen(bringing(workspace)))
        await until_shown(pilot, "変更1")
        await pilot.press("escape")
        await at_rest(pilot)
        assert not isinstance(app.screen, BringingScreen)
    assert workspace.snapshot is before


async def test_what_is_there_already_is_said(app: KyojuApp, workspace: Workspace) -> None:
    same = bringing(workspace).placed[:1]
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(BringingScreen(Bringing("住宅課.xlsx", "0" * 64, same, (), "")))
        await until_shown(pilot, "もう入っています（同じ1件）")


async def test_the_counts_are_read_before_a_long_name_of_the_file(app: KyojuApp, workspace: Workspace) -> None:
    found = replace(bringing(workspace), file=f"{'照会の回答_' * 9}.xlsx")
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(BringingScreen(found))
        await until_shown(pilot, "不明1・変更1・同じ1")
        await pilot.press("ctrl+l")
        await until_shown(pilot, "不明だけを表示　照会の回答_")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(ChooseFile, "_last", None)
    place = tmp_path / "届いた回答"
    (place / "中").mkdir(parents=True)
    for age, name in enumerate(("新しい.xlsx", "古い.xlsx", "関係ない.txt", ".隠し.xlsx", "中/奥.xlsx")):
        (place / name).write_bytes(b"x")
        os.utime(place / name, (1_700_000_000 - age, 1_700_000_000 - age))
    return place


async def test_a_file_is_chosen_newest_first(app: KyojuApp, folder: Path) -> None:
    got: list[object] = []
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ChooseFile("回答のファイル", (".xlsx",), folder, many=True), got.append)
        await until_shown(pilot, "新しい.xlsx")
        shown = screen_text(app)
        assert (
            shown.index("新しい.xlsx")
            < shown.index("古い.xlsx")
            < shown.index("［上のフォルダーへ］")
            < shown.index("［中］")
        )
        assert "関係ない" not in shown
        assert "隠し" not in shown
        # The list has no frame of its own: its glyphs are two cells wide on some terminals.
        assert not set(shown) & set("▊▔▁▎")
        await pilot.press("space", "down", "space", "ctrl+s")
        await at_rest(pilot)
        app.push_screen(ChooseFile("回答のファイル", (".xlsx",), folder), got.append)
        await until_shown(pilot, "［中］")
        await pilot.press("end", "enter")
        await until_shown(pilot, "奥.xlsx")
        await pilot.press("enter")
        await at_rest(pilot)
    assert got == [(folder / "新しい.xlsx", folder / "古い.xlsx"), (folder / "中/奥.xlsx",)]


async def test_a_path_can_be_typed_and_a_wrong_one_is_told(app: KyojuApp, folder: Path) -> None:
    got: list[object] = []
    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(ChooseFile("回答のファイル", (".xlsx",), folder), got.append)
        await until_shown(pilot, "古い.xlsx")
        await pilot.press("tab", *"nai", "enter")
        await until_shown(pilot, "ファイルが見つかりません")
        await pilot.press("escape")
        await at_rest(pilot)
    assert got == [None]


async def test_long_work_tells_how_far_it_is_and_can_be_called_off(app: KyojuApp) -> None:
    got: list[object] = []
    going = Event()

    def work(told: Told, cancelled: Cancelled) -> str:
        told("読み取っています", 3, 15)
        while not cancelled():
            going.wait(0.01)
        raise Stopped("やめました。何も変えていません。")

    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(WorkingScreen("回答を読み取ります", work), got.append)
        await until_shown(pilot, "読み取っています　3 / 15")
        await pilot.press("escape")
        await until(pilot, lambda: got)
    assert isinstance(got[0], Stopped)


@pytest.mark.parametrize("ends", ["result", "error"])
async def test_long_work_gives_what_it_made_or_why_not(app: KyojuApp, ends: str) -> None:
    got: list[object] = []
    error: KyojuError = InvalidValue("読めません。")

    def work(told: Told, cancelled: Cancelled) -> str:
        told("書いています", 0, 0)
        assert not cancelled()
        if ends == "error":
            raise error
        return "できた"

    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(WorkingScreen("書き出します", work), got.append)
        await until(pilot, lambda: got)
    assert got == [error if ends == "error" else "できた"]

"""Esc while something long is under way: the window goes at once, the reading process too, and nothing has changed."""

from __future__ import annotations

import zipfile
from pathlib import Path
from threading import Event

import pytest

from kyoju_tui.exchange.bringing import Cancelled, Stopped, Told
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.choose_file import ChooseFile
from kyoju_tui.ui.screens.working import WorkingScreen
from kyoju_tui.workspace.workspace import Workspace
from tests.exchange.sheets.town import book_of
from tests.handbook.work import Work
from tests.ui.at_work import at_rest, until


async def test_esc_waits_for_no_work_and_what_it_comes_to_is_of_no_use(app: KyojuApp) -> None:
    got: list[object] = []
    going, ended = Event(), Event()

    def work(told: Told, cancelled: Cancelled) -> str:  # noqa: ARG001 - it says nothing
        going.wait(20)
        ended.set()
        assert cancelled()
        return "遅れた結果"

    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(WorkingScreen("回答を読み取ります", work), got.append)
        await pilot.press("escape")
        await until(pilot, lambda: got)
        assert not ended.is_set()
        going.set()
        await until(pilot, ended.is_set)
        await at_rest(pilot)
    assert len(got) == 1
    assert isinstance(got[0], Stopped)


async def test_work_that_was_called_off_ends_at_its_next_word(app: KyojuApp) -> None:
    going, why = Event(), list[object]()

    def work(told: Told, cancelled: Cancelled) -> None:  # noqa: ARG001 - it looks at nothing
        going.wait(20)
        try:
            told("読み取っています", 1, 2)
        except Stopped as stopped:
            why.append(stopped)
            raise

    async with app.run_test(size=(80, 24)) as pilot:
        app.push_screen(WorkingScreen("回答を読み取ります", work))
        await pilot.press("escape")
        going.set()
        await until(pilot, lambda: why)


def _started() -> set[str]:
    return {pid for told in Path("/proc/self/task").glob("*/children") for pid in told.read_text().split()}


@pytest.mark.walk
async def test_esc_ends_the_process_that_reads_a_file(
    app: KyojuApp, workspace: Workspace, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ChooseFile, "_last", None)
    path = book_of(tmp_path / "大きい表.xlsx", [["地域", "人口"]])
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    row = "".join(f'<c r="{letter}{{0}}"><v>7{{0}}</v></c>' for letter in "ABCDEFGHIJ")
    rows = "".join(f'<row r="{at}">{row.format(at)}</row>' for at in range(10, 99_000))
    part = "xl/worksheets/sheet1.xml"
    parts[part] = parts[part].replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    records, before = workspace.snapshot, _started()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        work = Work(app, pilot, workspace, store)
        await work.open("datasets")
        await pilot.press("ctrl+b")
        await work.sees("大きい表.xlsx")
        await pilot.press("enter")
        await until(pilot, lambda: _started() - before)
        await pilot.press("escape")
        await work.sees("やめました")
        assert not isinstance(app.screen, WorkingScreen)
        await until(pilot, lambda: not _started() - before)
    assert workspace.snapshot is records

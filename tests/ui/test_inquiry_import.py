"""回答を取り込む on the board: from the files to the status that the board shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from kyoju_tui.exchange.inquiries.inquiry_export import make_forms
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.bringing_answers import AnswerScreen
from kyoju_tui.ui.screens.choose_file import ChooseFile
from kyoju_tui.ui.screens.inquiries import InquiriesScreen
from kyoju_tui.ui.screens.inquiry_board import InquiryBoard
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, opened, record, until, until_shown
from tests.ui.screen_text import screen_text

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


REF = "inquiries/20261101-qqqqq"
TODAY = date(2026, 11, 23)


@pytest.fixture
def folder(workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An inquiry that was sent, and a folder for what comes back."""
    place = tmp_path / "届いた回答"
    place.mkdir()
    monkeypatch.setattr(ChooseFile, "_last", place)
    day = date(2026, 11, 6)
    targets = [{"department": each, "sent_on": day} for each in ("korei", "jutaku")]
    record(workspace, {REF: {"title": "時点修正の照会", "issued_on": day, "targets": targets}})
    return place


def answer(workspace: Workspace, place: Path, department: str, name: str, write: Callable[[Any], object]) -> None:
    made = make_forms(workspace, Ref(REF), TODAY, [department], "none").files[0]
    path = place / name
    path.write_bytes(made.data)
    book = openpyxl.load_workbook(path)
    write(book["回答"])
    book.save(path)


def first(sheet: Any, sort: str) -> int:
    return next(row for row in range(1, sheet.max_row + 1) if f"|{sort}|" in str(sheet.cell(row, 1).value))


def rewrite(text: str) -> Callable[[Any], object]:
    def write(sheet: Any) -> None:
        sheet.cell(first(sheet, "entry"), 8).value = text

    return write


async def test_an_answer_is_shown_recorded_and_on_the_board(app: KyojuApp, workspace: Workspace, folder: Path) -> None:
    answer(workspace, folder, "korei", "高齢福祉課.xlsx", rewrite("直した概要"))
    async with app.run_test(size=(120, 30)) as pilot:
        await opened(pilot, app, "inquiries", inquiry="20261101-qqqqq")
        await until(pilot, lambda: isinstance(app.screen, InquiryBoard))
        await pilot.press("insert")
        await until_shown(pilot, "高齢福祉課.xlsx")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await until_shown(pilot, "直した概要")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, InquiryBoard))
        await until_shown(pilot, "第1版")
        await at_rest(pilot)
        line = next(line for line in screen_text(app).splitlines() if "高齢" in line and "第1版" in line)
        assert "回答済" in line
    told = [entry.outline for entry in workspace.snapshot.entries.values()]
    assert "直した概要" in told
    receipt = workspace.snapshot.expect(REF, Inquiry).targets[0].receipts[0]
    assert receipt.file == "高齢福祉課.xlsx"


async def test_leaving_one_answer_goes_on_with_the_next(app: KyojuApp, workspace: Workspace, folder: Path) -> None:
    answer(workspace, folder, "korei", "1.xlsx", rewrite("高齢の概要"))
    answer(workspace, folder, "jutaku", "2.xlsx", rewrite("住宅の概要"))
    async with app.run_test(size=(120, 30)) as pilot:
        app.push_screen(InquiriesScreen(inquiry="20261101-qqqqq"))
        await until(pilot, lambda: isinstance(app.screen, InquiryBoard))
        await pilot.press("insert")
        await until_shown(pilot, "2.xlsx")
        await pilot.press("space", "down", "space", "ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        before = app.screen
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, AnswerScreen) and app.screen is not before)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, InquiryBoard))
        await at_rest(pilot)
    answered = [len(each.receipts) for each in workspace.snapshot.expect(REF, Inquiry).targets]
    assert sorted(answered) == [0, 1]


async def test_two_answers_of_one_department_are_asked_about(app: KyojuApp, workspace: Workspace, folder: Path) -> None:
    answer(workspace, folder, "korei", "古い.xlsx", rewrite("古い概要"))
    answer(workspace, folder, "korei", "新しい.xlsx", rewrite("新しい概要"))
    async with app.run_test(size=(120, 30)) as pilot:
        app.push_screen(InquiriesScreen(inquiry="20261101-qqqqq"))
        await until(pilot, lambda: isinstance(app.screen, InquiryBoard))
        await pilot.press("insert")
        await until_shown(pilot, "新しい.xlsx")
        await pilot.press("space", "down", "space", "ctrl+s")
        await until_shown(pilot, "回答が2つあります")
        await at_rest(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, InquiryBoard))
        await at_rest(pilot)
    told = {entry.outline for entry in workspace.snapshot.entries.values()}
    assert len(told & {"古い概要", "新しい概要"}) == 1


async def test_what_is_left_out_of_one_department_says_nothing_of_the_next(
    app: KyojuApp, workspace: Workspace, folder: Path
) -> None:
    for department, name in (("korei", "高齢"), ("jutaku", "住宅")):
        answer(workspace, folder, department, f"{name}1.xlsx", rewrite(f"{name}の概要1"))
        answer(workspace, folder, department, f"{name}2.xlsx", rewrite(f"{name}の概要2"))
    async with app.run_test(size=(120, 30)) as pilot:
        app.push_screen(InquiriesScreen(inquiry="20261101-qqqqq"))
        await until(pilot, lambda: isinstance(app.screen, InquiryBoard))
        await pilot.press("insert")
        await until_shown(pilot, "高齢2.xlsx")
        await pilot.press("space", "down", "space", "down", "space", "down", "space", "ctrl+s")
        # 「どちらも取り込まない」 for the department that is asked about first, one of its two for the other.
        await until_shown(pilot, "どちらも取り込まない")
        first_asked = "住宅" if "住宅1.xlsx" in screen_text(app) else "高齢"
        await pilot.press("right", "right", "enter")
        other = "高齢" if first_asked == "住宅" else "住宅"
        await until_shown(pilot, f"{other}1.xlsx")
        await at_rest(pilot)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AnswerScreen))
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, InquiryBoard))
        await at_rest(pilot)
    told = [entry.outline or "" for entry in workspace.snapshot.entries.values()]
    assert [each[:-1] for each in told if "の概要" in each] == [f"{other}の概要"]

"""報告書・書き出し from ホーム and 一覧表: what, for whom, since when, where to, written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.widgets.line_input import LineInput
from tests.ui.at_work import opened, until, until_shown

# Whole tasks at the keyboard: a command of their own.
pytestmark = pytest.mark.walk


SIZE = (100, 30)


@pytest.mark.parametrize("where", ["home", "matrix"])
async def test_the_report_is_written_with_one_key_and_some_answers(app: KyojuApp, tmp_path: Path, where: str) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, app, where)
        await pilot.press("ctrl+d")
        await until_shown(pilot, "書き出すもの")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ChooseScreen))
        await pilot.press("right", "enter")
        await until_shown(pilot, "載せない")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        await pilot.press("enter")
        place = tmp_path / "報告書-20261123.html"
        await until(pilot, place.exists)
    page = place.read_text(encoding="utf-8")
    assert "事務局限り" in page


async def test_the_matrix_is_written_as_it_is_shown(app: KyojuApp, tmp_path: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        await opened(pilot, app, "matrix")
        await pilot.press("f12", "ctrl+d")
        await until_shown(pilot, "書き出すもの")
        await pilot.press("down", "enter")
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        app.screen.query_one(LineInput).value = "表.html"
        await pilot.press("enter")
        await until(pilot, (tmp_path / "表.html").exists)
    page = (tmp_path / "表.html").read_text(encoding="utf-8")
    assert "記入なし" in page
    # On a projector nobody is late, and so on the paper that is made from it.
    assert "期限超過" not in page


async def test_esc_leaves_without_a_file(app: KyojuApp, tmp_path: Path) -> None:
    async with app.run_test(size=SIZE) as pilot:
        screen = await opened(pilot, app, "matrix")
        before = sorted(tmp_path.rglob("*.html"))
        for answers in ((), ("enter",), ("enter", "enter"), ("enter", "enter", "enter")):
            await pilot.press("ctrl+d")
            await until(pilot, lambda: app.screen is not screen)
            for answer in answers:
                asked = app.screen
                await pilot.press(answer)
                await until(pilot, lambda asked=asked: app.screen not in (asked, screen))
            await pilot.press("escape")
            await until(pilot, lambda: app.screen is screen)
    assert sorted(tmp_path.rglob("*.html")) == before

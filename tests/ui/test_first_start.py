from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.category import Category
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.first_start import FirstStartScreen
from kyoju_tui.ui.widgets.line_input import LineInput
from tests.ui.conftest import MakeApp
from tests.ui.screen_text import screen_text
from tests.ui.small_store import AUTHOR
from tests.ui.test_app import until


@pytest.mark.parametrize("size", [(80, 24), (160, 45)])
async def test_three_questions_are_on_one_screen(make_app: MakeApp, size: tuple[int, int]) -> None:
    app = make_app(None)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        text = screen_text(app)
    for word in (
        "市町村名",
        "カテゴリーの型",
        "保存する場所",
        "この内容で始める",
        "見本で試す",
        "7分野",
        "5分野",
        "団地",
    ):
        assert word in text
    assert "Ctrl+P" not in text, "there is nothing to find yet"


async def test_three_answers_make_a_store_and_open_it(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(None)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        app.screen.query_one("#municipality", LineInput).value = "すみれ市"
        await pilot.press("tab", "down", "enter")
        app.screen.query_one("#place", LineInput).value = str(tmp_path / "新しい場所")
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, AskScreen))
        app.screen.query_one(LineInput).value = AUTHOR
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, KyojuScreen))
        try:
            assert app.store_open.snapshot.store.municipality == "すみれ市"
            assert len(app.store_open.snapshot.all(Category)) == 5
            assert app.store_line.startswith("すみれ市　山田 花子")
        finally:
            app.store_open.close()
    subject = subprocess.run(
        ["git", "-C", str(tmp_path / "新しい場所"), "log", "--format=%an %s"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert subject == "山田 花子 すみれ市の保管場所を作成\n"


async def test_a_missing_name_is_asked_for_and_nothing_is_made(make_app: MakeApp, tmp_path: Path) -> None:
    app = make_app(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ctrl+s")
        await pilot.pause()
        assert "市町村名を入れてください" in screen_text(app)
        assert app.focused is app.screen.query_one("#municipality")
    assert not (tmp_path / "kyoju").exists()


async def test_a_place_that_is_taken_is_refused_in_words(make_app: MakeApp, tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "大事.txt").write_text("x")
    app = make_app(None)
    app.explicit_author = AUTHOR
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app.screen.query_one("#municipality", LineInput).value = "すみれ市"
        app.screen.query_one("#place", LineInput).value = str(taken)
        await pilot.press("ctrl+s")
        await until(pilot, lambda: "既にファイルがあります" in "".join(screen_text(app).split()))
        assert isinstance(app.screen, FirstStartScreen)
        assert not app.screen.query_one("#make").disabled
    assert [path.name for path in taken.iterdir()] == ["大事.txt"]


async def test_the_sample_needs_no_answers(app_on_sample: KyojuApp) -> None:
    async with app_on_sample.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.click("#sample")
        await until(pilot, lambda: isinstance(app_on_sample.screen, KyojuScreen), seconds=60)
        assert len(app_on_sample.store_open.snapshot) > 50
        app_on_sample.store_open.close()


@pytest.fixture
def app_on_sample(make_app: MakeApp, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> KyojuApp:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    app = make_app(None)
    app.today = lambda: date(2026, 11, 23)
    return app

from __future__ import annotations

import pytest

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.screens import SCREENS
from tests.ui.at_work import at_rest
from tests.ui.conftest import SIZES, MakeApp
from tests.ui.screen_text import english_words, screen_text


def test_english_is_found_and_names_of_keys_are_not() -> None:
    assert english_words("Ctrl+S 記録  Search…  No matches found") == ["Search", "No", "matches", "found"]
    assert english_words("entries/jutaku/20261123-7k3q9 hanako@city.example.jp F12 K101 2026") == []


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_no_screen_speaks_english(app: KyojuApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size, notifications=True) as pilot:
        for name, entry in SCREENS.items():
            app.go_to(name)
            await at_rest(pilot)
            assert entry.label in screen_text(app)
            assert english_words(screen_text(app)) == [], name
            await pilot.press("f1")
            await pilot.pause()
            assert english_words(screen_text(app)) == [], (name, "f1")
            await pilot.press("escape")
        for key in ("ctrl+p", "ctrl+o"):
            await pilot.press(key)
            await pilot.pause()
            assert english_words(screen_text(app)) == [], key
            await pilot.press("escape")


async def test_the_first_start_speaks_no_english(make_app: MakeApp) -> None:
    app = make_app(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert english_words(screen_text(app)) == []


async def test_no_line_is_wider_than_the_screen_and_the_footer_fits(app: KyojuApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        for name in SCREENS:
            app.go_to(name)
            await pilot.pause()
            lines = screen_text(app).split("\n")
            assert len(lines) == 24, name
            assert lines[-1].startswith(" F1 説明") and lines[-1].endswith("Ctrl+Q 終了"), name

from __future__ import annotations

from tests.ui.conftest import MakeApp
from tests.ui.screen_text import english_words, screen_text


def test_english_is_found_and_names_of_keys_are_not() -> None:
    assert english_words("Ctrl+S 記録  Search…  No matches found") == ["Search", "No", "matches", "found"]
    assert english_words("entries/jutaku/20261123-7k3q9 hanako@city.example.jp F12 K101 2026") == []


async def test_the_first_start_speaks_no_english(make_app: MakeApp) -> None:
    app = make_app(None)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert english_words(screen_text(app)) == []

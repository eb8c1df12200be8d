"""Every screen of the register at three sizes, empty and filled: as its text snapshot has it, and in Japanese.

`RENEW_SCREENS=1` writes new snapshots; look at them.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.commands import COMMANDS
from kyoju_tui.ui.screens import SCREENS
from kyoju_tui.workspace.new_store.demo import make_demo
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, same_screen
from tests.ui.conftest import SIZES, TODAY, MakeApp
from tests.ui.screen_text import english_words, screen_text
from tests.ui.small_store import AUTHOR, MUNICIPALITY

# An entry's own words may hold a term that has no Japanese spelling.
_TERMS = frozenset({"qr"})


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which nothing is recorded but its name."""
    return init_store(tmp_path_factory.mktemp("empty") / "store", MUNICIPALITY, None, author=AUTHOR, environ={})


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The fictional city, as it stands on the day of the tests."""
    return make_demo(tmp_path_factory.mktemp("filled") / "store", TODAY)


@pytest.fixture(params=["empty", "filled"])
def shown(request: pytest.FixtureRequest, make_app: MakeApp) -> Iterator[tuple[str, KyojuApp]]:
    """The app on either store, with the word for which."""
    word = str(request.param)
    workspace = Workspace.open(Path(request.getfixturevalue(word)), author=AUTHOR, environ={})
    yield word, make_app(workspace)
    workspace.close()


# The middle size with every run, the others with the whole tasks.
_RUNS = [
    pytest.param(size, id=f"{size[0]}x{size[1]}", marks=() if size == (100, 30) else pytest.mark.walk) for size in SIZES
]


@pytest.mark.parametrize("size", _RUNS)
async def test_every_screen_is_as_it_was_looked_at(shown: tuple[str, KyojuApp], size: tuple[int, int]) -> None:
    word, app = shown
    async with app.run_test(size=size, notifications=True) as pilot:
        await at_rest(pilot)
        for name, entry in SCREENS.items():
            app.go_to(name)
            await at_rest(pilot)
            text = screen_text(app)
            assert entry.label in text
            assert english_words(text, allowed=_TERMS) == [], name
            lines = text.split("\n")
            assert len(lines) == size[1], name
            assert lines[-1].startswith(" F1 説明") and lines[-1].endswith("Ctrl+Q 終了"), name
            same_screen(app, f"every/{name}-{word}-{size[0]}x{size[1]}")


def test_what_help_and_palette_say_of_screens_and_commands_is_japanese() -> None:
    said = [text for entry in SCREENS.values() for text in (entry.label, entry.help)]
    said += [text for command in COMMANDS.values() for text in (command.label, command.help, command.group)]
    # The git term may stand beside our word.
    git_terms = frozenset({"fetch", "merge", "push", "revert"})
    assert [text for text in said if english_words(text, allowed=git_terms)] == []


async def test_the_windows_over_a_screen_speak_no_english(app: KyojuApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        await at_rest(pilot)
        for key in ("f1", "ctrl+p", "ctrl+o"):
            await pilot.press(key)
            await pilot.pause()
            assert english_words(screen_text(app)) == [], key
            await pilot.press("escape")

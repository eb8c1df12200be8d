from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.preferences import Preferences, preferences_path, read_preferences
from kyoju_tui.ui.themes import LIGHT, PLAIN, STANDARD, choose
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.conftest import TODAY
from tests.ui.trial_screen import TrialScreen


def test_without_a_file_nothing_is_chosen(tmp_path: Path) -> None:
    assert read_preferences(tmp_path / "screen.toml") == Preferences(path=tmp_path / "screen.toml")


def test_choices_are_read_and_mistakes_are_named(tmp_path: Path) -> None:
    path = tmp_path / "screen.toml"
    path.write_text('theme = "派手"\nfirst_screen = "findings"\n[keys]\nsearch = "ctrl+f"\nnothing = "f4"\nedit = 3\n')
    read = read_preferences(path)
    assert (read.theme, read.first_screen, dict(read.keys)) == ("", "findings", {"search": "ctrl+f"})
    assert len(read.faults) == 3
    assert read.keymap() == {"search": "ctrl+f,/,／"}


@pytest.mark.parametrize("content", [b"theme = ", b"\xff\xfe", b"keys = 3\n"])
def test_a_broken_file_never_stops_the_start(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "screen.toml"
    path.write_bytes(content)
    assert read_preferences(path).theme == ""


def test_a_chosen_theme_is_kept_with_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "kyoju-tui" / "screen.toml"
    Preferences(first_screen="findings", keys={"search": "ctrl+f"}, path=path).choosing(theme="明るい")
    assert read_preferences(path) == Preferences("明るい", "findings", {"search": "ctrl+f"}, (), path)


def test_the_file_lies_in_the_user_s_configuration(tmp_path: Path) -> None:
    assert preferences_path({"XDG_CONFIG_HOME": str(tmp_path)}) == tmp_path / "kyoju-tui" / "screen.toml"


@pytest.mark.parametrize(
    "wanted,environ,theme",
    [
        ("", {"TERM": "xterm-256color"}, STANDARD),
        ("", {"TERM": "xterm"}, PLAIN),
        ("", {"TERM": "xterm", "COLORTERM": "truecolor"}, STANDARD),
        ("", {"TERM": "xterm-256color", "NO_COLOR": "1"}, PLAIN),
        ("明るい", {"TERM": "xterm"}, LIGHT),
        ("簡素", {"TERM": "xterm-256color"}, PLAIN),
    ],
)
def test_the_theme_suits_the_terminal(wanted: str, environ: dict[str, str], theme: object) -> None:
    assert choose(wanted, environ) is theme


async def test_a_changed_key_works_and_its_letters_stay(workspace: Workspace, tmp_path: Path, trial: KyojuApp) -> None:
    del trial  # registers the trial screen
    preferences = Preferences(first_screen="trial", keys={"search": "ctrl+f"})
    app = KyojuApp(workspace, start=tmp_path, today=lambda: TODAY, environ={}, preferences=preferences)
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, TrialScreen)
        for key, moves in (("f3", False), ("ctrl+f", True), ("／", True)):
            app.screen.query_one("#table").focus()
            await pilot.press(key)
            assert (app.focused is app.screen.query_one("#line")) == moves, key


async def test_colours_and_first_screen_are_chosen_in_the_palette(trial: KyojuApp, tmp_path: Path) -> None:
    trial.preferences = Preferences(first_screen="trial", path=tmp_path / "screen.toml")
    async with trial.run_test() as pilot:
        for query in ("配色 明るい", "この画面から始める"):
            await pilot.press("ctrl+p")
            trial.screen.query_one(LineInput).value = query
            await pilot.pause()
            await pilot.press("enter")
            await pilot.pause()
    assert trial.theme == LIGHT.name
    assert read_preferences(tmp_path / "screen.toml").theme == "明るい"
    assert read_preferences(tmp_path / "screen.toml").first_screen == "trial"

"""A user's home of its own, a small real store, the app on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.preferences import Preferences
from kyoju_tui.ui.screens import SCREENS
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.small_store import AUTHOR, make_small_store
from tests.ui.trial_screen import ENTRY

TODAY = date(2026, 11, 23)
SIZES = ((80, 24), (100, 30), (160, 45))

MakeApp = Callable[[Workspace | None], KyojuApp]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any settings, and nothing of the surroundings that changes what is shown."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in tuple(os.environ):
        if name.startswith(("GIT_", "KYOJU_", "XDG_")) or name in ("NO_COLOR", "COLORTERM"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("TERM", "xterm-256color")
    return folder


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small store, made once; tests work on copies."""
    return make_small_store(tmp_path_factory.mktemp("town") / "store")


@pytest.fixture
def store(town: Path, tmp_path: Path) -> Path:
    """A copy of the small store that a test may change."""
    return shutil.copytree(town, tmp_path / "store")


@pytest.fixture
def workspace(store: Path) -> Iterator[Workspace]:
    """The store, open, with an author."""
    opened = Workspace.open(store, author=AUTHOR, environ={})
    yield opened
    opened.close()


@pytest.fixture
def make_app(tmp_path: Path) -> MakeApp:
    """The app on a workspace (or on none), on the day of the tests."""

    def make(workspace: Workspace | None) -> KyojuApp:
        return KyojuApp(workspace, start=tmp_path, today=lambda: TODAY, environ={"TERM": "xterm-256color"})

    return make


@pytest.fixture
def app(workspace: Workspace, make_app: MakeApp) -> KyojuApp:
    """The app on the small store."""
    return make_app(workspace)


@pytest.fixture
def trial(monkeypatch: pytest.MonkeyPatch, workspace: Workspace, tmp_path: Path) -> KyojuApp:
    """The app on the small store with the trial screen in sight."""
    monkeypatch.setitem(SCREENS, "trial", ENTRY)
    preferences = Preferences(first_screen="trial")
    return KyojuApp(workspace, start=tmp_path, today=lambda: TODAY, environ={}, preferences=preferences)

"""The small store in a real terminal."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.terminal.terminal import Terminal, kyoju_command
from tests.ui.small_store import AUTHOR, make_small_store

Open = Callable[..., Terminal]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any settings."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in tuple(os.environ):
        if name.startswith(("GIT_", "KYOJU_", "XDG_")) or name in ("NO_COLOR", "COLORTERM"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def environ(home: Path) -> dict[str, str]:
    """What a login over SSH has."""
    return {"HOME": str(home), "PATH": os.environ["PATH"], "TERM": "xterm-256color", "LANG": "C.UTF-8"}


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small store, made once; tests work on copies."""
    return make_small_store(tmp_path_factory.mktemp("town") / "store")


@pytest.fixture
def store(town: Path, tmp_path: Path) -> Path:
    """A copy of the small store that a test may change."""
    return shutil.copytree(town, tmp_path / "store")


@pytest.fixture
def open_terminal(environ: dict[str, str], tmp_path: Path) -> Iterator[Open]:
    """Open a store in a terminal: `open_terminal(store, columns=80, lines=24)`; closed at the test's end."""
    with ExitStack() as stack:

        def start(
            store: Path | None,
            *,
            author: str = AUTHOR,
            columns: int = 80,
            lines: int = 24,
            ambiguous: int = 1,
            more: dict[str, str] | None = None,
        ) -> Terminal:
            return stack.enter_context(
                Terminal(
                    kyoju_command(store, author),
                    columns=columns,
                    lines=lines,
                    environ=environ | (more or {}),
                    cwd=tmp_path,
                    ambiguous=ambiguous,
                )
            )

        yield start

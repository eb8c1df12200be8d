"""A sshd, a small store, and logins into it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.ssh.server import Server, missing
from tests.terminal.terminal import Terminal, kyoju_command
from tests.ui.small_store import AUTHOR, make_small_store

Login = Callable[..., Terminal]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home without any settings."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in tuple(os.environ):
        if name.startswith(("GIT_", "KYOJU_", "XDG_", "SSH_")) or name in ("NO_COLOR", "COLORTERM"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
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
def server(tmp_path: Path, home: Path) -> Iterator[Server]:
    """The sshd; every login has the test's home."""
    lacking = missing()
    if lacking:
        pytest.skip(f"no sshd: {lacking}")
    environ = {"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(Path.cwd())}
    with Server(tmp_path / "sshd", environ) as running:
        yield running


@pytest.fixture
def login(server: Server, tmp_path: Path) -> Iterator[Login]:
    """Log in and open a store on the screen: `login(store, author=…)`; closed at the test's end."""
    with ExitStack() as stack:

        def start(store: Path, *, author: str = AUTHOR, columns: int = 80, lines: int = 24) -> Terminal:
            return stack.enter_context(
                Terminal(
                    server.command(kyoju_command(store, author)),
                    columns=columns,
                    lines=lines,
                    environ={"PATH": os.environ["PATH"], "TERM": "xterm-256color", "HOME": str(tmp_path / "home")},
                    cwd=tmp_path,
                )
            )

        yield start

"""Real repositories for the tests of `kyoju_tui.history`, and a git of their own to prepare them with."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kyoju_tui.history import commits
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author

Git = Callable[..., str]
"""Run plain git in a folder: `git(folder, "add", ".")` returns its output; a failure is an error of the test."""

RECORD = "entries/korei/20261123-7k3q9.toml"
TEXT = 'title = "見守り訪問"\nkind = "取組"\n'


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's home without any settings, and no `GIT_*` from whoever runs the tests."""
    folder = tmp_path / "home"
    folder.mkdir()
    for name in tuple(os.environ):
        if name.startswith(("GIT_", "KYOJU_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / ".config"))
    return folder


@pytest.fixture
def git(home: Path) -> Git:
    """Plain git as an administrator would run it, with an identity of its own."""

    def run(folder: Path, *arguments: str, data: bytes | None = None, ok: tuple[int, ...] = (0,)) -> str:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        environment |= {"HOME": str(home), "LC_ALL": "C.UTF-8"}
        who = ("-c", "user.name=管理者", "-c", "user.email=admin@example.jp")
        finished = subprocess.run(
            ["git", *who, "-C", str(folder), *arguments],
            input=data,
            capture_output=True,
            env=environment,
            check=False,
        )
        assert finished.returncode in ok, finished.stderr.decode()
        return finished.stdout.decode()

    return run


@pytest.fixture
def author() -> Author:
    return Author("山田 花子", "hanako@city.example.jp")


@pytest.fixture
def repository(tmp_path: Path, author: Author) -> Repository:
    """A store at the top of its own repository, with one record in one commit."""
    made = commits.init(tmp_path / "保管 場所")
    write(made, RECORD, TEXT)
    commits.commit_paths(made, [RECORD], [RECORD], "最初の記録\n", author)
    return made


@pytest.fixture
def inner(tmp_path: Path, git: Git) -> Repository:
    """A store in a folder of somebody else's repository, which holds a file of its own."""
    top = tmp_path / "other"
    store = top / "docs" / "store"
    (store / RECORD).parent.mkdir(parents=True)
    (store / RECORD).write_text(TEXT, encoding="utf-8")
    (top / "foreign.txt").write_text("1\n")
    git(top.parent, "init", "-q", "-b", "main", "other")
    git(top, "add", ".")
    git(top, "commit", "-q", "-m", "theirs")
    return Repository.discover(store)


def write(repository: Repository, path: str, text: str) -> None:
    """Write a file of the store."""
    file = repository.store / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def program(file: Path, *lines: str) -> Path:
    """Make an executable shell script."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(("#!/bin/sh", *lines, "")), encoding="utf-8")
    file.chmod(0o755)
    return file

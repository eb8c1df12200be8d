"""Real repositories for the tests of `kyoju_tui.history`."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.history import commits
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from tests.conftest import Git

RECORD = "entries/korei/20261123-7k3q9.toml"
TEXT = 'title = "見守り訪問"\nkind = "取組"\n'


@pytest.fixture
def author() -> Author:
    return Author("住宅課 担当", "jutaku@city.example.jp")


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

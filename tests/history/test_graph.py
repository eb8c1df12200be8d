"""The changed-path filters: written beside everything else, believed by git, missed by nobody."""

from __future__ import annotations

import os
import subprocess
import threading
from pathlib import Path

import pytest

from kyoju_tui.history import commits, graph, log
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from tests.conftest import Git
from tests.history.conftest import RECORD, write

OTHER = "entries/korei/20261123-other.toml"


def many(repository: Repository, count: int) -> None:
    """So many commits, by another program; the record changes in every hundredth."""
    lines: list[str] = []
    for number in range(count):
        path = RECORD if number % 100 == 0 else OTHER
        lines += [
            f"commit refs/heads/main\ncommitter x <x@example.jp> {1_700_000_000 + number} +0900",
            f"data 1\n{number % 10}",
            *([f"from {commits.head(repository)}"] if number == 0 else []),
            f"M 100644 inline {path}\ndata {len(str(number))}\n{number}\n",
        ]
    data = ("\n".join(lines) + "\n").encode()
    subprocess.run(["git", "-C", str(repository.top), "fast-import", "--quiet"], input=data, check=True)


def chain(repository: Repository) -> Path:
    return repository.common_dir / "objects" / "info" / "commit-graphs" / "commit-graph-chain"


def wait_until_idle() -> None:
    for thread in threading.enumerate():
        if thread.name == "kyoju-graph":
            thread.join(60)


def test_written_when_many_commits_came_and_what_is_read_stays_the_same(repository: Repository, git: Git) -> None:
    assert not graph.is_due(repository)
    graph.write_when_due(repository)
    wait_until_idle()
    assert not chain(repository).exists()
    many(repository, graph.BEHIND)
    assert graph.is_due(repository)
    start = commits.head(repository) or ""
    before = log.of_files(repository, start, [RECORD])
    graph.write_when_due(repository)
    wait_until_idle()
    assert chain(repository).exists()
    assert not graph.is_due(repository)
    layers = [
        chain(repository).with_name(f"graph-{line}.graph").read_bytes()
        for line in chain(repository).read_text().split()
    ]
    # The chunk of the filters.
    assert any(b"BDAT" in layer for layer in layers)
    assert log.of_files(repository, start, [RECORD]) == before
    assert len(before) == graph.BEHIND // 100 + 1
    git(repository.top, "commit-graph", "verify")


def test_a_save_in_the_meantime_waits_for_nothing(repository: Repository, author: Author) -> None:
    many(repository, graph.BEHIND)
    lock = chain(repository).with_name("commit-graph-chain.lock")
    lock.parent.mkdir(parents=True)
    lock.touch()
    # Somebody else is writing them, or was killed at it.
    assert graph.write(repository) is False
    graph.write_when_due(repository)
    write(repository, RECORD, "x = 1\n")
    made = commits.commit_paths(repository, [RECORD], [RECORD], "記録\n", author)
    wait_until_idle()
    assert commits.head(repository) == made
    assert log.of_files(repository, made, [RECORD])[0].commit == made


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_on_a_disk_that_cannot_be_written_nothing_happens(repository: Repository) -> None:
    many(repository, graph.BEHIND)
    info = repository.common_dir / "objects" / "info"
    info.mkdir(exist_ok=True)
    info.chmod(0o500)
    try:
        assert graph.write(repository) is False
        graph.write_when_due(repository)
        wait_until_idle()
    finally:
        info.chmod(0o700)


def test_where_no_folder_can_be_made_nothing_happens(repository: Repository) -> None:
    many(repository, graph.BEHIND)
    # A file where the folder would be: what a disk that refuses looks like, for every user.
    chain(repository).parent.parent.mkdir(exist_ok=True)
    chain(repository).parent.write_text("")
    assert graph.write(repository) is False
    graph.write_when_due(repository)
    wait_until_idle()
    assert log.commits(repository, limit=1)


def test_a_repository_without_any_commit(repository: Repository, git: Git) -> None:
    git(repository.top, "switch", "-q", "--orphan", "empty")
    assert not graph.is_due(repository)


def test_a_repository_that_is_gone_is_no_error_of_anybody(repository: Repository) -> None:
    repository.top.rename(repository.top.with_name("away"))
    graph.write_when_due(repository)
    wait_until_idle()


def test_one_save_in_many_looks_after_them(repository: Repository) -> None:
    many(repository, graph.BEHIND)
    for _ in range(200):
        assert not chain(repository).exists()
        graph.note_save(repository)
    wait_until_idle()
    assert chain(repository).exists()

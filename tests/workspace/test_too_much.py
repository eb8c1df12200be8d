"""A remote that holds more than any store: refused in words, within bounds of time and memory, and nothing changes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from kyoju_tui.history import bearable
from kyoju_tui.records.errors import Refused
from kyoju_tui.workspace.sync import syncing
from tests.conftest import STAFF
from tests.history.conftest import program as script
from tests.workspace.clones import Clone, bare, git
from tests.workspace.conftest import VISITS

pytestmark = pytest.mark.heavy

WORDS = "保管場所としては多すぎる（大きすぎる）ため、受信していません"


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    return bare(tmp_path / "remote.git")


@pytest.fixture
def here(root: Path, remote: Path) -> Generator[Clone]:
    opened = Clone(root, STAFF)
    syncing.set_remote(opened.workspace, str(remote))
    opened.sync()
    yield opened
    opened.workspace.close()


def plumb(remote: Path, *arguments: str, data: bytes = b"") -> str:
    who = ("-c", "user.name=管理者", "-c", "user.email=admin@example.jp")
    command = ["git", *who, "--git-dir", str(remote), *arguments]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode().strip()


def push(remote: Path, *entries: str) -> None:
    """Let the branch go on to a tree that has these lines of `ls-tree` too."""
    lines = [*plumb(remote, "ls-tree", "main").splitlines(), *entries]
    tree = plumb(remote, "mktree", data="".join(f"{line}\n" for line in lines).encode())
    plumb(remote, "update-ref", "refs/heads/main", plumb(remote, "commit-tree", tree, "-p", "main", "-m", "変更"))


def refused(here: Clone, words: str = WORDS) -> Refused:
    head, known = git(here.root, "rev-parse", "HEAD"), git(here.root, "rev-parse", "origin/main")
    started = time.monotonic()
    with pytest.raises(Refused, match=words) as error:
        here.sync(patience=15.0)
    assert time.monotonic() - started < 20
    assert git(here.root, "rev-parse", "HEAD") == head
    assert git(here.root, "status", "--porcelain") == ""
    assert not list((here.root / ".git/objects/pack").glob("tmp_*"))
    assert syncing.standing(here.workspace).trouble == error.value.message
    # One's own work goes on, and what was known of the remote is not what it has now.
    here.put(VISITS, direction="続ける", note=known)
    return error.value


@pytest.mark.parametrize(("levels", "detail"), [(5, "1000"), (9, "10000000"), (70, "71 deep")])
def test_a_few_folders_that_name_any_number_of_files(here: Clone, remote: Path, levels: int, detail: str) -> None:
    kind, made = "100644 blob", plumb(remote, "hash-object", "-w", "--stdin", data=b"x")
    lines = [f"100644 blob {made}\tone"]
    for _ in range(levels):
        made = plumb(remote, "mktree", data="".join(f"{kind} {made}\t{n}\n" for n in range(10)).encode())
        kind = "040000 tree"
    push(remote, f"{kind} {made}\tmany", *lines)
    assert detail in refused(here).detail


def test_one_file_under_many_names(here: Clone, remote: Path) -> None:
    blob = plumb(remote, "hash-object", "-w", "--stdin", data=bytes(64 * 1024**2))
    push(remote, *(f"100644 blob {blob}\tlarge{number}" for number in range(17)))
    assert "bytes to write" in refused(here).detail


def test_many_files_that_are_large_together(here: Clone, remote: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bearable, "LARGEST_SUM", 50_000)
    blobs = [plumb(remote, "hash-object", "-w", "--stdin", data=bytes([n]) * 20_000) for n in range(3)]
    push(remote, *(f"100644 blob {blob}\tlarge{number}" for number, blob in enumerate(blobs)))
    assert "60000 bytes in new files" in refused(here).detail


@pytest.mark.parametrize(("bound", "value"), [("MOST_OBJECTS", 100), ("LARGEST_SUM", 50_000)])
def test_what_never_ends_is_given_up_while_it_comes(
    here: Clone, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, value: int
) -> None:
    blobs = [plumb(remote, "hash-object", "-w", "--stdin", data=os.urandom(2_000)) for _ in range(120)]
    push(remote, *(f"100644 blob {blob}\tnoise{number}" for number, blob in enumerate(blobs)))
    # Most of it comes, the end never does.
    slow = (
        "import os, time\nleft = 100000\nwhile left > 0:\n"
        "    data = os.read(0, min(left, 4096))\n    os.write(1, data)\n    left -= len(data)\ntime.sleep(99)\n"
    )
    (tmp_path / "slow.py").write_text(slow)
    ssh = script(tmp_path / "ssh", f"git upload-pack {remote} | {sys.executable} {tmp_path / 'slow.py'}")
    monkeypatch.setenv("GIT_SSH_COMMAND", str(ssh))
    monkeypatch.setattr(bearable, bound, value)
    git(here.root, "config", "remote.origin.url", "ssh://server/store.git")
    assert ("objects" if bound == "MOST_OBJECTS" else "a pack of") in refused(here).detail

"""What a save refuses: each time nothing is written, and what was typed is in a draft."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import (
    GitTimeout,
    GitUnavailable,
    HostileConfig,
    KyojuError,
    NewerFormat,
    NotARepository,
    RepositoryState,
)
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import VISITS

Arrange = Callable[[Path, Git], None]


def merging(root: Path, git: Git) -> None:
    git(root, "switch", "-qc", "other")
    (root / VISITS.path).write_text((root / VISITS.path).read_text().replace("見守り", "声かけ"))
    git(root, "commit", "-qam", "other")
    git(root, "switch", "-q", "main")
    (root / VISITS.path).write_text((root / VISITS.path).read_text().replace("見守り", "安心"))
    git(root, "commit", "-qam", "main")
    git(root, "merge", "other", ok=(1,))
    git(root, "checkout", "--ours", ".")


def detached(root: Path, git: Git) -> None:
    git(root, "checkout", "-q", "--detach")


def bisecting(root: Path, git: Git) -> None:
    git(root, "bisect", "start", "HEAD", "HEAD^")


def hostile(root: Path, git: Git) -> None:
    git(root, "config", "core.sshCommand", "touch canary")


def not_a_repository(root: Path, git: Git) -> None:
    git(root, "status")
    (root / ".git").rename(root.parent / "git-away")


def newer(root: Path, git: Git) -> None:
    file = root / "store.toml"
    file.write_text(file.read_text().replace("format = 1", "format = 2"))
    git(root, "commit", "-qam", "newer")


@pytest.mark.parametrize(
    ("arrange", "error"),
    [
        (merging, RepositoryState),
        (detached, RepositoryState),
        (bisecting, RepositoryState),
        (hostile, HostileConfig),
        (not_a_repository, NotARepository),
        (newer, NewerFormat),
    ],
)
def test_a_store_that_is_not_fit_is_read_and_not_written(
    root: Path, git: Git, arrange: Arrange, error: type[KyojuError]
) -> None:
    arrange(root, git)
    before = (root / VISITS.path).read_bytes()

    workspace = Workspace.open(root, author=STAFF)
    record = workspace.snapshot.expect(VISITS, Entry)
    with pytest.raises(error) as caught:
        workspace.save(VISITS, record.but(direction="広げる")).result()

    assert caught.value.message.endswith("。")
    assert caught.value.cure
    assert (root / VISITS.path).read_bytes() == before
    draft = workspace.drafts.get(VISITS)
    assert draft is not None
    assert draft.plain["direction"] == "広げる"
    workspace.close()


def test_consent_to_the_repositorys_settings_is_asked_for_once(root: Path, git: Git) -> None:
    hostile(root, git)
    workspace = Workspace.open(root, author=STAFF)
    assert isinstance(workspace.read_only, HostileConfig)
    workspace.consent()
    assert workspace.read_only is None
    workspace.save(VISITS, workspace.snapshot.expect(VISITS, Entry).but(direction="広げる")).result()
    workspace.close()

    again = Workspace.open(root, author=STAFF)
    assert again.read_only is None
    git(root, "config", "core.sshCommand", "touch another")
    assert isinstance(Workspace.open(root, author=STAFF).read_only, HostileConfig)
    again.close()


def fake_git(folder: Path, script: str) -> str:
    """A PATH on which `git` is a script that may call the real one as `$GIT`."""
    folder.mkdir()
    program = folder / "git"
    program.write_text(f"#!/bin/sh\nGIT={shutil.which('git')}\n{script}\n")
    program.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def test_a_commit_that_fails_leaves_files_and_index_as_they_were(
    root: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'for a in "$@"; do [ "$a" = commit ] && { echo "error: disk" >&2; exit 1; }; done; exec "$GIT" "$@"'
    monkeypatch.setenv("PATH", fake_git(tmp_path / "bin", script))
    workspace = Workspace.open(root, author=STAFF)
    record = workspace.snapshot.expect(VISITS, Entry)

    with pytest.raises(KyojuError):
        workspace.save(VISITS, record.but(direction="広げる")).result()
    with pytest.raises(KyojuError):
        workspace.save("entries/korei/20261123-zzzzz", record.but(title="新しい取組")).result()

    assert git(root, "status", "--porcelain") == ""
    assert workspace.unfinished_saves == 0
    assert {draft.ref for draft in workspace.drafts.all()} == {VISITS, "entries/korei/20261123-zzzzz"}
    workspace.close()


def test_a_git_that_does_not_answer_is_ended_and_the_text_kept(
    root: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'for a in "$@"; do [ "$a" = commit ] && exec sleep 600; done; exec "$GIT" "$@"'
    monkeypatch.setenv("PATH", fake_git(tmp_path / "bin", script))
    monkeypatch.setattr("kyoju_tui.history.commits.TIMEOUT", 0.5)
    workspace = Workspace.open(root, author=STAFF)
    record = workspace.snapshot.expect(VISITS, Entry)

    with pytest.raises(GitTimeout):
        workspace.save(VISITS, record.but(direction="広げる")).result()

    assert git(root, "status", "--porcelain") == ""
    assert workspace.drafts.get(VISITS) is not None
    workspace.close()


def test_without_git_the_store_is_read(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    workspace = Workspace.open(root, author=STAFF)
    assert isinstance(workspace.read_only, GitUnavailable)
    assert VISITS in workspace.snapshot
    workspace.close()


FULL_DISK = """
import resource, sys
from pathlib import Path
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.workspace.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]), author=sys.argv[2])
record = workspace.snapshot.expect(sys.argv[3], Entry)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    workspace.save(sys.argv[3], record.but(direction="広げる")).result()
except KyojuError as error:
    print(error.message, error.cure)
"""


def test_where_nothing_can_be_written_the_error_says_that_the_draft_is_not_kept_either(root: Path, git: Git) -> None:
    finished = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(root), STAFF, VISITS],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
        check=False,
    )
    assert "何も変えていません" in finished.stdout, finished.stderr
    assert "下書きを保存できませんでした" in finished.stdout
    assert git(root, "status", "--porcelain") == ""

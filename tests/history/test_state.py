"""Repository states in which nothing is saved, and left-over locks."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kyoju_tui.history import commits, state
from kyoju_tui.history.git import Repository
from kyoju_tui.history.identity import Author
from kyoju_tui.records import errors
from tests.conftest import Git
from tests.history.conftest import RECORD, TEXT, write


@pytest.fixture
def divided(repository: Repository, git: Git, author: Author) -> Repository:
    """`main` and `side` have changed the same line."""
    top = repository.top
    git(top, "branch", "side")
    write(repository, RECORD, TEXT.replace("見守り", "甲"))
    commits.commit_paths(repository, [RECORD], [], "main\n", author)
    git(top, "switch", "-q", "side")
    write(repository, RECORD, TEXT.replace("見守り", "乙"))
    commits.commit_paths(repository, [RECORD], [], "side\n", author)
    git(top, "switch", "-q", "main")
    return repository


def stop_am(git: Git, top: Path) -> None:
    patch = git(top, "format-patch", "-1", "--stdout", "side")
    git(top, "am", "-q", data=patch.encode(), ok=(128,))


States = dict[str, tuple[Callable[[Git, Path], object], str]]
STATES: States = {
    "merge": (lambda git, top: git(top, "merge", "-q", "side", ok=(1,)), "git merge --abort"),
    "rebase": (lambda git, top: git(top, "rebase", "-q", "side", ok=(1,)), "git rebase --abort"),
    "rebase-apply": (lambda git, top: git(top, "rebase", "-q", "--apply", "side", ok=(1, 128)), "git rebase --abort"),
    "am": (stop_am, "git am --abort"),
    "cherry-pick": (lambda git, top: git(top, "cherry-pick", "side", ok=(1,)), "git cherry-pick --abort"),
    "cherry-pick of several": (
        lambda git, top: (
            git(top, "commit", "-q", "--allow-empty", "-m", "x"),
            git(top, "cherry-pick", "side", "side~1", ok=(1,)),
            git(top, "checkout", "-q", "--ours", "."),
            git(top, "add", "."),
            git(top, "commit", "-q", "--allow-empty", "-m", "y"),
        ),
        "git cherry-pick --abort",
    ),
    "revert": (lambda git, top: git(top, "revert", "--no-edit", "HEAD~1", ok=(1,)), "git revert --abort"),
    "bisect": (lambda git, top: git(top, "bisect", "start"), "git bisect reset"),
    "detached": (lambda git, top: git(top, "checkout", "-q", "--detach"), "git switch main"),
}


@pytest.mark.parametrize("name", STATES)
def test_every_unfinished_state_is_named_and_refused(divided: Repository, git: Git, name: str) -> None:
    state.require_writable(divided)
    begin, way_out = STATES[name]
    begin(git, divided.top)
    with pytest.raises(errors.RepositoryState) as caught:
        state.require_writable(divided)
    assert caught.value.exit_code == 3
    assert "失われていません" in caught.value.message
    assert way_out in caught.value.cure


def test_a_rebase_in_one_worktree_leaves_the_other_free(divided: Repository, tmp_path: Path, git: Git) -> None:
    git(divided.top, "worktree", "add", "-q", "-b", "third", str(tmp_path / "third"), "side")
    third = Repository.discover(tmp_path / "third")
    git(third.top, "rebase", "-q", "main", ok=(1,))
    with pytest.raises(errors.RepositoryState):
        state.require_writable(third)
    state.require_writable(divided)
    git(divided.top, "bisect", "start")
    git(third.top, "rebase", "--abort")
    state.require_writable(third)


def test_a_branch_without_commits_is_fit(tmp_path: Path) -> None:
    made = commits.init(tmp_path / "new")
    state.require_writable(made)
    assert state.branch(made) == "refs/heads/main"


def test_an_unreadable_head_is_refused(repository: Repository) -> None:
    (repository.git_dir / "HEAD").unlink()
    with pytest.raises(errors.RepositoryState):
        state.branch(repository)


@pytest.mark.parametrize("where", ["index.lock", "HEAD.lock", "refs/heads/main.lock"])
def test_a_lock_is_refused_and_removed_only_when_it_is_left_over(
    repository: Repository, where: str, author: Author
) -> None:
    lock = repository.git_dir / where
    lock.write_bytes(b"")
    with pytest.raises(errors.RepositoryState) as caught:
        state.require_writable(repository)
    assert str(lock) in caught.value.cure
    with pytest.raises(errors.RepositoryState):
        state.remove_stale_lock(repository)
    assert lock.exists()
    long_ago(lock)
    assert state.remove_stale_lock(repository) == (lock,)
    write(repository, RECORD, TEXT + "# 2\n")
    commits.commit_paths(repository, [RECORD], [], "続き\n", author)


def test_no_lock_nothing_to_remove(repository: Repository) -> None:
    assert state.remove_stale_lock(repository) == ()


def test_a_worktrees_lock_is_its_own(repository: Repository, tmp_path: Path, git: Git) -> None:
    git(repository.top, "worktree", "add", "-q", "-b", "second", str(tmp_path / "second"))
    second = Repository.discover(tmp_path / "second")
    (second.git_dir / "index.lock").write_bytes(b"")
    state.require_writable(repository)
    with pytest.raises(errors.RepositoryState):
        state.require_writable(second)
    (second.git_dir / "index.lock").unlink()
    (repository.common_dir / "refs/heads/second.lock").write_bytes(b"")
    assert state.locks(second) == (repository.common_dir / "refs/heads/second.lock",)


def test_an_old_lock_that_a_process_holds_open_stays(repository: Repository) -> None:
    lock = repository.git_dir / "index.lock"
    command = ["sh", "-c", f"exec 9>'{lock}'; echo ready; read x"]
    holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"ready\n"
        long_ago(lock)
        with pytest.raises(errors.RepositoryState) as caught:
            state.remove_stale_lock(repository)
        assert str(holder.pid) in caught.value.detail
        assert lock.exists()
    finally:
        holder.communicate(b"\n")
    assert state.remove_stale_lock(repository) == (lock,)


def test_an_old_lock_stays_while_a_git_waits_for_its_editor(repository: Repository) -> None:
    """git has closed the lock by then, but means to come back to it."""
    write(repository, RECORD, TEXT + "# x\n")
    waiting = subprocess.Popen(
        [
            *("git", "-C", str(repository.top), "-c", "user.name=x", "-c", "user.email=x@x"),
            *("-c", "core.editor=echo ready; read x; false #", "commit", "--only", RECORD),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert waiting.stdout is not None
        assert waiting.stdout.readline() == b"ready\n"
        long_ago(repository.git_dir / "index.lock")
        with pytest.raises(errors.RepositoryState) as caught:
            state.remove_stale_lock(repository)
        assert str(waiting.pid) in caught.value.detail
    finally:
        waiting.communicate(b"\n")
    assert state.locks(repository) == ()


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_a_lock_that_is_no_file_is_left_to_people(repository: Repository, tmp_path: Path, kind: str) -> None:
    lock = repository.git_dir / "index.lock"
    if kind == "link":
        lock.symlink_to(tmp_path / "nowhere")
    else:
        lock.mkdir()
        long_ago(lock)
    with pytest.raises(errors.RepositoryState):
        state.require_writable(repository)
    with pytest.raises(errors.RepositoryState) as caught:
        state.remove_stale_lock(repository)
    assert "no regular file" in caught.value.detail


def long_ago(lock: Path) -> None:
    os.utime(lock, (time.time() - 60, time.time() - 60))

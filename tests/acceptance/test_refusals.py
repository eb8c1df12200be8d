"""What stops a save: refused with the way out, nothing written, and what was typed is kept as a draft."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.acceptance.conftest import Open
from tests.acceptance.seen import CTRL_Q, CTRL_S, F4
from tests.conftest import Git, Program

REF = "entries/jutaku/20260728-0249q"
TYPED = "窓口を土曜日にも開く"

Arrange = Callable[[Path, Git, Path], dict[str, str]]
"""Spoil the surroundings of a store, given git and an empty folder; what comes back is put into the environment."""


def nobody(_store: Path, _git: Git, _aside: Path) -> dict[str, str]:
    return {"KYOJU_USER": ""}


def no_git(_store: Path, _git: Git, aside: Path) -> dict[str, str]:
    return {"PATH": str(aside)}


def no_repository(store: Path, _git: Git, aside: Path) -> dict[str, str]:
    (store / ".git").rename(aside / "git")
    return {}


def read_only(store: Path, _git: Git, _aside: Path) -> dict[str, str]:
    # Root may write anywhere, but not where a file stands for a folder.
    shutil.rmtree(store / ".git/kyoju", ignore_errors=True)
    (store / ".git/kyoju").write_text("")
    return {}


def merging(store: Path, git: Git, _aside: Path) -> dict[str, str]:
    (store / ".git/MERGE_HEAD").write_text(git(store, "rev-parse", "HEAD"))
    return {}


def rebasing(store: Path, _git: Git, _aside: Path) -> dict[str, str]:
    (store / ".git/rebase-merge").mkdir()
    return {}


def hostile(store: Path, git: Git, aside: Path) -> dict[str, str]:
    git(store, "config", "core.fsmonitor", f"touch {aside}/ran")
    git(store, "config", "core.hooksPath", str(aside))
    return {}


def signing(_store: Path, _git: Git, aside: Path) -> dict[str, str]:
    gpg = aside / "gpg"
    gpg.write_text("#!/bin/sh\necho 'gpg: signing failed: No secret key' >&2\nexit 2\n")
    gpg.chmod(0o755)
    config = aside / "gitconfig"
    config.write_text(f"[commit]\n\tgpgsign = true\n[gpg]\n\tprogram = {gpg}\n")
    return {"GIT_CONFIG_GLOBAL": str(config)}


CASES: dict[str, tuple[Arrange, str, str]] = {
    "no identity": (nobody, "no-identity", "--as"),
    "no git": (no_git, "git-unavailable", "git"),
    "not a repository": (no_repository, "not-a-repository", "init"),
    "a place that cannot be written": (read_only, "read-only", "権限"),
    "a merge in progress": (merging, "repository-state", "git"),
    "a rebase in progress": (rebasing, "repository-state", "git"),
    "hostile settings": (hostile, "hostile-config", "管理者"),
    "a signature that fails": (signing, "git-failed", "署名"),
}


def kept(store: Path, home: Path) -> list[str]:
    """The drafts, wherever they lie."""
    found = [*(store / ".git").rglob("*.draft.toml"), *home.rglob("*.draft.toml")]
    return [path.read_text(encoding="utf-8") for path in found]


@pytest.mark.parametrize("name", CASES)
def test_a_save_is_refused_with_the_way_out(
    program: Program, store: Path, git: Git, home: Path, tmp_path: Path, name: str
) -> None:
    arrange, code, cure = CASES[name]
    file = store / f"{REF}.toml"
    before = file.read_bytes()
    commit = git(store, "rev-parse", "HEAD")
    aside = tmp_path / "aside"
    aside.mkdir()
    environment = arrange(store, git, aside)

    finished = program("--store", store, "set", REF, f"direction={TYPED}", "--json", **environment)

    assert (finished.returncode, finished.stderr) == (3, ""), finished.stdout
    error = json.loads(finished.stdout)["error"]
    assert error["code"] == code, error
    assert error["message"].endswith("。")
    assert cure in error["cure"], error
    assert file.read_bytes() == before
    if (store / ".git").exists() and name != "hostile settings":
        assert git(store, "rev-parse", "HEAD") == commit
        assert git(store, "status", "--porcelain") == ""
    assert not (aside / "ran").exists()
    assert any(TYPED in draft for draft in kept(store, home))
    # Reading goes on.
    assert program("--store", store, "show", REF, **environment).returncode == 0


def test_while_git_hangs_the_keys_are_answered_and_the_text_is_in_a_draft(
    store: Path, open_terminal: Open, tmp_path: Path, home: Path
) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    git = programs / "git"
    hangs = f'for a in "$@"; do [ "$a" = commit ] && exec sleep 5; done\nexec {shutil.which("git")} "$@"'
    git.write_text(f"#!/bin/sh\n{hangs}\n")
    git.chmod(0o755)
    terminal = open_terminal("--store", store, PATH=f"{programs}:{os.environ['PATH']}")
    terminal.wait_for("記入なし9")
    terminal.type(F4)
    terminal.wait_for("件名")
    terminal.type(TYPED)
    terminal.wait_for(TYPED)
    terminal.type(CTRL_S)
    terminal.wait_for("保存中")
    terminal.type(CTRL_Q)
    terminal.wait_for("記録していない入力があります", seconds=2)
    assert "保存中" in terminal.text
    assert any(TYPED in draft for draft in kept(store, home))

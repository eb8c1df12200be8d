"""`check` and `fmt --check`: nothing to say about the sample, everything about a spoilt store; neither writes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from kyoju_tui.files.layout import sample_path
from tests.acceptance.test_bad_input import CASES
from tests.conftest import Git, Program

Trace = dict[str, tuple[int, int, int, int]]


def trace(root: Path) -> Trace:
    """Inode, size and times of everything in a folder, git's own files too."""
    found = {path: path.lstat() for path in [root, *root.rglob("*")]}
    return {str(path): (at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns) for path, at in found.items()}


@pytest.mark.parametrize("command", ["check", "fmt --check", "check --json"])
def test_the_sample_as_it_is_shipped_is_sound(program: Program, tmp_path: Path, command: str) -> None:
    shipped = shutil.copytree(sample_path(), tmp_path / "shipped")
    before = trace(shipped)
    finished = program("--store", shipped, *command.split())
    assert (finished.returncode, finished.stderr) == (0, "")
    assert trace(shipped) == before


@pytest.mark.parametrize("command", ["check", "fmt --check"])
def test_the_sample_in_git_is_sound(program: Program, store: Path, git: Git, command: str) -> None:
    before = trace(store)
    finished = program("--store", store, *command.split())
    assert (finished.returncode, finished.stderr) == (0, "")
    assert trace(store) == before
    assert git(store, "status", "--porcelain") == ""


def test_every_problem_of_every_file_in_one_run_and_nothing_written(program: Program, store: Path, git: Git) -> None:
    for case in CASES.values():
        case.spoil(store)
    status = git(store, "status", "--porcelain", "-uall")
    before = trace(store)

    finished = program("--store", store, "check", "--json")
    assert (finished.returncode, finished.stderr) == (1, "")
    found = {(each["path"], each["code"]) for each in json.loads(finished.stdout)["problems"]}
    assert {(case.path, case.code) for case in CASES.values()} <= found
    for_people = program("--store", store, "check")
    assert (for_people.returncode, for_people.stderr) == (1, "")
    places = [line.partition(": ")[0] for line in for_people.stdout.splitlines()]
    assert all(any(place.startswith(f"{case.path}:") for place in places) for case in CASES.values())

    assert trace(store) == before
    assert git(store, "status", "--porcelain", "-uall") == status

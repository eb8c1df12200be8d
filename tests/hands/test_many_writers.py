"""Eight people on one working copy, each a process: nothing lost, nothing foreign, nothing overwritten unseen.

`KYOJU_SAVES=1000 pytest -m heavy tests/hands` asks for more saves of each.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import initiative, root

__all__ = ["root"]

WRITERS = 8
SAVES = int(os.environ.get("KYOJU_SAVES", "250"))
PROJECT = Path(__file__).parents[2]
# Different fields of one record, a line of text each.
FIELDS = ("outline", "target_group", "direction", "plan", "section", "extension", "difficulties", "note")

pytestmark = pytest.mark.heavy


@dataclass(frozen=True)
class Try:
    """One try of a writer to save, as it told of it."""

    seen: str | None
    wrote: str
    commit: str | None
    seconds: float
    merged: bool
    kept: bool


def at_once(root: Path, tasks: Sequence[tuple[Ref, str]], saves: int) -> list[list[Try]]:
    """Let a writer for each record and field save so often, all beginning together; what each of them told."""
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.hands.writer", root, ref, field, str(number), str(saves)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1"},
        )
        for number, (ref, field) in enumerate(tasks)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    outputs = [process.communicate(timeout=1200)[0] for process in running]
    assert [process.returncode for process in running] == [0] * len(running)
    return [[Try(**json.loads(line)) for line in out.splitlines()] for out in outputs]


def slowest(told: Sequence[Sequence[Try]]) -> str:
    """Each writer's slowest and middle save in seconds, for whoever runs this to see."""
    return "　".join(
        f"{max(times):.2f}/{sorted(times)[len(times) // 2]:.2f}"
        for times in ([each.seconds for each in own] for own in told)
    )


def commits_since(git: Git, root: Path, before: str) -> list[str]:
    """The commits since one, oldest first."""
    return git(root, "rev-list", "--reverse", f"{before}..HEAD").split()


def values_of(git: Git, root: Path, ref: Ref, commits: Sequence[str], field: str) -> list[str | None]:
    """What a field held after each of the commits."""
    asked = "".join(f"{commit}:{ref.path}\n" for commit in commits).encode()
    out = git(root, "cat-file", "--batch", data=asked)
    found: list[str | None] = []
    for blob in out.split(" blob ")[1:]:
        line = next((line for line in blob.splitlines() if line.startswith(f"{field} = ")), None)
        found.append(None if line is None else line.partition(" = ")[2].strip('"'))
    return found


def sound(git: Git, root: Path) -> None:
    """git finds nothing wrong, nothing unrecorded, nothing left behind."""
    git(root, "fsck", "--strict")
    assert git(root, "status", "--porcelain") == ""
    assert not list((root / ".git").rglob("*.lock"))
    assert not list((root / ".git/kyoju").rglob("*.journal*"))


@pytest.mark.timeout(1500)
def test_eight_writers_of_own_records_lose_nothing(root: Path, git: Git) -> None:
    refs = [Ref(f"entries/jutaku/20261101-w000{number}") for number in range(WRITERS)]
    workspace = Workspace.open(root, author=STAFF)
    workspace.batch([Put(ref, initiative(ref.id), Base(ref, None)) for ref in refs], action="create").result()
    workspace.close()
    before = git(root, "rev-parse", "HEAD").strip()
    told = at_once(root, [(ref, "outline") for ref in refs], SAVES)
    made = commits_since(git, root, before)
    assert len(made) == WRITERS * SAVES
    # Every acknowledged save is in HEAD, once, and holds its own file alone.
    acknowledged = [each.commit for own in told for each in own]
    assert Counter(acknowledged) == Counter(made)
    touched = git(root, "log", "--format=%H", "--name-only", f"{before}..HEAD").split()
    by_commit = dict(zip(touched[::2], touched[1::2], strict=True))
    for ref, own in zip(refs, told, strict=True):
        assert {by_commit[str(each.commit)] for each in own} == {ref.path}
        commits = [str(each.commit) for each in own]
        assert values_of(git, root, ref, commits, "outline") == [each.wrote for each in own]
    sound(git, root)
    print(f"\n{len(made)} saves; slowest/middle of each writer in seconds: {slowest(told)}")


@pytest.mark.timeout(1500)
def test_eight_writers_of_different_fields_of_one_record_are_all_kept(root: Path, git: Git) -> None:
    ref = Ref("entries/jutaku/20261101-bbbbb")
    before = git(root, "rev-parse", "HEAD").strip()
    saves = max(1, SAVES // 10)
    told = at_once(root, [(ref, field) for field in FIELDS], saves)
    made = commits_since(git, root, before)
    assert Counter(each.commit for own in told for each in own) == Counter(made)
    assert len(made) == WRITERS * saves
    assert any(each.merged for own in told for each in own)
    workspace = Workspace.open(root)
    entry = workspace.snapshot.expect(ref, Entry)
    workspace.close()
    assert [getattr(entry, field) for field in FIELDS] == [own[-1].wrote for own in told]
    for field, own in zip(FIELDS, told, strict=True):
        values = values_of(git, root, ref, made, field)
        # Every value was there, in its order, until its own writer wrote the next.
        held = [
            value for number, value in enumerate(values) if value is not None and values[number - 1 : number] != [value]
        ]
        assert held == [each.wrote for each in own]
    sound(git, root)
    print(f"\n{len(made)} saves; slowest/middle of each writer in seconds: {slowest(told)}")


@pytest.mark.timeout(1500)
def test_of_eight_writers_of_one_field_each_sees_what_it_replaces(root: Path, git: Git) -> None:
    ref = Ref("entries/jutaku/20261101-bbbbb")
    before = git(root, "rev-parse", "HEAD").strip()
    saves = max(1, SAVES // 10)
    told = at_once(root, [(ref, "outline")] * WRITERS, saves)
    made = commits_since(git, root, before)
    saved = {each.commit: each for own in told for each in own if each.commit is not None}
    assert sorted(map(str, saved)) == sorted(made)
    assert len(made) == WRITERS * saves
    # What a save replaced is what its writer had seen: nobody's text went unseen.
    values = values_of(git, root, ref, made, "outline")
    assert [saved[commit].wrote for commit in made] == values
    assert [saved[commit].seen for commit in made] == [None, *values[:-1]]
    # Who came second was told so each time, and kept what was typed.
    clashes = [each for own in told for each in own if each.commit is None]
    assert clashes
    assert all(each.kept for each in clashes)
    sound(git, root)
    print(f"\n{len(made)} saves, {len(clashes)} clashes; slowest/middle in seconds: {slowest(told)}")

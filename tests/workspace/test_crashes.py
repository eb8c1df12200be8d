"""A saving program that is killed at each of its calls of git: records are old or new, and the next save goes on."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kyoju_tui.files.tree import Tree, read_tree
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import HOUSES, VISITS, initiative

SCRIPT = """
import os, signal, sys
from datetime import date
from pathlib import Path
import kyoju_tui.history.process as process
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.workspace import Workspace
root, author, act, last, when = Path(sys.argv[1]), *sys.argv[2:4], int(sys.argv[4]), sys.argv[5]
workspace = Workspace.open(root, author=author)
assert workspace.read_only is None
real, calls = process._run, 0
def run(*arguments):
    global calls
    calls += 1
    if calls == last and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    finished = real(*arguments)
    if calls == last:
        os.kill(os.getpid(), signal.SIGKILL)
    return finished
process._run = run
visits, houses = "entries/korei/20261101-aaaaa", "entries/jutaku/20261101-bbbbb"
entry = workspace.snapshot.expect(visits, Entry)
new = Ref("entries/korei/20261102-ccccc")
if act == "save":
    workspace.save(visits, entry.but(status="取組中")).result()
elif act == "new":
    workspace.batch([Put(new, entry.but(title="新しい訪問"), Base(new, None))], action="create").result()
elif act == "delete":
    workspace.delete(visits).result()
elif act == "move":
    workspace.move(houses, "korei").result()
else:
    refs = [Ref(f"entries/jutaku/20261103-ddd{number:02}") for number in range(20)]
    changes = [Put(ref, entry.but(title=f"取組{ref[-2:]}"), Base(ref, None)) for ref in refs]
    workspace.batch([Put(Ref(visits), entry.but(status="取組中"), workspace.base(visits)), *changes], action="import").result()
print("acknowledged", flush=True)
workspace.close()
"""


def killed(root: Path, act: str, last: int, when: str) -> bool:
    """Whether a program that does this in the store was killed at its call of git with this number."""
    finished = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(root), STAFF, act, str(last), when], capture_output=True, check=False
    )
    if finished.returncode == 0:
        assert b"acknowledged" in finished.stdout
        return False
    assert finished.returncode == -signal.SIGKILL, finished.stderr.decode()
    return True


def contents(root: Path) -> dict[str, bytes]:
    tree: Tree = read_tree(root)
    assert not tree.broken
    return {str(ref): data for ref, data in tree.data.items()}


@pytest.mark.parametrize("act", ["save", "new", "delete", "move", "batch"])
def test_killed_at_any_call_of_git_the_store_is_as_before_or_after(
    root: Path, tmp_path: Path, git: Git, act: str
) -> None:
    before = contents(root)
    done = tmp_path / "done"
    shutil.copytree(root, done)
    assert not killed(done, act, 99, "before")
    after = contents(done)
    assert before != after

    points = 0
    for last in range(1, 9):
        for when in ("before", "after"):
            copy = tmp_path / f"{last}-{when}"
            shutil.copytree(root, copy)
            if not killed(copy, act, last, when):
                continue
            points += 1
            seen = contents(copy)
            assert all(data in (before.get(ref), after.get(ref)) for ref, data in seen.items())

            colleague = Workspace.open(copy, author="高齢福祉課 担当 <korei@example.jp>")
            colleague.save("entries/korei/20261104-eeeee", initiative("あとの取組")).result()
            colleague.close()

            now = contents(copy)
            del now["entries/korei/20261104-eeeee"]
            assert now in (before, after), (act, last, when)
            assert colleague.unfinished_saves == 0
            assert git(copy, "status", "--porcelain") == ""
            git(copy, "fsck", "--strict")
            authors = git(copy, "log", "-2", "--format=%ae").split()
            assert authors == ["korei@example.jp", "jutaku@example.jp"]
            files = git(copy, "show", "--format=", "--name-only").split()
            assert files == ["entries/korei/20261104-eeeee.toml"]
    assert points >= 6

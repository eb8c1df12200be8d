"""A saving program that is killed at each of its calls of git: records are old or new, and the next save goes on."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kyoju_tui.files.tree import read_tree
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import HOUSES, VISITS, initiative

CALLS = 5
LATER = "entries/korei/20261104-eeeee"

# One process that stays alive, and a child of it for each copy of the store, killed before or after one call of git.
SCRIPT = """
import json, os, signal, sys
from pathlib import Path
import kyoju_tui.history.process as process
import kyoju_tui.workspace.saving.writer
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.workspace import Workspace

visits, houses, new = (Ref(ref) for ref in sys.argv[4:7])

def save(workspace, act):
    entry = workspace.snapshot.expect(visits, Entry)
    if act == "save":
        return workspace.save(visits, entry.but(status="取組中"))
    if act == "new":
        return workspace.batch([Put(new, entry.but(title="新しい訪問"), Base(new, None))], action="create")
    if act == "delete":
        return workspace.delete(visits)
    if act == "move":
        return workspace.move(houses, "korei")
    refs = [Ref(f"entries/jutaku/20261103-ddd{number:02}") for number in range(20)]
    changes = [Put(ref, entry.but(title=f"取組{ref[-2:]}"), Base(ref, None)) for ref in refs]
    changes.append(Put(visits, entry.but(status="取組中"), workspace.base(visits)))
    return workspace.batch(changes, action="import")

def child(root, last, when):
    workspace = Workspace.open(root, author=sys.argv[2])
    assert workspace.read_only is None
    real, calls = process._run, 0
    def run(*arguments):
        nonlocal calls
        calls += 1
        if calls == last and when == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        finished = real(*arguments)
        if calls == last and when == "after":
            os.kill(os.getpid(), signal.SIGKILL)
        return finished
    process._run = run
    save(workspace, sys.argv[3]).result()
    workspace.close()
    os._exit(0)

ended = {}
for root in sorted(Path(sys.argv[1]).iterdir()):
    last, when = root.name.split("-")
    number = os.fork()
    if not number:
        child(root, int(last), when)
    ended[root.name] = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
print(json.dumps(ended))
"""


def contents(root: Path) -> dict[str, bytes]:
    tree = read_tree(root)
    assert not tree.broken
    return {ref: data for ref, data in tree.data.items() if ref != LATER}


@pytest.mark.heavy
@pytest.mark.parametrize(("act", "least"), [("save", 5), ("new", 7), ("delete", 5), ("move", 7), ("batch", 7)])
def test_killed_at_any_call_of_git_the_store_is_as_before_or_after(
    root: Path, tmp_path: Path, git: Git, act: str, least: int
) -> None:
    copies = tmp_path / "copies"
    points = [f"{call}-{when}" for call in range(1, CALLS + 1) for when in ("before", "after")]
    for point in points:
        shutil.copytree(root, copies / point)

    arguments = [copies, STAFF, act, VISITS, HOUSES, "entries/korei/20261102-ccccc"]
    finished = subprocess.run([sys.executable, "-c", SCRIPT, *arguments], capture_output=True, check=False)
    assert finished.returncode == 0, finished.stderr.decode()
    ended: dict[str, int] = json.loads(finished.stdout)

    assert set(ended.values()) == {0, -9}
    assert sum(code == -9 for code in ended.values()) >= least
    before, after = contents(root), contents(copies / points[-1])
    assert before != after
    for point in points:
        store = copies / point
        assert all(data in (before.get(ref), after.get(ref)) for ref, data in contents(store).items())

        colleague = Workspace.open(store, author="高齢福祉課 担当 <korei@example.jp>")
        colleague.save(LATER, initiative("あとの取組")).result()
        colleague.close()

        # Once the journal was written the save is finished; before, nothing of it is there.
        acknowledged = ended[point] == 0
        assert contents(store) in ([after] if acknowledged else [before, after]), point
        assert colleague.unfinished_saves == 0
        assert git(store, "status", "--porcelain") == ""
        git(store, "fsck", "--strict")
        saves = git(store, "log", "-2", "--format=%ae").split()
        assert saves == ["korei@example.jp", "jutaku@example.jp"]
        assert git(store, "show", "--format=", "--name-only").split() == [f"{LATER}.toml"]

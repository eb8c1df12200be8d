"""Several processes on one working copy: nothing lost, nothing of anybody else's in a commit, changes noticed."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.requests import Base, Changed, Put
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import Git, Program
from tests.workspace.conftest import VISITS, initiative

WRITERS, SAVES = 8, 15

SCRIPT = """
import sys
from pathlib import Path
from kyoju_tui.records.entry import Entry
from kyoju_tui.workspace.workspace import Workspace
root, ref, saves = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
workspace = Workspace.open(root, author=f"{ref[-5:]} <{ref[-5:]}@example.jp>")
for number in range(1, saves + 1):
    workspace.save(ref, workspace.snapshot.expect(ref, Entry).but(budget_thousand_yen=number)).result()
workspace.close()
"""


def test_eight_writers_on_their_own_records_lose_nothing(workspace: Workspace, root: Path, git: Git) -> None:
    refs = [Ref(f"entries/jutaku/20261120-wwww{number}") for number in range(WRITERS)]
    changes = [Put(ref, initiative(f"取組{ref[-1]}"), Base(ref, None)) for ref in refs]
    workspace.batch(changes, action="import").result()
    before = git(root, "rev-parse", "HEAD").strip()

    writers = [
        subprocess.Popen([sys.executable, "-c", SCRIPT, str(root), ref, str(SAVES)], stderr=subprocess.PIPE)
        for ref in refs
    ]
    for writer in writers:
        _, said = writer.communicate(timeout=120)
        assert writer.returncode == 0, said.decode()

    commits = git(root, "log", "--format=%H", f"{before}..HEAD").split()
    assert len(commits) == WRITERS * SAVES
    for commit in commits:
        author, *files = git(root, "show", "--format=%an", "--name-only", commit).split()
        assert files == [f"entries/jutaku/20261120-{author}.toml"]
    for ref in refs:
        assert f"budget_thousand_yen = {SAVES}" in git(root, "show", f"HEAD:{ref.path}")
    assert git(root, "status", "--porcelain") == ""
    git(root, "fsck", "--strict")


def test_another_process_is_noticed_within_a_second(workspace: Workspace, root: Path, program: Program) -> None:
    noticed = threading.Event()
    at: list[float] = []

    def listen(changed: Changed) -> None:
        if VISITS in changed.refs:
            at.append(time.time())
            noticed.set()

    workspace.subscribe(listen)
    workspace.watch()
    finished = program("--store", root, "set", VISITS, "status=取組中")
    assert finished.returncode == 0, finished.stderr
    assert noticed.wait(5)
    written = (root / VISITS.path).stat().st_mtime
    assert at[0] - written < 1.0
    assert workspace.snapshot.expect(VISITS, Entry).status == "取組中"


def test_a_first_record_of_a_kind_is_noticed_too(workspace: Workspace, root: Path, program: Program) -> None:
    noticed = threading.Event()
    workspace.subscribe(lambda changed: noticed.set() if any(ref.top == "areas" for ref in changed.refs) else None)
    workspace.watch()
    finished = program("--store", root, "new", "area", "name=星波ヶ丘", "reading=ほしなみがおか")
    assert finished.returncode == 0, finished.stderr
    assert noticed.wait(5)

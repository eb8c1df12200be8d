"""An exchange that is killed: every file is old or new, nothing is lost, and the next one goes on."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from pathlib import Path

import pytest

from kyoju_tui.files.tree import read_tree
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.sync import syncing
from kyoju_tui.workspace.sync.receipts import HandEdited, pending
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF
from tests.workspace.clones import Clone, bare, clone, git
from tests.workspace.conftest import HOUSES, VISITS, initiative

COLLEAGUE = "高齢福祉課 担当 <korei@example.jp>"
MANY = [Ref(f"entries/jutaku/20261103-ddd{number:02}") for number in range(30)]
CALLS = 24

# One process that stays alive, and a child of it for each copy, killed before or after one of its runs of git.
SCRIPT = """
import json, os, signal, sys
from pathlib import Path
import kyoju_tui.history.process as process
import kyoju_tui.workspace.sync.syncing as syncing
import kyoju_tui.files.lossless, git.cmd
from kyoju_tui.workspace.workspace import Workspace

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
    syncing.sync(workspace, told=lambda step: None)
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
ONE = """
import sys
from pathlib import Path
import kyoju_tui.workspace.sync.syncing as syncing
from kyoju_tui.workspace.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]), author=sys.argv[2])
print("ready", flush=True)
syncing.sync(workspace, told=lambda step: print(step.words, flush=True))
workspace.close()
"""


@pytest.fixture
def apart(root: Path, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[tuple[Path, Clone]]:
    """A remote and a copy of its store, both with changes, some in the same records: a copy of what was made once."""
    shelf = tmp_path_factory.getbasetemp() / "shelf" / "apart"
    if not shelf.exists():
        _make(shelf, root)
    folder = Path(shutil.copytree(shelf, tmp_path / "apart"))
    git(folder / "town", "config", "remote.origin.url", str(folder / "remote.git"))
    here = Clone(folder / "town", STAFF)
    yield folder / "remote.git", here
    here.workspace.close()


def _make(folder: Path, root: Path) -> None:
    folder.mkdir(parents=True)
    here = Clone(Path(shutil.copytree(root, folder / "town")), STAFF)
    puts = [Put(ref, initiative(f"取組{ref[-2:]}"), Base(ref, None)) for ref in MANY]
    here.workspace.batch(puts, action="import").result()
    remote = bare(folder / "remote.git")
    syncing.set_remote(here.workspace, str(remote))
    here.sync()
    there = clone(remote, folder / "there", COLLEAGUE)
    change(there, {"status": "取組中"}, MANY[:20])
    there.workspace.delete(MANY[25]).result()
    there.workspace.move(MANY[26], "korei").result()
    there.sync()
    there.workspace.close()
    change(here, {"direction": "広げる"}, MANY[10:24])
    here.workspace.close()


def change(at: Clone, fields: dict[str, object], refs: list[Ref]) -> None:
    records = at.workspace.snapshot.entries
    puts = [Put(ref, records[ref].but(**fields), at.workspace.base(ref)) for ref in refs]
    at.workspace.batch(puts, action="update").result()


def contents(root: Path) -> dict[Ref, bytes]:
    tree = read_tree(root)
    assert not tree.broken
    return dict(tree.data)


def copy_of(here: Clone, remote: Path, folder: Path) -> Path:
    """A copy of the store with a remote of its own."""
    shutil.copytree(here.root, folder)
    shutil.copytree(remote, folder.parent.parent / "remotes" / folder.name)
    git(folder, "config", "remote.origin.url", str(folder.parent.parent / "remotes" / folder.name))
    return folder


def require_sound(store: Path, before: dict[Ref, bytes], after: dict[Ref, bytes], remote: Path) -> None:
    """Old or new file by file; then the next exchange brings everything where it belongs."""
    for ref, data in contents(store).items():
        assert data in (before.get(ref), after.get(ref)), ref
    again = Clone(store, STAFF)
    again.sync()
    assert contents(store) == after
    assert git(store, "status", "--porcelain") == ""
    git(store, "fsck", "--strict")
    assert git(remote, "rev-parse", "main") == git(store, "rev-parse", "HEAD")
    assert pending(store / ".git/kyoju/root/journal") == ()
    assert list((store / ".kyoju/tmp").iterdir()) == []
    again.workspace.close()


def finished_of(here: Clone, remote: Path, folder: Path) -> dict[Ref, bytes]:
    """What the store holds after an exchange that nobody interrupts."""
    whole = Clone(copy_of(here, remote, folder), STAFF)
    whole.sync()
    whole.workspace.close()
    return contents(whole.root)


@pytest.mark.heavy
def test_killed_before_and_after_each_run_of_git(apart: tuple[Path, Clone], tmp_path: Path) -> None:
    remote, here = apart
    before, after = contents(here.root), finished_of(here, remote, tmp_path / "whole" / "store")
    assert before != after
    points = [f"{call}-{when}" for call in range(1, CALLS + 1) for when in ("before", "after")]
    for point in points:
        copy_of(here, remote, tmp_path / "copies" / point)
    finished = subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path / "copies", STAFF], capture_output=True, check=False
    )
    assert finished.returncode == 0, finished.stderr.decode()
    ended: dict[str, int] = json.loads(finished.stdout)
    assert set(ended.values()) == {0, -9}
    assert sum(code == -9 for code in ended.values()) >= 20
    for point in points:
        require_sound(tmp_path / "copies" / point, before, after, tmp_path / "remotes" / point)


@pytest.mark.heavy
def test_killed_at_random_moments(apart: tuple[Path, Clone], tmp_path: Path) -> None:
    remote, here = apart
    before, after = contents(here.root), finished_of(here, remote, tmp_path / "whole" / "store")
    chance = random.Random(20261123)  # noqa: S311 - moments, not secrets
    killed = 0
    for number in range(25):
        store = copy_of(here, remote, tmp_path / "copies" / str(number))
        with subprocess.Popen([sys.executable, "-c", ONE, str(store), STAFF], stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
            until = time.monotonic() + chance.uniform(0.0, 0.35)
            while time.monotonic() < until and process.poll() is None:
                process.stdout.readable()
            process.kill()
            killed += process.wait() == -signal.SIGKILL
        require_sound(store, before, after, tmp_path / "remotes" / str(number))
    assert killed >= 5


@pytest.fixture
def stopped(apart: tuple[Path, Clone], tmp_path: Path) -> Path:
    """A store whose exchange was killed with its files in place and its branch where it was."""
    _, here = apart
    here.workspace.close()
    folder = tmp_path / "bin"
    folder.mkdir()
    wrapper = folder / "git"
    wrapper.write_text(
        "#!/bin/sh\n"
        'for a in "$@"; do [ "$a" = "kyoju: receive" ] && { kill -9 $PPID; exit 1; }; done\n'
        f'exec {shutil.which("git")} "$@"\n'
    )
    wrapper.chmod(0o755)
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    finished = subprocess.run(
        [sys.executable, "-c", ONE, str(here.root), STAFF], env=environment, check=False, capture_output=True
    )
    assert finished.returncode == -signal.SIGKILL, finished.stderr.decode()
    assert len(pending(here.root / ".git/kyoju/root/journal")) == 1
    return here.root


def test_the_next_save_finishes_a_receive(stopped: Path) -> None:
    colleague = Clone(stopped, COLLEAGUE)
    colleague.put(VISITS, status="取組中")
    assert git(stopped, "log", "-2", "--format=%s").splitlines()[1].startswith("受信：")
    assert git(stopped, "log", "-1", "--format=", "--name-only", "--first-parent") == VISITS.path
    assert git(stopped, "status", "--porcelain") == ""
    assert colleague.entry(MANY[0]).status == "取組中"
    colleague.workspace.close()


def test_opening_the_screens_finishes_a_receive(stopped: Path) -> None:
    workspace = Workspace.open(stopped, author=STAFF)
    workspace.watch()
    workspace.close()
    assert git(stopped, "log", "-1", "--format=%s").startswith("受信：")
    assert git(stopped, "status", "--porcelain") == ""


def test_a_receive_is_taken_back_where_a_file_was_changed_since(stopped: Path) -> None:
    before = git(stopped, "rev-parse", "HEAD")
    file = stopped / MANY[0].path
    file.write_text(file.read_text() + "# 手書き\n")
    again = Clone(stopped, STAFF)
    with pytest.raises(HandEdited) as refused:
        again.sync()
    assert refused.value.paths == (MANY[0].path,)
    assert file.read_text().endswith("# 手書き\n")
    assert git(stopped, "rev-parse", "HEAD") == before
    assert git(stopped, "status", "--porcelain") == f"M {MANY[0].path}"
    git(stopped, "checkout", "-q", "--", MANY[0].path)
    again.sync()
    assert git(stopped, "status", "--porcelain") == ""
    again.workspace.close()


def test_a_disk_that_is_full_in_the_middle_leaves_everything_as_it_was(
    apart: tuple[Path, Clone], tmp_path: Path
) -> None:
    """The files may not grow beyond a limit: the first that does fails, as on a full disk."""
    _, here = apart
    before, head = contents(here.root), git(here.root, "rev-parse", "HEAD")
    there = clone(apart[0], tmp_path / "much", COLLEAGUE)
    there.put(VISITS, note="長い備考。" * 3000)
    there.sync()
    there.workspace.close()
    limited = (
        "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000))\n" + ONE
    )
    finished = subprocess.run(
        [sys.executable, "-c", limited, str(here.root), STAFF], capture_output=True, check=False, encoding="utf-8"
    )
    assert finished.returncode == 1
    assert "Traceback" in finished.stderr
    assert "ファイルは元のままです" in finished.stderr or "GitFailed" in finished.stderr, finished.stderr
    assert contents(here.root) == before
    assert git(here.root, "rev-parse", "HEAD") == head
    assert git(here.root, "status", "--porcelain") == ""
    here.sync()
    assert here.entry(VISITS).note
    assert here.entry(HOUSES).direction is None

"""A save whose process is killed: the record is old or new, and the next one to come finishes or sets aside."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kyoju_tui.records.entry import Entry
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import VISITS

SCRIPT = """
import sys
from pathlib import Path
from kyoju_tui.records.entry import Entry
from kyoju_tui.workspace.workspace import Workspace
workspace = Workspace.open(Path(sys.argv[1]), author=sys.argv[2])
record = workspace.snapshot.expect(sys.argv[3], Entry)
workspace.save(sys.argv[3], record.but(status="取組中")).result()
"""


@pytest.fixture
def killed(root: Path, tmp_path: Path) -> Path:
    """The store after a save that was killed once its file was in place and before its commit."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "git"
    # git, in the moment of the commit, kills the program that called it: its parent.
    program.write_text(
        "#!/bin/sh\n"
        'for a in "$@"; do [ "$a" = commit ] && { kill -9 $PPID; exit 1; }; done\n'
        f'exec {shutil.which("git")} "$@"\n'
    )
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    finished = subprocess.run([sys.executable, "-c", SCRIPT, str(root), STAFF, VISITS], env=environment, check=False)
    assert finished.returncode == -signal.SIGKILL
    return root


def test_the_next_save_finishes_it(killed: Path, git: Git) -> None:
    workspace = Workspace.open(killed, author="高齢福祉課 担当 <korei@example.jp>")
    assert workspace.unfinished_saves == 1
    record = workspace.snapshot.expect(VISITS, Entry)

    workspace.save(VISITS, record.but(direction="広げる")).result()

    assert workspace.unfinished_saves == 0
    assert git(killed, "log", "-2", "--format=%an").splitlines() == ["高齢福祉課 担当", "住宅政策課 担当"]
    assert "状況: 検討中 → 取組中" in git(killed, "log", "-1", "--skip=1", "--format=%B")
    assert git(killed, "status", "--porcelain") == ""
    workspace.close()


def test_opening_the_screens_finishes_it(killed: Path, git: Git) -> None:
    workspace = Workspace.open(killed, author=STAFF)
    workspace.watch()
    workspace.close()
    assert workspace.unfinished_saves == 0
    assert git(killed, "status", "--porcelain") == ""
    assert git(killed, "log", "-1", "--format=%s").strip() == "取組「見守り訪問」を更新（高齢福祉課・高齢者）"


def test_a_file_that_somebody_changed_since_is_left_alone(killed: Path) -> None:
    file = killed / VISITS.path
    file.write_text(file.read_text().replace("見守り訪問", "あんしん訪問"))
    workspace = Workspace.open(killed, author=STAFF)
    workspace.watch()
    workspace.close()

    assert 'title = "あんしん訪問"' in file.read_text()
    draft = workspace.drafts.get(VISITS)
    assert draft is not None
    assert (draft.plain["title"], draft.plain["status"]) == ("見守り訪問", "取組中")


@pytest.mark.parametrize("name", ["0123456789abcdef.journal.json", "0123456789abcdef.receive.json"])
@pytest.mark.parametrize("what", ["pipe", "link", "deep"])
def test_what_others_put_among_the_notes_keeps_nobody_from_saving(workspace: Workspace, name: str, what: str) -> None:
    folder = workspace.root / ".git/kyoju/root/journal"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    if what == "pipe":
        os.mkfifo(path)
    elif what == "link":
        path.symlink_to("/dev/zero")
    else:
        path.write_text("[" * 100_000)
    assert workspace.unfinished_saves == 1
    workspace.save(VISITS, workspace.snapshot.expect(VISITS, Entry).but(status="取組中")).result(timeout=30)
    # It is kept for a person to look at, and not tried again.
    assert workspace.unfinished_saves == 0
    assert os.path.lexists(path.with_suffix(".unreadable"))

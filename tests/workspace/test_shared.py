"""One working copy for the users of a group, as `core.sharedRepository` says, and other places a store can lie in."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from kyoju_tui.files.layout import sample_path
from kyoju_tui.records.entry import Entry
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import HOUSES, VISITS
from tests.workspace.test_aside import begun, reworded, save_another

# As somebody else of the group, who makes nothing for the group of their own accord.
AS_ANOTHER = """
import os, sys
from pathlib import Path
import git.cmd, platformdirs, tomli_w, platformdirs.unix
import kyoju_tui.files.lossless
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.workspace import Workspace
root, ref, user = Path(sys.argv[1]), Ref(sys.argv[2]), int(sys.argv[3])
os.setgroups([])
os.setgid(4242)
os.setuid(user)
os.umask(0o022)
workspace = Workspace.open(root, author=f"{user} <{user}@example.jp>")
if workspace.read_only:
    raise workspace.read_only
workspace.save(ref, workspace.snapshot.expect(ref, Entry).but(direction=str(user))).result()
workspace.drafts.save(Draft(ref, {"title": str(user)}, None))
assert {draft.plain["title"] for draft in workspace.drafts.all()} == {str(user)}
workspace.close()
"""


@pytest.fixture
def group(root: Path, git: Git) -> Path:
    """The store, shared with a group by an administrator, before anybody of the group has used it."""
    git(root, "config", "core.sharedRepository", "group")
    subprocess.run(["rm", "-rf", root / ".git/kyoju", root / ".kyoju"], check=True)
    return root


def mode(path: Path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def test_the_group_can_lock_note_and_write_whatever_the_umask(group: Path) -> None:
    before = os.umask(0o077)
    try:
        workspace = Workspace.open(group, author=STAFF)
        noted = begun(workspace, reworded(group, HOUSES, "空き家", "空家等"), written=0)
        noted.unlink()
        workspace.drafts.save(Draft(HOUSES, {"title": "書きかけ"}, None))
        workspace.save(VISITS, workspace.snapshot.expect(VISITS, Entry).but(status="取組中")).result()
        workspace.close()
    finally:
        os.umask(before)
    state = group / ".git/kyoju"
    own = state / "root/drafts" / str(os.geteuid())
    assert [mode(path) for path in (state, state / "root", state / "root/drafts")] == ["0o2770"] * 3
    assert [mode(path) for path in (state / "lock", own, *own.iterdir())] == ["0o660", "0o2700", "0o600"]
    assert mode(group / VISITS.path) == "0o664"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can be two users")
def test_two_users_of_a_group_save_one_after_the_other(group: Path, home: Path, git: Git) -> None:
    subprocess.run(["chgrp", "-R", "4242", group], check=True)
    subprocess.run(["chmod", "-R", "g+rwX", group], check=True)
    subprocess.run(["find", group, "-type", "d", "-exec", "chmod", "g+s", "{}", "+"], check=True)
    temporary = Path(tempfile.gettempdir())
    for folder in (group, *group.parents, home):
        if temporary in folder.parents:
            folder.chmod(folder.stat().st_mode | 0o055)
    (home / ".gitconfig").write_text("[safe]\n\tdirectory = *\n")
    for user in (4343, 4444, 4343):
        arguments = [sys.executable, "-c", AS_ANOTHER, group, VISITS, str(user)]
        finished = subprocess.run(arguments, capture_output=True, text=True, check=False)
        assert finished.returncode == 0, finished.stderr
    assert git(group, "log", "-3", "--format=%an").split() == ["4343", "4444", "4343"]
    assert git(group, "status", "--porcelain") == ""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file to another user")
def test_another_users_unfinished_text_stays_with_that_user(workspace: Workspace) -> None:
    root = workspace.root
    noted = begun(workspace, reworded(root, VISITS, "見守り", "声かけ"), written=0)
    os.chown(noted, 4343, -1)
    (root / VISITS.path).write_text((root / VISITS.path).read_text().replace("見守り", "安心"))

    later = save_another(root)

    assert later.drafts.all() == ()
    assert later.unfinished_saves == 1
    os.chown(noted, os.geteuid(), -1)
    assert [draft.plain["title"] for draft in save_another(root).drafts.all()] == ["声かけ訪問"]


def test_a_store_in_a_folder_of_another_repository_saves_within_it(tmp_path: Path, git: Git) -> None:
    top = tmp_path / "office"
    subprocess.run(["cp", "-r", sample_path(), tmp_path / "sample"], check=True)
    git(tmp_path, "init", "-q", "-b", "main", "office")
    for name in ("one", "two"):
        subprocess.run(["cp", "-r", tmp_path / "sample", top / name], check=True)
    (top / "memo.txt").write_text("前からある\n")
    git(top, "add", ".")
    git(top, "commit", "-qm", "はじめ")
    (top / "memo.txt").write_text("書きかけ\n")

    one, two = (Workspace.open(top / name, author=STAFF) for name in ("one", "two"))
    ref = next(iter(one.snapshot.entries))
    noted = begun(two, reworded(top / "two", ref, "title", "# 続き\ntitle"), written=0)
    saved = one.save(ref, one.snapshot.expect(ref, Entry).but(direction="広げる")).result()

    assert git(top, "show", "--format=", "--name-only", str(saved.commit)).split() == [f"one/{ref.path}"]
    # The journal of the other store is the other store's.
    assert noted.exists()
    assert (one.unfinished_saves, two.unfinished_saves) == (0, 1)
    two.save(ref, two.snapshot.expect(ref, Entry).but(direction="続ける")).result()
    assert two.unfinished_saves == 0
    one.submit(undoing(one)).result()
    assert git(top, "status", "--porcelain") == " M memo.txt\n"
    one.close()
    two.close()


def test_a_second_working_tree_of_the_repository_saves_on_its_own_branch(workspace: Workspace, git: Git) -> None:
    git(workspace.root, "worktree", "add", "-q", "-b", "draft", "../second")
    second = Workspace.open(workspace.root.parent / "second", author=STAFF)
    begun(workspace, reworded(workspace.root, HOUSES, "空き家", "空家等"), written=0)

    saved = second.save(VISITS, second.snapshot.expect(VISITS, Entry).but(status="取組中")).result()

    assert git(workspace.root, "rev-parse", "draft").strip() == saved.commit
    assert git(second.root, "status", "--porcelain") == ""
    assert (workspace.unfinished_saves, second.unfinished_saves) == (1, 0)
    assert workspace.snapshot.expect(VISITS, Entry).status == "検討中"
    second.close()

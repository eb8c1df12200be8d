"""`doctor`: each thing that can be amiss is seen, nothing is written by looking, and mending puts it right."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kyoju_tui.history.identity import Author
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.workspace.care.doctor import checks
from kyoju_tui.workspace.care.look import Check, mend
from kyoju_tui.workspace.presence.living import Process
from kyoju_tui.workspace.presence.presence_file import Place, Session, new_name, write
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.saving import journal
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import HOUSES, VISITS

INQUIRY = Ref("inquiries/20261101-eeeee")
Spoil = Callable[[Path, Git], object]


def amiss(root: Path) -> dict[str, Check]:
    workspace = Workspace.open(root, author=STAFF)
    try:
        return {check.name: check for check in checks(workspace) if not check.ok}
    finally:
        workspace.close()


def mended(root: Path) -> dict[str, bool]:
    workspace = Workspace.open(root, author=STAFF)
    try:
        return {each.name: each.done for each in mend(checks(workspace))}
    finally:
        workspace.close()


def everything(root: Path) -> dict[str, tuple[bytes, int]]:
    """Every file with its mode, of the repository too."""
    files = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path): (path.read_bytes(), path.stat().st_mode) for path in files}


def long_ago(path: Path) -> None:
    os.utime(path, (1_700_000_000, 1_700_000_000))


def unfinished_save(root: Path, _git: Git) -> None:
    before = (root / VISITS.path).read_bytes()
    step = journal.Step(VISITS.path, before, before.replace("検討中".encode(), "取組中".encode()))
    entry = journal.Entry((step,), "取組「見守り訪問」を更新\n", Author("高齢福祉課 担当", "korei@example.jp"), None)
    journal.write(root / ".git/kyoju/root/journal", entry, shared=False)


def unreadable_save(root: Path, _git: Git) -> None:
    folder = root / ".git/kyoju/root/journal"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "0123.journal.unreadable").write_text('{"schema": 2}')


def stale_lock(name: str) -> Spoil:
    def spoil(root: Path, _git: Git) -> None:
        lock = root / ".git" / name
        lock.write_bytes(b"")
        long_ago(lock)

    return spoil


def temporary(root: Path, _git: Git) -> None:
    for path in (".kyoju/tmp/0a.tmp", ".git/kyoju/root/journal/.0a.tmp", ".git/objects/pack/tmp_pack_x"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"half")
        long_ago(root / path)


def lagging_index(root: Path, git: Git) -> None:
    (root / VISITS.path).write_text((root / VISITS.path).read_text().replace("検討中", "取組中"))
    git(root, "commit", "-qam", "手で")
    git(root, "read-tree", "HEAD~1")
    assert git(root, "status", "--porcelain").startswith("MM")


def overlooked(root: Path, git: Git) -> None:
    git(root, "update-index", "--assume-unchanged", VISITS.path)
    git(root, "update-index", "--skip-worktree", HOUSES.path)


def open_drafts(root: Path, _git: Git) -> None:
    folder = root / ".git/kyoju/root/drafts" / str(os.geteuid())
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    (folder / "x.draft.toml").write_text("")


def presence_left(root: Path, _git: Git) -> None:
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    import socket

    process = Process(int(ended.stdout), socket.gethostname(), "0-0")
    now = datetime.now(UTC)
    place = Place(root / ".git/kyoju/root/presence", False)
    write(place, new_name(), Session("だれか", process, now, {VISITS: now}))


def closed_to_the_group(root: Path, git: Git) -> None:
    git(root, "config", "core.sharedRepository", "group")
    (root / "entries/korei").chmod(0o755)
    (root / VISITS.path).chmod(0o644)


def no_rules(root: Path, git: Git) -> None:
    (root / ".gitignore").write_text("*.bak")
    (root / ".gitattributes").unlink()
    git(root, "commit", "-qam", "手で")


def broken_graph(root: Path, git: Git) -> None:
    git(root, "commit-graph", "write", "--reachable")
    file = root / ".git/objects/info/commit-graph"
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0xFF
    file.chmod(0o644)
    file.write_bytes(data)


def lost_mark(root: Path, git: Git) -> None:
    workspace = Workspace.open(root, author=STAFF)
    commit = git(root, "rev-parse", "HEAD").strip()
    compiled = [{"id": "k3q9x", "number": 1, "as_of": date(2026, 11, 20), "commit": commit}]
    record = Inquiry.model_validate(
        {"title": "照会", "issued_on": date(2026, 11, 1), "due_on": date(2026, 11, 10), "compilations": compiled}
    )
    workspace.batch([Put(INQUIRY, record, Base(INQUIRY, None))], action="update").result()
    workspace.close()


AILMENTS: dict[str, tuple[str, Spoil]] = {
    "an unfinished save": ("途中の記録", unfinished_save),
    "a journal that cannot be read": ("読めない途中の記録", unreadable_save),
    "a stale lock of the index": ("ロック", stale_lock("index.lock")),
    "a stale lock of HEAD": ("ロック", stale_lock("HEAD.lock")),
    "a stale lock of another branch": ("ロック", stale_lock("refs/heads/other.lock")),
    "a stale lock of the packed references": ("ロック", stale_lock("packed-refs.lock")),
    "temporary files": ("書きかけのファイル", temporary),
    "an index that lags": ("記録の索引", lagging_index),
    "files that git overlooks": ("見落としの印", overlooked),
    "drafts that others can read": ("下書きの権限", open_drafts),
    "presence left over": ("開いている人の表示", presence_left),
    "a shared repository closed to the group": ("共有の権限", closed_to_the_group),
    "rules that are missing": ("決まりのファイル", no_rules),
    "a broken commit-graph": ("履歴の早見表", broken_graph),
    "a compilation without its mark": ("取りまとめの印", lost_mark),
}


def test_a_sound_store_is_sound(root: Path) -> None:
    assert amiss(root) == {}
    assert mended(root) == {}


@pytest.mark.parametrize("name", AILMENTS)
def test_each_is_seen_and_mended_when_asked(root: Path, git: Git, name: str) -> None:
    what, spoil = AILMENTS[name]
    spoil(root, git)
    before = everything(root)
    found = amiss(root)
    assert what in found
    assert found[what].message
    assert found[what].cure
    assert found[what].mending
    # Looking has written nothing.
    assert everything(root) == before

    assert mended(root)[what] is True
    assert what not in amiss(root)
    git(root, "fsck", "--strict")
    assert git(root, "status", "--porcelain") == ""


def test_an_unfinished_save_is_finished_under_its_own_name(root: Path, git: Git) -> None:
    unfinished_save(root, git)
    mended(root)
    assert git(root, "log", "-1", "--format=%ae %s").strip() == "korei@example.jp 取組「見守り訪問」を更新"
    assert "取組中" in git(root, "show", f"HEAD:{VISITS.path}")


def test_a_journal_that_can_be_read_by_now_is_finished_after_all(root: Path, git: Git) -> None:
    unfinished_save(root, git)
    (entry,) = (root / ".git/kyoju/root/journal").glob("*.json")
    entry.rename(entry.with_suffix(".unreadable"))
    mended(root)
    assert amiss(root)["途中の記録"].mending
    mended(root)
    assert "取組中" in git(root, "show", f"HEAD:{VISITS.path}")


def test_what_cannot_be_read_is_kept(root: Path, git: Git) -> None:
    unreadable_save(root, git)
    mended(root)
    kept = list((root / ".git/kyoju").rglob("0123.journal.unreadable"))
    assert [json.loads(path.read_text()) for path in kept] == [{"schema": 2}]


def test_a_lock_in_use_is_told_and_left(root: Path) -> None:
    lock = root / ".git/refs/heads/other.lock"
    lock.write_bytes(b"")
    found = amiss(root)["ロック"]
    assert "使用中" in found.message
    assert found.mend is None
    assert mended(root) == {}
    assert lock.exists()


def test_what_somebody_staged_stays_staged(root: Path, git: Git) -> None:
    file = root / VISITS.path
    file.write_text(file.read_text().replace("検討中", "取組中"))
    git(root, "add", VISITS.path)
    assert [*amiss(root)] == ["直接編集"]
    mended(root)
    assert git(root, "status", "--porcelain").split() == ["M", VISITS.path]


def test_a_shallow_copy_is_told_with_the_line_to_type(root: Path, git: Git, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth=1", f"file://{root}", "copy")
    assert "git fetch --unshallow" in amiss(tmp_path / "copy")["履歴の長さ"].cure


def test_nothing_of_the_repository_is_mended_in_the_middle_of_a_merge(root: Path, git: Git) -> None:
    lagging_index(root, git)
    unfinished_save(root, git)
    (root / ".git/MERGE_HEAD").write_text(git(root, "rev-parse", "HEAD"))
    before = everything(root)
    assert mended(root) == {"途中の記録": False, "記録の索引": False}
    after = everything(root)
    after.pop(str(root / ".git/kyoju/lock"), None)
    before.pop(str(root / ".git/kyoju/lock"), None)
    assert after == before


def test_group_permissions_of_others_are_left_with_a_line_for_the_administrator(root: Path, git: Git) -> None:
    if os.geteuid():
        pytest.skip("only root gives a file to somebody else")
    git(root, "config", "core.sharedRepository", "group")
    mended(root)
    (root / VISITS.path).chmod(0o644)
    shutil.chown(root / VISITS.path, 65534)
    found = amiss(root)["共有の権限"]
    assert "chmod -R g+rwX" in found.cure
    assert found.mend is None

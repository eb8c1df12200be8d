"""Repositories whose objects are named by SHA-256 are saved into, exchanged and merged like any other."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.category import Category
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.new_store.start import new_files
from kyoju_tui.workspace.sync import syncing
from tests.conftest import STAFF
from tests.workspace.clones import Clone, bare, clone, git

COLLEAGUE = "高齢福祉課 担当 <korei@example.jp>"


def test_they_are_merged_by_field(tmp_path: Path) -> None:
    root = tmp_path / "store"
    root.mkdir()
    git(root, "init", "-q", "--object-format=sha256", "-b", "main")
    for path, data in new_files("試験市", "handbook-5").items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    git(root, "add", "-A")
    git(root, "commit", "-qm", "最初")
    remote = bare(tmp_path / "remote.git", "--object-format=sha256")
    here = Clone(root, STAFF)
    syncing.set_remote(here.workspace, str(remote))
    assert here.sync().sent == 1
    there = clone(remote, tmp_path / "there", COLLEAGUE)
    ref = Ref(f"categories/{min(here.workspace.snapshot.categories)}")
    before = here.workspace.snapshot.expect(ref, Category)
    here.workspace.save(ref, before.but(name="別の名前")).result()
    there.workspace.save(ref, before.but(order=99)).result()
    here.sync()
    done = there.sync()
    here.sync()
    assert (done.merged, len(done.commit or "")) == ((ref,), 64)
    for each in (here, there):
        category = each.workspace.snapshot.expect(ref, Category)
        assert (category.name, category.order) == ("別の名前", 99)
        assert git(each.root, "status", "--porcelain") == ""
        git(each.root, "fsck", "--strict")
        each.workspace.close()

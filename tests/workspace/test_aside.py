"""What an unfinished save leaves is finished once, or set aside: nothing twice, nothing for others, nobody blocked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kyoju_tui.files.atomic import write
from kyoju_tui.files.codec import dumps
from kyoju_tui.history.commits import head
from kyoju_tui.history.identity import parse_author
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import RepositoryState
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.saving import journal
from kyoju_tui.workspace.saving.journal import Step
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import HOUSES, VISITS, initiative
from tests.workspace.test_refusals import fake_git, merging

NEW = Ref("entries/korei/20261102-ccccc")


def folder(workspace: Workspace) -> Path:
    return workspace.repository.state_dir() / "journal"


def reworded(root: Path, ref: Ref, old: str, new: str) -> Step:
    """The step of a save that replaces a text."""
    before = (root / ref.path).read_bytes()
    return Step(ref.path, before, before.replace(old.encode(), new.encode()))


def begun(workspace: Workspace, *steps: Step, written: int) -> Path:
    """The journal of a save that ended after so many of its files were written."""
    message = "まとめて更新\n\nKyoju-Action: update\n"
    entry = journal.Entry(steps, message, parse_author(STAFF), head(workspace.repository))
    noted = journal.write(folder(workspace), entry, shared=workspace.repository.shared)
    for step in steps[:written]:
        assert step.after is not None
        write(workspace.root, step.path, step.after)
    return noted


def save_another(root: Path, author: str = "高齢福祉課 担当 <korei@example.jp>") -> Workspace:
    """What the next one to come does."""
    workspace = Workspace.open(root, author=author)
    workspace.save("entries/korei/20261104-eeeee", initiative("あとの取組")).result()
    workspace.close()
    return workspace


def steps_of_a_batch(root: Path) -> tuple[Step, Step, Step]:
    new = Step(NEW.path, None, dumps(to_plain(initiative("新しい取組"))))
    return reworded(root, VISITS, "見守り", "声かけ"), new, reworded(root, HOUSES, "空き家", "空家等")


def test_a_batch_ended_half_way_is_finished_by_the_next_one_in_its_own_commit(workspace: Workspace, git: Git) -> None:
    root = workspace.root
    begun(workspace, *steps_of_a_batch(root), written=1)
    (root / ".kyoju/tmp/0123456789abcdef.tmp").write_text("半分だけ書かれた")

    save_another(root)

    assert git(root, "log", "-2", "--format=%an: %s").splitlines() == [
        "高齢福祉課 担当: 取組「あとの取組」を追加（高齢福祉課・住まい）",
        "住宅政策課 担当: まとめて更新",
    ]
    files = git(root, "show", "--format=", "--name-only", "HEAD^").split()
    assert files == [HOUSES.path, VISITS.path, NEW.path]
    assert git(root, "status", "--porcelain") == ""
    assert list((root / ".kyoju/tmp").iterdir()) == []


def test_a_batch_that_somebody_changed_since_goes_back_whole_and_into_drafts(workspace: Workspace, git: Git) -> None:
    root = workspace.root
    begun(workspace, *steps_of_a_batch(root), written=2)
    git(root, "add", NEW.path)
    edited = (root / HOUSES.path).read_bytes() + "# 係長に確認中\n".encode()
    (root / HOUSES.path).write_bytes(edited)

    later = save_another(root, author=STAFF)

    assert 'title = "見守り訪問"' in (root / VISITS.path).read_text()
    assert not (root / NEW.path).exists()
    assert (root / HOUSES.path).read_bytes() == edited
    assert git(root, "status", "--porcelain").split() == ["M", HOUSES.path]
    assert {draft.ref: draft.plain["title"] for draft in later.drafts.all()} == {
        VISITS: "声かけ訪問",
        NEW: "新しい取組",
        HOUSES: "空家等相談窓口",
    }
    assert later.unfinished_saves == 0


@pytest.mark.parametrize("since", ["reverted", "edited", "saved"])
def test_a_save_that_was_committed_before_the_end_is_not_done_again(workspace: Workspace, git: Git, since: str) -> None:
    root = workspace.root
    noted = begun(workspace, reworded(root, VISITS, "見守り", "声かけ"), written=1)
    git(root, "commit", "-qam", "まとめて更新")
    file = root / VISITS.path
    if since == "reverted":
        git(root, "revert", "--no-edit", "HEAD")
    elif since == "edited":
        file.write_text(file.read_text().replace("声かけ", "安心"))
    else:
        file.write_text(file.read_text().replace("声かけ", "安心"))
        git(root, "commit", "-qam", "別の更新")
    now = file.read_bytes()

    later = save_another(root)

    assert file.read_bytes() == now
    assert later.drafts.all() == ()
    assert not noted.exists()


def test_a_git_ended_between_its_commit_and_its_index_leaves_nothing_staged(workspace: Workspace, git: Git) -> None:
    root = workspace.root
    begun(workspace, reworded(root, VISITS, "見守り", "声かけ"), written=1)
    index = (root / ".git/index").read_bytes()
    git(root, "commit", "-qam", "まとめて更新")
    (root / ".git/index").write_bytes(index)
    assert git(root, "status", "--porcelain").split() == ["MM", VISITS.path]

    save_another(root)
    assert git(root, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    "spoil",
    [{"schema": 2}, {"author": {"name": "", "email": "x"}}, {"author": None}, {"message": 1}, {"steps": [0]}],
    ids=["newer", "nobody", "no author", "number", "empty"],
)
def test_a_journal_that_is_none_is_kept_and_blocks_nobody(workspace: Workspace, spoil: dict[str, object]) -> None:
    noted = begun(workspace, reworded(workspace.root, VISITS, "見守り", "声かけ"), written=0)
    noted.write_text(json.dumps(json.loads(noted.read_bytes()) | spoil))

    later = save_another(workspace.root)

    assert later.unfinished_saves == 0
    assert [path.suffix for path in folder(workspace).iterdir()] == [".unreadable"]
    assert 'title = "見守り訪問"' in (workspace.root / VISITS.path).read_text()


def test_a_journal_of_something_outside_the_store_is_not_carried_out(workspace: Workspace) -> None:
    begun(workspace, Step("../outside.toml", None, b"x"), written=0)
    assert save_another(workspace.root).unfinished_saves == 0
    assert not (workspace.root.parent / "outside.toml").exists()


def test_a_file_that_became_a_link_blocks_no_other_save(workspace: Workspace, tmp_path: Path) -> None:
    root = workspace.root
    begun(workspace, reworded(root, VISITS, "見守り", "声かけ"), written=0)
    elsewhere = (root / VISITS.path).rename(tmp_path / "elsewhere.toml")
    (root / VISITS.path).symlink_to(elsewhere)

    later = save_another(root, author=STAFF)

    assert 'title = "見守り訪問"' in elsewhere.read_text()
    draft = later.drafts.get(VISITS)
    assert draft is not None
    assert draft.plain["title"] == "声かけ訪問"


def test_a_save_that_git_does_not_take_blocks_no_other_save(
    workspace: Workspace, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = workspace.root
    begun(workspace, reworded(root, VISITS, "見守り", "声かけ"), written=1)
    script = f'case " $* " in *" commit "*{VISITS.id}*) echo "fatal: no" >&2; exit 128;; esac; exec "$GIT" "$@"'
    monkeypatch.setenv("PATH", fake_git(tmp_path / "bin", script))

    later = save_another(root)

    assert later.unfinished_saves == 0
    assert git(root, "status", "--porcelain") == ""
    assert later.drafts.get(VISITS) is not None


def test_while_a_merge_is_under_way_the_journal_waits(workspace: Workspace, git: Git) -> None:
    root = workspace.root
    noted = begun(workspace, reworded(root, HOUSES, "空き家", "空家等"), written=0)
    merging(root, git)
    with pytest.raises(RepositoryState):
        save_another(root)
    assert noted.exists()

    git(root, "merge", "--abort")
    save_another(root)
    assert 'title = "空家等相談窓口"' in git(root, "show", f"HEAD:{HOUSES.path}")


def test_a_deletion_that_was_cut_short_is_finished(workspace: Workspace, git: Git) -> None:
    root = workspace.root
    before = (root / VISITS.path).read_bytes()
    begun(workspace, Step(VISITS.path, before, None), written=0)
    (root / VISITS.path).unlink()

    later = save_another(root)

    assert VISITS not in later.snapshot
    assert git(root, "status", "--porcelain") == ""
    assert git(root, "show", "--format=", "--name-status", "HEAD^").split() == ["D", VISITS.path]


def test_a_move_cut_short_and_changed_since_leaves_the_entry_where_it_was(workspace: Workspace, git: Git) -> None:
    root = workspace.root
    data = (root / VISITS.path).read_bytes()
    moved = "entries/jutaku/20261101-aaaaa.toml"
    begun(workspace, Step(moved, None, data), Step(VISITS.path, data, None), written=1)
    (root / VISITS.path).write_bytes(data + "# 手で\n".encode())

    later = save_another(root, author=STAFF)

    assert later.drafts.all() == ()
    assert not (root / moved).exists()
    assert git(root, "status", "--porcelain").split() == ["M", VISITS.path]


def test_reading_goes_on_where_an_earlier_save_cannot_be_finished(workspace: Workspace, git: Git) -> None:
    begun(workspace, reworded(workspace.root, HOUSES, "空き家", "空家等"), written=1)
    merging(workspace.root, git)
    workspace.watch()
    workspace.close()
    assert workspace.snapshot.expect(HOUSES, Entry).title == "空家等相談窓口"

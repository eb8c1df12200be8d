"""Saving while others write into the same files: by hand, with plain git, in the same moment."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import Clash, KyojuError, RepositoryState, StillReferred, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.workspace.care.formatting import unformatted
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.requests import Changed
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import HOUSES, VISITS, initiative
from tests.workspace.test_refusals import fake_git

NEW = Ref("entries/korei/20261102-ccccc")
FAILING = '*" commit "*) {} echo "error: disk" >&2; exit 128;;'


def entry(workspace: Workspace, ref: Ref = VISITS) -> Entry:
    return workspace.snapshot.expect(ref, Entry)


def failing(folder: Path, meanwhile: str) -> str:
    """A git that does something and then fails to commit."""
    return fake_git(folder, f'case " $* " in {FAILING.format(meanwhile)} esac; exec "$GIT" "$@"')


def test_what_somebody_writes_while_a_save_fails_is_not_put_back(
    workspace: Workspace, root: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", failing(tmp_path / "bin", f'echo "# 電話で確認" >> "{root / VISITS.path}";'))
    with pytest.raises(KyojuError):
        workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    assert (root / VISITS.path).read_text().endswith("# 電話で確認\n")
    assert git(root, "status", "--porcelain").split() == ["M", VISITS.path]
    assert workspace.unfinished_saves == 0


def test_a_commit_that_came_about_though_its_call_failed_is_acknowledged(
    workspace: Workspace, root: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", failing(tmp_path / "bin", '"$GIT" "$@";'))
    saved = workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    assert saved.commit == git(root, "rev-parse", "HEAD").strip()
    assert git(root, "status", "--porcelain") == ""


def test_where_git_cannot_say_whether_it_committed_the_next_save_finishes(
    workspace: Workspace, root: Path, git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = tmp_path / "silent"
    script = failing(tmp_path / "bin", f'"$GIT" "$@"; touch {silent};')
    tool = tmp_path / "bin/git"
    text = tool.read_text().replace("case", f'[ -e {silent} ] && {{ echo "fatal: no" >&2; exit 128; }}\ncase', 1)
    tool.write_text(text)
    with monkeypatch.context() as patch:
        patch.setenv("PATH", script)
        with pytest.raises(KyojuError, match="控え"):
            workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    assert workspace.unfinished_saves == 1
    assert 'status = "取組中"' in (root / VISITS.path).read_text()

    workspace.save(HOUSES, entry(workspace, HOUSES).but(direction="広げる")).result()
    assert git(root, "log", "-3", "--format=%s").splitlines()[1:] == [
        "取組「見守り訪問」を更新（高齢福祉課・高齢者）",
        "はじめの記録",
    ]
    assert git(root, "status", "--porcelain") == ""


def test_another_programs_lock_is_waited_for(workspace: Workspace, root: Path) -> None:
    lock = root / ".git/index.lock"
    lock.touch()
    ends = threading.Timer(0.2, lock.unlink)
    ends.start()
    assert workspace.save(VISITS, entry(workspace).but(status="取組中")).result().commit is not None
    ends.join()


def test_another_programs_lock_that_stays_is_left_alone(
    workspace: Workspace, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kyoju_tui.workspace.saving.working_copy._PATIENCE", 0.1)
    lock = root / ".git/index.lock"
    lock.touch()
    with pytest.raises(RepositoryState):
        workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    assert lock.exists()
    lock.unlink()


@pytest.mark.parametrize("act", ["save", "delete"])
def test_a_file_taken_out_of_the_index_by_somebody_can_be_saved(
    workspace: Workspace, root: Path, git: Git, act: str
) -> None:
    git(root, "rm", "-q", "--cached", VISITS.path)
    if act == "save":
        workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    else:
        workspace.delete(VISITS).result()
    assert git(root, "status", "--porcelain") == ""


def test_a_file_that_somebody_made_and_staged_is_recorded_before_the_save(
    workspace: Workspace, root: Path, git: Git
) -> None:
    (root / NEW.path).write_text('title = "手で作った"\nkind = "課題"\ncategories = ["koreisha"]\n')
    git(root, "add", NEW.path)
    workspace.refresh([NEW.path])
    workspace.save(NEW, entry(workspace, NEW).but(title="手で作って直した")).result()
    assert git(root, "log", "-2", "--format=%s", "--", NEW.path).splitlines() == [
        "課題「手で作って直した」を更新（高齢福祉課・高齢者）",
        f"ファイルの直接編集を記録（{NEW.path}）",
    ]
    assert git(root, "status", "--porcelain") == ""


def test_a_file_that_somebody_removed_is_not_brought_back_by_a_save(workspace: Workspace, root: Path) -> None:
    record, base = entry(workspace), workspace.base(VISITS)
    (root / VISITS.path).unlink()
    with pytest.raises(Clash):
        workspace.save(VISITS, record.but(status="取組中"), base=base).result()
    assert not (root / VISITS.path).exists()
    assert workspace.drafts.get(VISITS) is not None


def test_deleting_what_is_gone_already_records_the_deletion(workspace: Workspace, root: Path, git: Git) -> None:
    (root / VISITS.path).unlink()
    workspace.delete(VISITS).result()
    assert git(root, "show", "--format=", "--name-status").split() == ["D", VISITS.path]


def test_what_changed_is_not_deleted_moved_or_undone_unseen(workspace: Workspace, root: Path) -> None:
    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    file = root / VISITS.path
    file.write_text(file.read_text().replace("見守り", "声かけ"))
    for act in (
        lambda: workspace.delete(VISITS),
        lambda: workspace.move(VISITS, "jutaku"),
        lambda: workspace.submit(undoing(workspace)),
    ):
        with pytest.raises(Clash) as caught:
            act().result()
        assert "何も変えていません" in caught.value.message
    assert "声かけ" in file.read_text()


def test_plain_git_recorded_the_same_content_meanwhile(workspace: Workspace, root: Path, git: Git) -> None:
    record, base = entry(workspace), workspace.base(VISITS)
    file = root / VISITS.path
    file.write_text(file.read_text().replace("検討中", "取組中"))
    git(root, "commit", "-qam", "手で")
    before = git(root, "rev-parse", "HEAD")
    assert workspace.save(VISITS, record.but(status="取組中"), base=base).result().commit is None
    assert git(root, "rev-parse", "HEAD") == before


def test_a_form_that_stays_open_saves_twice(workspace: Workspace) -> None:
    first = entry(workspace).but(status="取組中")
    workspace.save(VISITS, first, base=workspace.base(VISITS)).result()
    base = workspace.base(VISITS)
    workspace.save(VISITS, first.but(status="終了"), base=base).result()
    assert entry(workspace).status == "終了"


def test_two_saves_in_the_queue_are_merged(workspace: Workspace) -> None:
    record, base = entry(workspace), workspace.base(VISITS)
    one = workspace.save(VISITS, record.but(status="取組中"), base=base)
    two = workspace.save(VISITS, record.but(status="取組中", direction="広げる"), base=base)
    assert [saved.result().commit is None for saved in (one, two)] == [False, False]
    assert (entry(workspace).status, entry(workspace).direction) == ("取組中", "広げる")


def test_formatting_a_file_edited_by_hand_records_the_edit_first(workspace: Workspace, root: Path, git: Git) -> None:
    file = root / VISITS.path
    file.write_text("\n" + file.read_text().replace("見守り", "声かけ"))
    workspace.refresh()
    workspace.batch(unformatted(workspace), action="update", subject="書式を整える").result()
    assert git(root, "log", "-2", "--format=%s").splitlines() == [
        "書式を整える",
        f"ファイルの直接編集を記録（{VISITS.path}）",
    ]
    assert unformatted(workspace) == ()


def test_undo_never_takes_back_what_was_edited_by_hand(workspace: Workspace, root: Path) -> None:
    workspace.save(HOUSES, entry(workspace, HOUSES).but(direction="広げる")).result()
    file = root / VISITS.path
    file.write_text(file.read_text().replace("見守り", "声かけ"))
    workspace.refresh()
    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()

    workspace.submit(undoing(workspace)).result()
    assert (entry(workspace).title, entry(workspace).status) == ("声かけ訪問", "検討中")
    workspace.submit(undoing(workspace)).result()
    assert entry(workspace).title == "声かけ訪問"
    assert entry(workspace, HOUSES).direction is None


def test_undo_of_a_move_keeps_those_who_name_the_entry(workspace: Workspace) -> None:
    workspace.save(NEW, initiative("つながる取組", addresses=[VISITS.id])).result()
    workspace.move(VISITS, "jutaku").result()
    workspace.submit(undoing(workspace)).result()
    assert [each.source for each in workspace.snapshot.referrers[VISITS]] == [NEW]


def test_undo_of_a_creation_that_others_refer_to_is_refused(workspace: Workspace, root: Path) -> None:
    workspace.save(NEW, initiative("新しい取組")).result()
    colleague = Workspace.open(root, author="高齢福祉課 担当 <korei@example.jp>")
    meeting = Meeting.model_validate({"title": "会議", "opinions": [{"id": "a1", "text": "よい", "refs": [NEW]}]})
    colleague.save("meetings/20261123-aaaaa", meeting).result()
    colleague.close()
    workspace.refresh()
    with pytest.raises(StillReferred):
        workspace.submit(undoing(workspace))


def test_undo_takes_a_deletion_and_a_batch_back(workspace: Workspace, root: Path) -> None:
    before = (root / VISITS.path).read_bytes()
    workspace.delete(VISITS).result()
    workspace.submit(undoing(workspace)).result()
    assert (root / VISITS.path).read_bytes() == before
    # The import with which the store began is the save before.
    workspace.submit(undoing(workspace)).result()
    assert dict(workspace.snapshot.entries) == {}


def test_undo_does_not_take_the_store_itself_away(tmp_path: Path) -> None:
    root = init_store(tmp_path / "new", "試験市", "handbook-5", author=STAFF)
    workspace = Workspace.open(root, author=STAFF)
    with pytest.raises(UnknownRef):
        workspace.submit(undoing(workspace))
    assert (root / "store.toml").exists()
    workspace.close()


def test_a_listener_that_fails_neither_fails_the_save_nor_silences_the_others(workspace: Workspace) -> None:
    heard: list[Changed] = []

    def fail(changed: Changed) -> None:
        raise RuntimeError(str(changed.refs))

    workspace.subscribe(fail)
    workspace.subscribe(heard.append)
    saved = workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    assert saved.commit is not None
    assert [changed.refs for changed in heard] == [{VISITS}]


def test_ones_own_save_is_told_once_and_as_ones_own(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A commit that takes its time: the watcher sees the file before the save has ended.
    seen = tmp_path / "seen"
    wait = f"while [ ! -e {seen} ]; do sleep 0.01; done"
    script = f'case " $* " in *" commit "*) {wait};; esac; exec "$GIT" "$@"'
    monkeypatch.setenv("PATH", fake_git(tmp_path / "bin", script))
    heard: list[Changed] = []
    told = threading.Event()

    def listen(changed: Changed) -> None:
        heard.append(changed)
        seen.touch()
        told.set()

    workspace.watch()
    workspace.subscribe(listen)
    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    assert told.wait(5)
    workspace.close()
    assert [(changed.refs, changed.own) for changed in heard] == [({VISITS}, True)]

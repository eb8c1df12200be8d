"""Files written by hand: seen whatever git's index says, told in words, recorded alone or put back with a copy kept."""

from __future__ import annotations

import os
import pwd
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import BrokenRecord, Clash, KyojuError, RepositoryState, StillReferred, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.hand_edits.listing import HandEdit, chosen, count, hand_edits, record
from kyoju_tui.workspace.hand_edits.putting_back import put_back
from kyoju_tui.workspace.hand_edits.words import NOT_TYPED
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.requests import Base, Put, PutFigures
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import HOUSES, VISITS, initiative
from tests.workspace.test_refusals import fake_git

NEW = Ref("entries/korei/20261102-ccccc")
PEOPLE = Ref("datasets/20261101-ddddd")
HEAD_LINE = "area_code,area,indicator,value,value_status,raw\n"
COLLEAGUE = "高齢福祉課 担当 <korei@example.jp>"


def rewrite(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def seen(workspace: Workspace) -> dict[str, HandEdit]:
    workspace.refresh()
    found = {edit.path: edit for edit in hand_edits(workspace)}
    assert count(workspace) == len(found)
    return found


def messages(git: Git, root: Path, number: int = 1) -> list[str]:
    return git(root, "log", f"-{number}", "--format=%B%x00").strip("\0\n").split("\0\n")


@pytest.fixture
def figures(workspace: Workspace) -> str:
    """A data set with figures."""
    data = (HEAD_LINE + "01,中央,人口,100,値,100\n").encode()
    changes = [Put(PEOPLE, Dataset(title="人口"), Base(PEOPLE, None)), PutFigures(PEOPLE, data, None)]
    workspace.batch(changes, action="import").result()
    return f"{PEOPLE}.csv"


def test_nothing_is_listed_where_nothing_differs_but_other_peoples_files(workspace: Workspace, root: Path) -> None:
    (root / "README.txt").write_text("だれかのファイル\n")
    (root / ".kyoju").mkdir(exist_ok=True)
    (root / ".kyoju/cache.toml").write_text("x = 1\n")
    (root / "entries/korei/.20261101-aaaaa.toml.swp").write_text("")
    os.utime(root / VISITS.path)
    assert seen(workspace) == {}


def test_each_is_told_with_its_changes_owner_and_time(workspace: Workspace, root: Path) -> None:
    rewrite(root, VISITS.path, "検討中", "取組中")
    (root / NEW.path).write_text('title = "手で作った"\nkind = "課題"\ncategories = ["koreisha"]\n', encoding="utf-8")
    (root / HOUSES.path).unlink()
    found = seen(workspace)
    assert {path: (edit.state, edit.changes) for path, edit in found.items()} == {
        VISITS.path: ("変更", ("状況: 検討中 → 取組中",)),
        NEW.path: ("追加", ("取組・課題「手で作った」のファイルが加わりました",)),
        HOUSES.path: ("削除", ("取組・課題「空き家相談窓口」のファイルがなくなりました",)),
    }
    changed = found[VISITS.path]
    assert (changed.owner, changed.foreign, changed.problems) == (pwd.getpwuid(os.geteuid()).pw_name, False, ())
    assert changed.at is not None
    assert (found[HOUSES.path].owner, found[HOUSES.path].at) == ("", None)


def test_only_the_writing_differs(workspace: Workspace, root: Path) -> None:
    rewrite(root, VISITS.path, "status = ", "status=")
    assert seen(workspace)[VISITS.path].changes == ("書き方だけの違いです（内容は同じです）",)


@pytest.mark.parametrize("mark", ["--assume-unchanged", "--skip-worktree"])
def test_a_file_that_git_was_told_to_overlook_is_seen_and_recorded(
    workspace: Workspace, root: Path, git: Git, mark: str
) -> None:
    git(root, "update-index", mark, VISITS.path)
    rewrite(root, VISITS.path, "検討中", "取組中")
    assert git(root, "status", "--porcelain") == ""
    edit = seen(workspace)[VISITS.path]
    assert edit.overlooked == mark.removeprefix("--")
    record(workspace, [edit]).result()
    assert "取組中" in git(root, "show", f"HEAD:{VISITS.path}")
    assert seen(workspace) == {}


def test_ignored_files_are_seen(workspace: Workspace, root: Path) -> None:
    (root / ".gitignore").write_text(".kyoju/\nentries/\n")
    (root / NEW.path).write_text('title = "手で"\nkind = "課題"\ncategories = ["koreisha"]\n', encoding="utf-8")
    assert [*seen(workspace)] == [NEW.path]


def test_chosen_ones_are_one_commit_of_the_one_who_records(workspace: Workspace, root: Path, git: Git) -> None:
    rewrite(root, VISITS.path, "検討中", "取組中")
    rewrite(root, HOUSES.path, "空き家相談窓口", "空き家の窓口")
    (root / NEW.path).write_text('title = "手で"\nkind = "課題"\ncategories = ["koreisha"]\n', encoding="utf-8")
    written = os.lstat(root / VISITS.path)
    found = seen(workspace)
    saved = record(workspace, chosen(tuple(found.values()), [VISITS, NEW.path])).result()
    assert saved.refs == (VISITS, NEW)
    assert git(root, "show", "--format=", "--name-only").split() == sorted([VISITS.path, NEW.path])
    assert git(root, "log", "-1", "--format=%an <%ae>").strip() == STAFF
    assert messages(git, root) == [
        f"ファイルの直接編集を記録（{VISITS.path}、{NEW.path}）\n\n"
        "取組「見守り訪問」 状況: 検討中 → 取組中\n\n"
        f"Kyoju-Record: {VISITS}\nKyoju-Record: {NEW}\nKyoju-Action: update"
    ]
    # The file stays the one that somebody wrote.
    assert os.lstat(root / VISITS.path).st_ino == written.st_ino
    assert [*seen(workspace)] == [HOUSES.path]


def test_it_is_ones_own_save_and_can_be_taken_back(workspace: Workspace, root: Path) -> None:
    rewrite(root, VISITS.path, "検討中", "取組中")
    record(workspace, [seen(workspace)[VISITS.path]]).result()
    workspace.submit(undoing(workspace)).result()
    assert workspace.snapshot.expect(VISITS, Entry).status == "検討中"


def test_whose_file_it_was_is_told(workspace: Workspace, root: Path, git: Git) -> None:
    rewrite(root, VISITS.path, "検討中", "取組中")
    if os.geteuid():
        pytest.skip("only root gives a file to somebody else")
    os.chown(root / VISITS.path, 65534, -1)
    edit = seen(workspace)[VISITS.path]
    assert (edit.owner, edit.foreign) == ("nobody", True)
    record(workspace, [edit]).result()
    assert f"ファイルの持ち主: nobody（{VISITS.path} " in messages(git, root)[0]
    assert git(root, "log", "-1", "--format=%(trailers:key=Kyoju-Record,valueonly)").strip() == VISITS


def test_a_save_holds_the_save_alone_and_the_other_commit_says_whose_hand_it_was(
    workspace: Workspace, root: Path, git: Git
) -> None:
    rewrite(root, VISITS.path, "見守り訪問", "見守り声かけ")
    workspace.refresh()
    entry = workspace.snapshot.expect(VISITS, Entry)
    workspace.save(VISITS, entry.but(status="取組中")).result()
    save, by_hand = messages(git, root, 2)
    assert "状況: 検討中 → 取組中" in save
    assert "件名" not in save
    assert by_hand.startswith(
        f"ファイルの直接編集を記録（{VISITS.path}）\n\n件名: 見守り訪問 → 見守り声かけ\n\n{NOT_TYPED}\n"
    )
    assert "ファイルの持ち主: " in by_hand
    assert "Kyoju-Action" not in by_hand


def test_a_form_saved_without_a_change_does_not_take_the_hand_edit_for_its_own(
    workspace: Workspace, root: Path, git: Git
) -> None:
    rewrite(root, VISITS.path, "検討中", "取組中")
    workspace.refresh()
    saved = workspace.save(VISITS, workspace.snapshot.expect(VISITS, Entry)).result()
    assert saved.subject == f"ファイルの直接編集を記録（{VISITS.path}）"
    assert NOT_TYPED in messages(git, root)[0]
    assert seen(workspace) == {}


def test_a_file_removed_by_hand_and_made_anew_by_a_save_is_two_commits(
    workspace: Workspace, root: Path, git: Git
) -> None:
    (root / HOUSES.path).unlink()
    workspace.refresh()
    workspace.save(HOUSES, initiative("別の取組")).result()
    assert git(root, "log", "-2", "--format=%s", "--name-status").split()[1::2] != []
    assert git(root, "show", "--format=", "--name-status", "HEAD").split() == ["A", HOUSES.path]
    assert git(root, "show", "--format=", "--name-status", "HEAD^").split() == ["D", HOUSES.path]
    assert git(root, "status", "--porcelain") == ""


def test_a_broken_file_is_not_recorded_and_the_line_is_told(workspace: Workspace, root: Path, git: Git) -> None:
    head = git(root, "rev-parse", "HEAD")
    rewrite(root, VISITS.path, 'kind = "取組"', 'kind = "取組')
    edit = seen(workspace)[VISITS.path]
    assert edit.broken is not None
    assert edit.broken.line == 2
    with pytest.raises(BrokenRecord, match="2行目"):
        record(workspace, [edit])
    assert git(root, "rev-parse", "HEAD") == head


def test_a_reference_to_nothing_is_told_and_can_be_recorded(workspace: Workspace, root: Path) -> None:
    rewrite(root, VISITS.path, '"koreisha"', '"koresha"')
    edit = seen(workspace)[VISITS.path]
    assert [(problem.code, problem.line > 1) for problem in edit.problems] == [("K301", True)]
    assert edit.broken is None
    assert record(workspace, [edit]).result().commit is not None


def test_a_file_that_others_refer_to_is_not_taken_for_deleted_unasked(workspace: Workspace, root: Path) -> None:
    (root / "categories/koreisha.toml").unlink()
    edit = seen(workspace)["categories/koreisha.toml"]
    assert [problem.code for problem in edit.problems] == ["K301"]
    with pytest.raises(StillReferred):
        record(workspace, [edit])
    assert record(workspace, [edit], force=True).result().commit is not None


def test_an_entry_moved_by_hand_is_no_loss(workspace: Workspace, root: Path, git: Git) -> None:
    rewrite(root, HOUSES.path, 'kind = "取組"', f'kind = "取組"\ncauses = ["{VISITS.id}"]')
    record(workspace, [*seen(workspace).values()]).result()
    (root / VISITS.path).rename(root / "entries/jutaku" / f"{VISITS.id}.toml")
    found = seen(workspace)
    assert [edit.state for edit in found.values()] == ["追加", "削除"]
    record(workspace, [*found.values()]).result()
    assert git(root, "status", "--porcelain") == ""


def test_what_is_written_between_the_look_and_the_record_is_noticed(workspace: Workspace, root: Path, git: Git) -> None:
    rewrite(root, VISITS.path, "検討中", "取組中")
    edit = seen(workspace)[VISITS.path]
    head = git(root, "rev-parse", "HEAD")
    rewrite(root, VISITS.path, "取組中", "終了")
    with pytest.raises(Clash):
        record(workspace, [edit]).result()
    with pytest.raises(Clash):
        put_back(workspace, [edit])
    assert "終了" in (root / VISITS.path).read_text(encoding="utf-8")
    assert git(root, "rev-parse", "HEAD") == head


def test_figures_are_listed_recorded_and_put_back(workspace: Workspace, root: Path, git: Git, figures: str) -> None:
    before = (root / figures).read_bytes()
    (root / figures).write_bytes(before + "02,港,人口,50,値,50\n".encode())
    edit = seen(workspace)[figures]
    assert (edit.ref, edit.changes) == (PEOPLE, ("1行が加わりました",))
    put_back(workspace, [edit])
    assert (root / figures).read_bytes() == before

    (root / figures).write_bytes(before + "02,港,人口,50,値,50\n".encode())
    assert record(workspace, [seen(workspace)[figures]]).result().commit is not None
    assert git(root, "show", "--format=", "--name-only").split() == [figures]

    (root / figures).write_bytes(b"x,y\n")
    with pytest.raises(BrokenRecord):
        record(workspace, [seen(workspace)[figures]])


def test_put_back_keeps_what_was_there_and_commits_nothing(workspace: Workspace, root: Path, git: Git) -> None:
    head, before = git(root, "rev-parse", "HEAD"), (root / VISITS.path).read_bytes()
    (root / VISITS.path).write_text("title = こわれた\n", encoding="utf-8")
    (root / NEW.path).write_text('title = "手で"\nkind = "課題"\ncategories = ["koreisha"]\n', encoding="utf-8")
    (root / HOUSES.path).unlink()
    done = put_back(workspace, [*seen(workspace).values()])
    assert (root / VISITS.path).read_bytes() == before
    assert not (root / NEW.path).exists()
    assert (root / HOUSES.path).exists()
    assert (git(root, "rev-parse", "HEAD"), git(root, "status", "--porcelain")) == (head, "")
    assert done.kept is not None
    assert (done.kept / VISITS.path).read_text(encoding="utf-8") == "title = こわれた\n"
    assert (done.kept / NEW.path).exists()
    assert (done.kept / VISITS.path).stat().st_mode & 0o777 == 0o600
    assert VISITS in workspace.snapshot
    assert NEW not in workspace.snapshot


def test_put_back_of_what_a_colleague_recorded_meanwhile_is_refused(workspace: Workspace, root: Path) -> None:
    rewrite(root, VISITS.path, "検討中", "取組中")
    edit = seen(workspace)[VISITS.path]
    colleague = Workspace.open(root, author=COLLEAGUE)
    record(colleague, [seen(colleague)[VISITS.path]]).result()
    colleague.close()
    with pytest.raises(Clash):
        put_back(workspace, [edit])
    assert "取組中" in (root / VISITS.path).read_text(encoding="utf-8")


def test_a_link_in_place_of_a_record_is_told_and_left(workspace: Workspace, root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("秘密\n")
    (root / VISITS.path).unlink()
    (root / VISITS.path).symlink_to(tmp_path / "secret")
    edit = seen(workspace)[VISITS.path]
    assert (edit.state, edit.data, edit.broken and edit.broken.code) == ("変更", None, "K106")
    for act in (lambda: record(workspace, [edit]), lambda: put_back(workspace, [edit])):
        with pytest.raises(BrokenRecord):
            act()
    assert (tmp_path / "secret").read_text() == "秘密\n"


def test_nothing_is_put_back_in_the_middle_of_a_merge(workspace: Workspace, root: Path, git: Git) -> None:
    rewrite(root, VISITS.path, "検討中", "取組中")
    edit = seen(workspace)[VISITS.path]
    (root / ".git/MERGE_HEAD").write_text(git(root, "rev-parse", "HEAD"))
    for act in (lambda: record(workspace, [edit]).result(), lambda: put_back(workspace, [edit])):
        with pytest.raises(RepositoryState):
            act()
    assert "取組中" in (root / VISITS.path).read_text(encoding="utf-8")


def test_a_store_file_from_the_future_can_be_put_back(root: Path) -> None:
    rewrite(root, "store.toml", "format = 1", "format = 99")
    workspace = Workspace.open(root, author=STAFF)
    edit = seen(workspace)["store.toml"]
    assert edit.broken is not None
    with pytest.raises(KyojuError):
        record(workspace, [edit])
    put_back(workspace, [edit])
    assert workspace.read_only is None
    workspace.close()


def test_an_open_editor_is_told(workspace: Workspace, root: Path) -> None:
    rewrite(root, VISITS.path, "検討中", "取組中")
    (root / VISITS.path).with_name(f".{VISITS.id}.toml.swp").write_bytes(b"")
    assert seen(workspace)[VISITS.path].being_edited


def test_only_what_is_listed_can_be_chosen(workspace: Workspace, root: Path) -> None:
    rewrite(root, VISITS.path, "検討中", "取組中")
    with pytest.raises(UnknownRef):
        chosen(tuple(seen(workspace).values()), [HOUSES.path])


def test_the_title_is_that_of_the_record_as_it_was_where_the_file_cannot_be_read(
    workspace: Workspace, root: Path
) -> None:
    (root / VISITS.path).write_text("title = こわれた\n", encoding="utf-8")
    (root / HOUSES.path).unlink()
    assert [edit.title for edit in seen(workspace).values()] == ["空き家相談窓口", "見守り訪問"]


def test_a_record_of_hand_edits_that_was_killed_is_finished_by_the_next_save(
    workspace: Workspace, root: Path, git: Git, tmp_path: Path
) -> None:
    rewrite(root, VISITS.path, "検討中", "取組中")
    written = os.lstat(root / VISITS.path)
    kill = 'for a in "$@"; do [ "$a" = commit ] && { kill -9 $PPID; exit 1; }; done; exec "$GIT" "$@"'
    path = fake_git(tmp_path / "bin", kill)
    command = ["-m", "kyoju_tui", "--store", str(root), "--as", COLLEAGUE, "edits", "record", "--all"]
    ended = subprocess.run([sys.executable, *command], env={**os.environ, "PATH": path}, check=False)
    assert ended.returncode == -9
    # What waits for its end is no hand edit.
    assert (workspace.unfinished_saves, seen(workspace)) == (1, {})
    workspace.save(HOUSES, workspace.snapshot.expect(HOUSES, Entry).but(direction="続ける")).result()
    assert git(root, "log", "-2", "--format=%ae %s").splitlines()[1] == (
        f"korei@example.jp ファイルの直接編集を記録（{VISITS.path}）"
    )
    assert os.lstat(root / VISITS.path).st_ino == written.st_ino
    assert git(root, "status", "--porcelain") == ""


@pytest.mark.heavy
def test_somebody_writes_all_the_time(workspace: Workspace, root: Path, git: Git) -> None:
    """Whatever the moment: a commit holds what was looked at, or nothing was done."""
    file, ended, written = root / VISITS.path, threading.Event(), [0]
    before = file.read_text(encoding="utf-8")

    def write() -> None:
        while not ended.is_set():
            written[0] += 1
            file.write_text(f"{before}# {written[0]}\n", encoding="utf-8")
            ended.wait(0.02)

    writer = threading.Thread(target=write)
    writer.start()
    done = {"recorded": 0, "noticed": 0}
    try:
        for number in range(80):
            edits = [edit for edit in seen_at_all(workspace) if edit.broken is None and edit.data]
            try:
                if number % 2:
                    commit = record(workspace, edits).result().commit if edits else None
                    if commit is not None:
                        held = git(root, "show", f"{commit}:{VISITS.path}")
                        assert held.encode() == edits[0].data
                        done["recorded"] += 1
                else:
                    put_back(workspace, edits)
            except KyojuError:
                done["noticed"] += 1
    finally:
        ended.set()
        writer.join()
    assert done["noticed"]
    git(root, "fsck", "--strict")
    for kept in (root / ".git/kyoju/root/aside").rglob("*.toml"):
        assert kept.read_text(encoding="utf-8").startswith(before)


def seen_at_all(workspace: Workspace) -> tuple[HandEdit, ...]:
    workspace.refresh()
    return hand_edits(workspace)

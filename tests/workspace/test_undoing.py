"""Saves taken back and done again: what others changed since stays, and what both changed is a clash."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import BrokenRecord, Clash, InvalidValue, NoIdentity, StillReferred, UnknownRef
from kyoju_tui.records.figures import Figure, write_figures
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.workspace.past.undoing import redoing, taking_back, undoing
from kyoju_tui.workspace.requests import Put, PutFigures
from kyoju_tui.workspace.saving.contest import Contested, settled
from kyoju_tui.workspace.workspace import Workspace
from tests.building import TODAY
from tests.conftest import Git
from tests.workspace.conftest import HOUSES, VISITS, initiative

COLLEAGUE = "高齢福祉課 担当 <korei@example.jp>"
MOVED = Ref("entries/jutaku/20261101-aaaaa")


@pytest.fixture
def colleague(root: Path) -> Generator[Workspace]:
    workspace = Workspace.open(root, author=COLLEAGUE)
    yield workspace
    workspace.close()


def entry(workspace: Workspace, ref: Ref = VISITS) -> Entry:
    return workspace.snapshot.expect(ref, Entry)


def change(workspace: Workspace, ref: Ref = VISITS, **fields: object) -> str:
    workspace.refresh()
    return workspace.save(ref, entry(workspace, ref).but(**fields)).result().commit or ""


def take_back(workspace: Workspace, commit: str) -> str:
    workspace.refresh()
    return workspace.submit(taking_back(workspace, commit)).result().subject


def test_what_others_changed_since_stays(workspace: Workspace, colleague: Workspace) -> None:
    change(workspace, status="取組中", title="声かけ")
    change(colleague, direction="広げる")
    change(colleague, HOUSES, status="取組中")
    workspace.refresh()
    workspace.submit(undoing(workspace)).result()
    assert (entry(workspace).status, entry(workspace).title) == ("検討中", "見守り訪問")
    assert (entry(workspace).direction, entry(workspace, HOUSES).status) == ("広げる", "取組中")


def test_what_both_changed_is_a_question_and_nothing_is_done(
    workspace: Workspace, colleague: Workspace, root: Path, git: Git
) -> None:
    change(workspace, status="取組中", title="声かけ")
    change(colleague, status="終了")
    workspace.refresh()
    before = git(root, "rev-parse", "HEAD")
    with pytest.raises(Contested, match="元に戻していません（状況）。何も変えていません。") as caught:
        undoing(workspace)
    assert caught.value.fields == ("status",)
    assert git(root, "rev-parse", "HEAD") == before
    assert (entry(workspace).status, entry(workspace).title) == ("終了", "声かけ")


def test_what_was_decided_about_an_undo_is_an_undo(workspace: Workspace, colleague: Workspace) -> None:
    change(workspace, status="取組中", title="声かけ")
    change(colleague, status="終了", direction="広げる")
    workspace.refresh()
    with pytest.raises(Contested) as caught:
        undoing(workspace)
    (contest,) = caught.value.contests
    (conflict,) = contest.conflicts
    assert (conflict.base, conflict.ours, conflict.theirs) == ("取組中", "検討中", "終了")
    changes = settled(caught.value, {contest.ref: {"status": "終了"}}, {})
    workspace.submit(replace(caught.value.request, changes=changes)).result()
    assert (entry(workspace).status, entry(workspace).title) == ("終了", "見守り訪問")
    assert entry(workspace).direction == "広げる"
    assert workspace.past.page(size=1).entries[0].subject.startswith("元に戻す：")
    # It counts as taken back, as far as somebody wanted that: next would be the save before it, which made the store.
    with pytest.raises(Clash, match="その後に変更されている"):
        undoing(workspace)
    workspace.submit(redoing(workspace)).result()
    assert (entry(workspace).status, entry(workspace).title) == ("終了", "声かけ")


def test_comments_and_hand_edits_in_the_file_stay(workspace: Workspace, root: Path) -> None:
    change(workspace, status="取組中")
    file = root / VISITS.path
    file.write_text("# 覚え書き\n" + file.read_text() + 'direction = "広げる"\n')
    workspace.refresh()
    workspace.submit(undoing(workspace)).result()
    assert file.read_text().startswith("# 覚え書き\n")
    assert (entry(workspace).status, entry(workspace).direction) == ("検討中", "広げる")


def test_redo_takes_undos_back_in_their_order(workspace: Workspace, root: Path) -> None:
    change(workspace, status="取組中")
    change(workspace, title="声かけ")
    after = (root / VISITS.path).read_bytes()
    with pytest.raises(UnknownRef, match="やり直せる"):
        redoing(workspace)
    workspace.submit(undoing(workspace)).result()
    workspace.submit(undoing(workspace)).result()
    assert (entry(workspace).status, entry(workspace).title) == ("検討中", "見守り訪問")
    assert (
        workspace.submit(redoing(workspace)).result().subject
        == "やり直す：取組「見守り訪問」を更新（高齢福祉課・高齢者）"
    )
    assert (entry(workspace).status, entry(workspace).title) == ("取組中", "見守り訪問")
    workspace.submit(redoing(workspace)).result()
    assert (root / VISITS.path).read_bytes() == after
    with pytest.raises(UnknownRef):
        redoing(workspace)
    # And back once more: what was done again is undone like any save.
    assert workspace.submit(
        undoing(workspace)
    ).result().subject == "元に戻す：取組「見守り声かけ」を更新（高齢福祉課・高齢者）".replace("見守り声かけ", "声かけ")
    assert (entry(workspace).status, entry(workspace).title) == ("取組中", "見守り訪問")
    workspace.submit(redoing(workspace)).result()
    assert entry(workspace).title == "声かけ"


def test_a_new_save_ends_what_could_be_done_again(workspace: Workspace) -> None:
    change(workspace, status="取組中")
    workspace.submit(undoing(workspace)).result()
    change(workspace, HOUSES, status="取組中")
    with pytest.raises(UnknownRef):
        redoing(workspace)


def test_only_ones_own(workspace: Workspace, colleague: Workspace) -> None:
    change(workspace, status="取組中")
    workspace.submit(undoing(workspace)).result()
    colleague.refresh()
    for door in (undoing, redoing):
        with pytest.raises(UnknownRef):
            door(colleague)
    # A colleague's save in between hides nothing of one's own.
    change(colleague, HOUSES, status="取組中")
    workspace.refresh()
    workspace.submit(redoing(workspace)).result()
    assert entry(workspace).status == "取組中"


def test_nobody_is_asked_for_whom(root: Path) -> None:
    nobody = Workspace.open(root, environ={})
    for door in (undoing, redoing):
        with pytest.raises(NoIdentity):
            door(nobody)
    nobody.close()


def test_any_save_can_be_taken_back_whoever_made_it(workspace: Workspace, colleague: Workspace) -> None:
    theirs = change(colleague, status="取組中")
    change(colleague, title="声かけ")
    assert take_back(workspace, theirs[:12]) == "元に戻す：取組「見守り訪問」を更新（高齢福祉課・高齢者）"
    assert (entry(workspace).status, entry(workspace).title) == ("検討中", "声かけ")
    newest = workspace.past.page(size=1).entries[0]
    assert (newest.action, newest.undoes) == ("restore", theirs)
    # For its author it is undone, too: the save before it is the last.
    colleague.refresh()
    assert undoing(colleague).subject.startswith("元に戻す：取組「声かけ」")


def test_a_move_goes_back_with_what_was_changed_since(workspace: Workspace) -> None:
    workspace.move(VISITS, "jutaku").result()
    went = workspace.past.page(size=1).entries[0].commit
    change(workspace, MOVED, status="取組中")
    take_back(workspace, went)
    assert entry(workspace).status == "取組中" and MOVED not in workspace.snapshot


def test_a_change_is_taken_back_where_the_entry_is_now(workspace: Workspace) -> None:
    changed = change(workspace, status="取組中")
    workspace.move(VISITS, "jutaku").result()
    take_back(workspace, changed)
    assert entry(workspace, MOVED).status == "検討中" and VISITS not in workspace.snapshot


def test_an_entry_that_went_on_meanwhile_is_a_clash(workspace: Workspace) -> None:
    workspace.create(
        "department",
        workspace.snapshot.departments["korei"].but(name="環境課", short="環境"),
        record_id="kankyo",
        today=TODAY,
    ).result()
    workspace.move(VISITS, "jutaku").result()
    went = workspace.past.page(size=1).entries[0].commit
    workspace.move(MOVED, "kankyo").result()
    with pytest.raises(Clash, match="ほかの部署"):
        taking_back(workspace, went)


def test_creation_and_deletion(workspace: Workspace) -> None:
    new = Ref("entries/korei/20261123-aaaaa")
    made = workspace.save(new, initiative("新しい取組", "koreisha")).result().commit or ""
    changed = change(workspace, new, status="取組中")
    with pytest.raises(Clash, match="その後に変更"):
        taking_back(workspace, made)
    gone = workspace.delete(new).result().commit or ""
    with pytest.raises(Clash, match="その後に削除"):
        taking_back(workspace, changed)
    with pytest.raises(InvalidValue, match="元に戻せる変更がありません"):
        taking_back(workspace, made)
    take_back(workspace, gone)
    assert entry(workspace, new).status == "取組中"
    with pytest.raises(InvalidValue, match="元に戻せる変更がありません"):
        taking_back(workspace, gone)


def test_references_are_looked_after(workspace: Workspace) -> None:
    issue = Ref("entries/korei/20261123-bbbbb")
    workspace.save(issue, Entry(title="孤立", kind="課題", categories=("koreisha",))).result()
    made = workspace.past.page(size=1).entries[0].commit
    change(workspace, addresses=[issue.id])
    unlinked = change(workspace, addresses=None)
    workspace.delete(issue).result()
    # The reference would come back without what it names.
    with pytest.raises(InvalidValue, match="対応する課題"):
        taking_back(workspace, unlinked)
    workspace.submit(undoing(workspace)).result()
    take_back(workspace, unlinked)
    with pytest.raises(StillReferred):
        taking_back(workspace, made)


def test_figures_go_back_with_their_data_set_or_not_at_all(workspace: Workspace) -> None:
    ref = Ref("datasets/20261123-aaaaa")
    first, second, third = (write_figures([Figure("1", "本町", "人口", number, "値", "")]) for number in (1, 2, 3))

    def save(data: bytes, expected: bytes | None, title: str) -> str:
        put = Put(ref, Dataset(title=title), workspace.base(ref))
        return workspace.batch([put, PutFigures(ref, data, expected)], action="import").result().commit or ""

    save(first, None, "人口")
    changed = save(second, first, "町丁別人口")
    workspace.save(ref, Dataset(title="町丁別人口", note="確かめた")).result()
    take_back(workspace, changed)
    assert workspace.figures(ref) == first
    assert workspace.snapshot.datasets[ref] == Dataset(title="人口", note="確かめた")
    save(third, first, "人口")
    with pytest.raises(Clash, match="数値"):
        taking_back(workspace, changed)


def test_what_cannot_be_taken_back(workspace: Workspace, root: Path, git: Git) -> None:
    begun = git(root, "rev-list", "--max-parents=0", "HEAD").strip()
    with pytest.raises(UnknownRef, match="保管場所を作った"):
        taking_back(workspace, begun)
    for wrong in ("--all", "nowhere", "", "HEAD:store.toml"):
        with pytest.raises(UnknownRef):
            taking_back(workspace, wrong)
    git(root, "switch", "-q", "-c", "side", "HEAD~1")
    (root / "README").write_text("x")
    git(root, "add", "-A")
    git(root, "commit", "-qm", "ほか")
    git(root, "switch", "-q", "main")
    with pytest.raises(UnknownRef, match="履歴にはありません"):
        taking_back(workspace, "side")
    git(root, "merge", "-q", "side", "-m", "受信")
    with pytest.raises(InvalidValue, match="受信は、まとめて元に戻せません") as refused:
        taking_back(workspace, "HEAD")
    assert "1件ずつ選んで元に戻す" in refused.value.cure
    with pytest.raises(InvalidValue, match="元に戻せる変更がありません"):
        taking_back(workspace, "side")


def test_a_version_that_cannot_be_read_is_never_merged(workspace: Workspace, root: Path, git: Git) -> None:
    changed = change(workspace, status="取組中")
    (root / VISITS.path).write_text("title = ")
    git(root, "commit", "-qam", "壊れた")
    workspace.refresh()
    with pytest.raises(BrokenRecord):
        taking_back(workspace, changed)
    # The hand-made commit itself can go: its file is as it was left.
    take_back(workspace, "HEAD")
    assert entry(workspace).status == "取組中"


def test_a_hostile_trailer_keeps_nobody_from_undoing(workspace: Workspace, root: Path, git: Git) -> None:
    mine = change(workspace, status="取組中")
    git(root, "commit", "-q", "--allow-empty", "-m", f"偽\n\nKyoju-Undoes: {mine}")
    assert undoing(workspace).undoes == mine


def test_the_preview_says_what_the_save_will(workspace: Workspace) -> None:
    change(workspace, status="取組中")
    request = undoing(workspace)
    told = workspace.preview(request.changes, request.action, subject=request.subject, undoes=request.undoes)
    assert told.splitlines()[0] == request.subject
    assert "状況: 取組中 → 検討中" in told and f"Kyoju-Undoes: {request.undoes}" in told
    assert entry(workspace).status == "取組中"


def test_meetings_by_their_rows(workspace: Workspace, colleague: Workspace) -> None:
    ref = Ref("meetings/20261101-ddddd")
    first = {"id": "a1", "text": "よい"}
    meeting = Meeting.model_validate({"title": "会議", "opinions": [first]})
    workspace.save(ref, meeting).result()
    workspace.save(ref, meeting.but(opinions=[first, {"id": "b2", "text": "ふつう"}])).result()
    colleague.refresh()
    there = colleague.snapshot.meetings[ref]
    colleague.save(
        ref,
        there.but(
            opinions=[*({"id": each.id, "text": each.text} for each in there.opinions), {"id": "c3", "text": "だめ"}]
        ),
    ).result()
    workspace.refresh()
    workspace.submit(undoing(workspace)).result()
    assert [each.id for each in workspace.snapshot.meetings[ref].opinions] == ["a1", "c3"]

"""Records and fields brought back as they stood; deleted records listed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import BrokenRecord, InvalidValue, UnknownRef
from kyoju_tui.records.figures import Figure, write_figures
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.workspace.past.restoring import restoring
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.requests import Put, PutFigures
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import Git
from tests.workspace.conftest import HOUSES, VISITS, initiative

MOVED = Ref("entries/jutaku/20261101-aaaaa")
MEETING = Ref("meetings/20261101-ddddd")


def entry(workspace: Workspace, ref: Ref = VISITS) -> Entry:
    return workspace.snapshot.expect(ref, Entry)


def change(workspace: Workspace, ref: Ref = VISITS, **fields: object) -> str:
    return workspace.save(ref, entry(workspace, ref).but(**fields)).result().commit or ""


def restore(workspace: Workspace, ref: Ref, revision: str, field: str = "") -> str:
    return workspace.submit(restoring(workspace, ref, revision, field=field)).result().subject


def test_one_field_as_it_stood_after_a_commit(workspace: Workspace) -> None:
    first = change(workspace, status="取組中", outline="一人で訪問する。")
    change(workspace, status="終了", outline="二人で訪問する。")
    change(workspace, direction="広げる")
    subject = restore(workspace, VISITS, first, "outline")
    assert subject.startswith("取組「見守り訪問」の概要を復元（令和") and subject.endswith("の内容）")
    now = entry(workspace)
    assert (now.outline, now.status, now.direction) == ("一人で訪問する。", "終了", "広げる")
    assert workspace.past.page(size=1).entries[0].action == "restore"
    # A field that was absent goes again, and one that is as it was makes no commit.
    restore(workspace, VISITS, first, "direction")
    assert entry(workspace).direction is None
    assert workspace.submit(restoring(workspace, VISITS, first, field="direction")).result().commit is None


def test_a_field_of_a_row(workspace: Workspace) -> None:
    opinions = [{"id": "a1", "text": "よい"}, {"id": "b2", "text": "ふつう"}]
    meeting = Meeting.model_validate({"title": "会議", "opinions": opinions})
    first = workspace.save(MEETING, meeting).result().commit or ""
    workspace.save(
        MEETING, meeting.but(opinions=[{"id": "b2", "text": "だめ"}, {"id": "c3", "text": "新しい"}])
    ).result()
    restore(workspace, MEETING, first, "opinions[b2].text")
    restore(workspace, MEETING, first, "opinions[a1]")
    assert [(each.id, each.text) for each in workspace.snapshot.meetings[MEETING].opinions] == [
        ("a1", "よい"),
        ("b2", "ふつう"),
        ("c3", "新しい"),
    ]
    for wrong in ("opinions[zz]", "opinions[c3].text.x", "nonsense", "[]", "opinions[a1"):
        with pytest.raises(InvalidValue):
            restoring(workspace, MEETING, first, field=wrong)


def test_a_field_alone_may_break_the_rules(workspace: Workspace) -> None:
    first = workspace.repository and workspace.past.page(size=1).entries[0].commit
    change(workspace, kind="課題", status=None)
    with pytest.raises(InvalidValue, match="規則に合わなく"):
        restoring(workspace, VISITS, first, field="status")
    restore(workspace, VISITS, first)
    assert (entry(workspace).kind, entry(workspace).status) == ("取組", "検討中")


def test_a_whole_record_stays_where_it_is_now(workspace: Workspace) -> None:
    first = change(workspace, status="取組中")
    workspace.move(VISITS, "jutaku").result()
    change(workspace, MOVED, title="声かけ", status="終了")
    for ref in (MOVED, VISITS):
        restore(workspace, ref, first)
        assert (entry(workspace, MOVED).title, entry(workspace, MOVED).status) == ("見守り訪問", "取組中")
    assert VISITS not in workspace.snapshot


def test_a_deleted_record_is_listed_and_comes_back_byte_by_byte(workspace: Workspace, root: Path) -> None:
    file = root / VISITS.path
    file.write_text("# 覚え書き\n" + file.read_text())
    workspace.refresh()
    change(workspace, status="取組中")
    before = file.read_bytes()
    gone = workspace.delete(VISITS).result().commit or ""
    (listed,) = workspace.past.deleted().records
    assert (listed.ref, listed.kind, listed.title, listed.commit) == (VISITS, "entry", "見守り訪問", gone)
    assert listed.author == "住宅政策課 担当"
    with pytest.raises(UnknownRef, match="削除されています"):
        restoring(workspace, VISITS, gone)
    with pytest.raises(InvalidValue, match="項目だけ"):
        restoring(workspace, VISITS, f"{gone}^", field="status")
    restore(workspace, VISITS, f"{gone}^")
    assert file.read_bytes() == before
    assert workspace.past.deleted().records == ()


def test_what_was_deleted_page_by_page(workspace: Workspace) -> None:
    refs = [Ref(f"entries/korei/20261123-{number:05d}") for number in range(5)]
    for ref in refs:
        workspace.save(ref, initiative(f"取組{ref[-1]}", "koreisha")).result()
        workspace.delete(ref).result()
    # Gone and brought back, moved, and two at once.
    workspace.submit(undoing(workspace)).result()
    workspace.move(VISITS, "jutaku").result()
    workspace.batch([*workspace.removing(MOVED), *workspace.removing(HOUSES)], action="delete").result()
    found = workspace.past.deleted(size=2)
    assert {each.ref for each in found.records} == {MOVED, HOUSES}
    read = [each.ref for each in found.records[2:]]
    while found.next is not None:
        found = workspace.past.deleted(size=2, after=found.next)
        read += [each.ref for each in found.records]
    assert read == refs[3::-1]
    with pytest.raises(UnknownRef):
        workspace.past.deleted(after="--all")


def test_figures_come_back_with_their_data_set(workspace: Workspace) -> None:
    ref = Ref("datasets/20261123-aaaaa")
    first, second = (write_figures([Figure("1", "本町", "人口", number, "値", "")]) for number in (1, 2))
    put = Put(ref, Dataset(title="人口"), workspace.base(ref))
    made = workspace.batch([put, PutFigures(ref, first, None)], action="import").result().commit or ""
    workspace.batch([PutFigures(ref, second, first)], action="import").result()
    restore(workspace, ref, made)
    assert workspace.figures(ref) == first
    workspace.delete(ref).result()
    restore(workspace, ref, made)
    assert (workspace.figures(ref), workspace.snapshot.datasets[ref].title) == (first, "人口")


def test_what_names_things_that_are_gone_is_refused(workspace: Workspace) -> None:
    issue = Ref("entries/korei/20261123-bbbbb")
    workspace.save(issue, Entry(title="孤立", kind="課題", categories=("koreisha",))).result()
    linked = change(workspace, addresses=[issue.id])
    change(workspace, addresses=None)
    workspace.delete(issue).result()
    for field in ("", "addresses"):
        with pytest.raises(InvalidValue, match="今はない記録") as caught:
            restoring(workspace, VISITS, linked, field=field)
        assert "先に復元" in caught.value.cure
    restore(workspace, issue, linked)
    restore(workspace, VISITS, linked, "addresses")
    assert entry(workspace).addresses == (issue.id,)


def test_an_entry_of_a_department_that_is_gone_is_refused(workspace: Workspace) -> None:
    before = workspace.past.page(size=1).entries[0].commit
    workspace.delete(HOUSES).result()
    workspace.delete("departments/jutaku").result()
    with pytest.raises(InvalidValue, match="部署"):
        restoring(workspace, HOUSES, before)


def test_moments_at_which_the_record_was_not_there(workspace: Workspace) -> None:
    new = Ref("entries/korei/20261123-ccccc")
    before = workspace.past.page(size=1).entries[0].commit
    workspace.save(new, initiative("新しい取組")).result()
    with pytest.raises(UnknownRef, match="まだありません"):
        restoring(workspace, new, before)
    with pytest.raises(UnknownRef, match="今も過去にも"):
        restoring(workspace, Ref("entries/korei/20200101-zzzzz"), "HEAD")
    for wrong in ("--all", "-1", "nowhere", "", "\x1b[2J"):
        with pytest.raises(UnknownRef):
            restoring(workspace, VISITS, wrong)


def test_what_cannot_be_read_is_neither_restored_nor_written_over(workspace: Workspace, root: Path, git: Git) -> None:
    good = workspace.past.page(size=1).entries[0].commit
    (root / VISITS.path).write_text("title = ")
    git(root, "commit", "-qam", "壊れた")
    workspace.refresh()
    with pytest.raises(BrokenRecord, match="今のファイル"):
        restoring(workspace, VISITS, good)
    git(root, "revert", "--no-edit", "HEAD")
    workspace.refresh()
    with pytest.raises(BrokenRecord, match="その時点の内容"):
        restoring(workspace, VISITS, "HEAD~1")


def test_the_stores_format_never_goes_back(workspace: Workspace, root: Path) -> None:
    store = workspace.snapshot.store
    first = workspace.past.page(size=1).entries[0].commit
    workspace.save("store", store.but(municipality="別の市")).result()
    restore(workspace, Ref("store"), first)
    assert workspace.snapshot.store == store
    assert "format = 1" in (root / "store.toml").read_text()

"""The history page by page: what is asked for is what comes, and git's own view agrees."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.workspace.past.past import LogEntry
from kyoju_tui.workspace.past.undoing import taking_back, undoing
from kyoju_tui.workspace.past.wanted import Wanted
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import Git
from tests.workspace.conftest import HOUSES, VISITS, initiative

COLLEAGUE = "高齢福祉課 担当 <korei@example.jp>"
MEETING = Ref("meetings/20261101-ddddd")


def change(workspace: Workspace, ref: Ref = VISITS, **fields: object) -> str:
    return workspace.save(ref, workspace.snapshot.entries[ref].but(**fields)).result().commit or ""


def subjects(entries: tuple[LogEntry, ...]) -> list[str]:
    return [entry.subject for entry in entries]


def page(workspace: Workspace, **wanted: object) -> list[str]:
    return [entry.commit for entry in workspace.past.page(Wanted(**wanted)).entries]  # type: ignore[arg-type]


def test_pages_follow_one_another_and_leave_nothing_out(workspace: Workspace, root: Path, git: Git) -> None:
    for number in range(5):
        change(workspace, title=f"見守り訪問{number}")
    whole = git(root, "log", "--format=%H").split()
    read: list[str] = []
    following: str | None = ""
    while following is not None:
        found = workspace.past.page(after=following, size=3)
        assert len(found.entries) <= 3
        read += [entry.commit for entry in found.entries]
        following = found.next
    assert read == whole
    assert workspace.past.page(size=len(whole)).next is None
    assert [entry.commit for entry in workspace.past.page(after=whole[1][:12], size=2).entries] == whole[2:4]
    with pytest.raises(UnknownRef):
        workspace.past.page(after="--all")
    with pytest.raises(UnknownRef, match="続きを読む位置"):
        workspace.past.page(Wanted(ref=HOUSES), after=whole[0])


def test_gits_own_view_lists_the_same_records(workspace: Workspace, root: Path, git: Git) -> None:
    change(workspace, status="取組中")
    workspace.move(VISITS, "jutaku").result()
    workspace.delete(HOUSES).result()
    workspace.submit(undoing(workspace)).result()
    several = [
        Put(Ref(f"entries/korei/20261123-{n:05d}"), initiative(f"取組{n}"), Base(Ref(""), None)) for n in range(20)
    ]
    several = [Put(put.ref, put.record, Base(put.ref, None)) for put in several]
    workspace.batch(several, action="import").result()
    told = git(root, "log", "-z", "--format=%H%x01%(trailers:key=Kyoju-Record,valueonly)").split("\0")
    seen = {commit: values.split() for commit, _, values in (line.partition("\x01") for line in told if line)}
    found = workspace.past.page(size=100).entries
    assert {entry.commit: list(entry.records) for entry in found} == seen
    assert any(len(records) == 20 for records in seen.values())


def test_of_one_record_wherever_it_was(workspace: Workspace) -> None:
    begun = page(workspace)[0]
    first = change(workspace, status="取組中")
    change(workspace, HOUSES, status="取組中")
    moved = Ref("entries/jutaku/20261101-aaaaa")
    went = workspace.move(VISITS, "jutaku").result().commit
    last = change(workspace, moved, direction="広げる")
    gone = workspace.delete(moved).result().commit
    for ref in (VISITS, moved):
        assert page(workspace, ref=ref) == [gone, last, went, first, begun]
    found = workspace.past.page(Wanted(ref=moved), size=2)
    assert subjects(workspace.past.page(Wanted(ref=moved), after=found.next or "", size=2).entries) == [
        "取組「見守り訪問」を移動（高齢福祉課 → 住宅政策課）",
        "取組「見守り訪問」を更新（高齢福祉課・高齢者）",
    ]
    (told,) = workspace.past.page(Wanted(ref=moved, field="department")).entries
    assert told.commit == went
    assert [(each.change.label, each.change.before, each.change.after) for each in told.changes] == [
        ("部署", "korei", "jutaku")
    ]


def test_a_long_trail_is_read_in_pieces(workspace: Workspace) -> None:
    for number in range(6):
        change(workspace, title=f"見守り{number}")
    workspace.move(VISITS, "jutaku").result()
    moved = Ref("entries/jutaku/20261101-aaaaa")
    for number in range(6):
        change(workspace, moved, title=f"声かけ{number}")
    whole = page(workspace, ref=moved)
    assert len(whole) == 14
    for size in (1, 3, 5, 13):
        read: list[str] = []
        following: str | None = ""
        while following is not None:
            found = workspace.past.page(Wanted(ref=moved), after=following, size=size)
            read += [entry.commit for entry in found.entries]
            following = found.next
        assert read == whole


def test_of_one_field(workspace: Workspace) -> None:
    first = change(workspace, status="取組中")
    change(workspace, title="声かけ")
    last = change(workspace, status="終了", direction="広げる")
    found = workspace.past.page(Wanted(ref=VISITS, field="status")).entries
    assert [entry.commit for entry in found][:2] == [last, first]
    assert [[each.change.field for each in entry.changes] for entry in found] == [["status"]] * 3
    opinions = [{"id": "a1", "text": "よい"}, {"id": "b2", "text": "ふつう"}]
    meeting = Meeting.model_validate({"title": "会議", "opinions": opinions})
    workspace.save(MEETING, meeting).result()
    again = meeting.but(opinions=[opinions[0], {"id": "b2", "text": "まあまあ"}])
    second = workspace.save(MEETING, again).result().commit
    workspace.save(MEETING, again.but(place="市役所")).result()
    assert page(workspace, ref=MEETING, field="opinions[b2].text")[0] == second
    assert len(page(workspace, ref=MEETING, field="opinions")) == 2
    assert len(page(workspace, ref=MEETING, field="opinions[a1]")) == 1


def test_of_a_cell_a_row_and_a_column(workspace: Workspace) -> None:
    here = change(workspace, status="取組中")
    elsewhere = change(workspace, HOUSES, status="取組中")
    out = change(workspace, categories=["sumai"])
    workspace.save(MEETING, Meeting(title="会議")).result()
    went = workspace.move(VISITS, "jutaku").result().commit
    begun = page(workspace, ref=HOUSES)[-1]
    assert page(workspace, category="koreisha", department="korei") == [out, here, begun]
    assert page(workspace, category="sumai", department="korei") == [went, out]
    assert page(workspace, department="jutaku") == [went, elsewhere, begun]
    assert page(workspace, category="sumai") == [went, out, elsewhere, begun]
    # What else the commit did is not told: the first records held both departments' entries.
    last = workspace.past.page(Wanted(category="koreisha", department="korei")).entries[-1]
    assert {each.record for each in last.changes} == {VISITS}
    assert page(workspace, department="nobody") == []


def test_of_a_person_a_time_and_words(workspace: Workspace, root: Path) -> None:
    mine = change(workspace, status="取組中")
    colleague = Workspace.open(root, author=COLLEAGUE)
    theirs = change(colleague, title="声かけ")
    colleague.close()
    assert page(workspace, who="高齢　福祉課") == page(workspace, who="KOREI@example.jp") == [theirs]
    # Part of an address is no name.
    assert page(workspace, who="korei@example") == []
    assert page(workspace, text="声かけ") == [theirs]
    assert set(page(workspace, text="を更新")) == {mine, theirs}
    assert page(workspace, text="状況: 検討中") == []
    now = datetime.now().astimezone()
    assert page(workspace, since=now + timedelta(days=1)) == page(workspace, until=now - timedelta(days=1)) == []
    assert len(page(workspace, since=now - timedelta(days=1), until=now + timedelta(days=1))) == len(page(workspace))
    assert page(workspace, ref=VISITS, who="住宅政策課", text="更新") == [mine]


def test_a_very_large_commit_is_told_in_part(workspace: Workspace) -> None:
    refs = [Ref(f"entries/korei/20261123-{number:05d}") for number in range(30)]
    workspace.batch([Put(ref, initiative("取組"), Base(ref, None)) for ref in refs], action="import").result()
    entry = workspace.past.page(size=1, detailed=4).entries[0]
    assert entry.records == tuple(refs)
    assert ({each.record for each in entry.changes}, entry.untold) == (set(refs[:4]), 26)
    assert workspace.past.entries(limit=1)[0].untold == 0


def test_both_sides_of_a_merge_are_told_and_a_clean_merge_is_not_the_records(
    workspace: Workspace, root: Path, git: Git
) -> None:
    git(root, "switch", "-q", "-c", "side")
    theirs = change(workspace, title="声かけ")
    git(root, "switch", "-q", "main")
    workspace.refresh()
    mine = change(workspace, status="取組中")
    git(root, "merge", "-q", "-s", "ours", "side", "-m", "受信")
    workspace.refresh()
    merge = git(root, "rev-parse", "HEAD").strip()
    # The merge kept one side: what the other wrote is still told.
    assert set(page(workspace, ref=VISITS)) >= {mine, theirs}
    assert merge not in page(workspace, ref=VISITS)
    assert merge in page(workspace) and merge not in page(workspace, department="korei")
    origins = workspace.past.origins(VISITS)
    assert origins["status"].commit == mine
    assert origins["title"].commit not in (mine, theirs)


@pytest.mark.parametrize(
    ("message", "author", "stamp"),
    [
        ("\x1b]0;x\x07手で\n\n本文\n", "誰か <x@example.jp>", "1700000000 +0900"),
        ("x" * 1_000_000, "誰か <x@example.jp>", "1700000000 +0900"),
        ("偽\n\nKyoju-Record: ../../etc/passwd\nKyoju-Action: explode\n", "誰か <>", "1700000000 +0900"),
        ("偽\n\nKyoju-Undoes: HEAD\n", " <x@example.jp>", "-62135596800 +0000"),
        ("\udcff\udcfe文字", "\udc81 <\udc81@x>", "253402300799 +0000"),
        ("日\n", "誰か <x@example.jp>", "99999999999999 +9999"),
        ("", "x <x@x>", "0 -1200"),
    ],
)
def test_hostile_commits_are_told_without_harm(
    workspace: Workspace, root: Path, git: Git, message: str, author: str, stamp: str
) -> None:
    head = git(root, "rev-parse", "HEAD").strip()
    (root / VISITS.path).write_text((root / VISITS.path).read_text().replace("検討中", "取組中"))
    git(root, "add", "-A")
    tree = git(root, "write-tree").strip()
    body = (
        f"tree {tree}\nparent {head}\nauthor {author} {stamp}\ncommitter {author} {stamp}\nencoding junk\n\n{message}"
    )
    data = body.encode("utf-8", "surrogateescape")
    made = git(root, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", data=data).strip()
    git(root, "update-ref", "refs/heads/main", made)
    workspace.refresh()
    for wanted in (Wanted(), Wanted(ref=VISITS), Wanted(department="korei"), Wanted(ref=VISITS, field="status")):
        entry = workspace.past.page(wanted).entries[0]
        assert entry.commit == made
        assert all(text.isprintable() and len(text) <= 200 for text in (entry.subject, entry.author, entry.email))
        assert [(each.change.field, each.change.after) for each in entry.changes] == [("status", "取組中")]
        assert entry.records == (VISITS,) and not entry.ours and not entry.undoes
    now = datetime.now().astimezone()
    assert made in page(workspace, since=entry.at) and made in page(workspace, until=max(now, entry.at))
    assert workspace.past.origins(VISITS)["status"].commit == made
    # It is nobody's save: the last of one's own is still the one before.
    assert change(workspace, direction="広げる")
    assert workspace.submit(undoing(workspace)).result().subject.startswith("元に戻す：")


def test_records_that_cannot_be_read_are_no_hindrance(workspace: Workspace, root: Path, git: Git) -> None:
    (root / VISITS.path).write_bytes(b"title = \xff\x00")
    git(root, "commit", "-qam", "壊れた")
    workspace.refresh()
    assert subjects(workspace.past.page(Wanted(ref=VISITS)).entries)[0] == "壊れた"
    assert page(workspace, category="koreisha")[0] == page(workspace)[0]
    assert workspace.past.origins(VISITS) == {} or "title" not in workspace.past.origins(VISITS)


def test_a_store_in_a_folder_of_another_repository_has_its_own_history(root: Path, tmp_path: Path, git: Git) -> None:
    whole = tmp_path / "whole"
    whole.mkdir()
    git(whole, "init", "-q", "-b", "main")
    shutil.copytree(root, whole / "store", ignore=shutil.ignore_patterns(".git"))
    git(whole, "add", "-A")
    git(whole, "commit", "-qm", "取り込み")
    (whole / "entries").mkdir()
    (whole / "entries" / "x.toml").write_text("x")
    git(whole, "add", "-A")
    git(whole, "commit", "-qm", "ほかの話")
    inner = Workspace.open(whole / "store", author=COLLEAGUE)
    first = change(inner, status="取組中")
    went = inner.move(VISITS, "jutaku").result().commit
    gone = inner.delete(HOUSES).result().commit
    moved = Ref("entries/jutaku/20261101-aaaaa")
    assert [entry.subject for entry in inner.past.page(size=9).entries][-1] == "取り込み"
    assert page(inner)[:3] == [gone, went, first] and len(page(inner)) == 4
    assert page(inner, ref=moved)[:2] == [went, first]
    assert page(inner, department="korei")[:2] == [went, first]
    assert [each.ref for each in inner.past.deleted().records] == [HOUSES]
    assert inner.past.origins(moved)["status"].commit == first
    with pytest.raises(InvalidValue, match="元に戻せる変更がありません"):
        taking_back(inner, git(whole, "rev-list", "--grep=ほかの話", "HEAD").strip())
    inner.submit(undoing(inner)).result()
    assert HOUSES in inner.snapshot
    inner.close()

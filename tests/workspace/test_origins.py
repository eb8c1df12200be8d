"""Who last changed each value, when, from what."""

from __future__ import annotations

from pathlib import Path

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import Git
from tests.workspace.conftest import VISITS

COLLEAGUE = "高齢福祉課 担当 <korei@example.jp>"
MOVED = Ref("entries/jutaku/20261101-aaaaa")


def change(workspace: Workspace, ref: Ref = VISITS, **fields: object) -> str:
    workspace.refresh()
    return workspace.save(ref, workspace.snapshot.expect(ref, Entry).but(**fields)).result().commit or ""


def test_of_fields_set_once_changed_and_gone_elsewhere(workspace: Workspace, root: Path) -> None:
    begun = workspace.past.page(size=1).entries[0].commit
    change(workspace, status="取組中", direction="広げる")
    colleague = Workspace.open(root, author=COLLEAGUE)
    theirs = change(colleague, status="終了")
    change(colleague, direction=None)
    colleague.close()
    workspace.refresh()
    found = workspace.past.origins(VISITS)
    assert list(found) == ["department", "title", "kind", "status", "categories", "outline"]
    status = found["status"]
    assert (status.label, status.before, status.after) == ("状況", "取組中", "終了")
    assert (status.commit, status.author) == (theirs, "高齢福祉課 担当")
    assert status.subject == "取組「見守り訪問」を更新（高齢福祉課・高齢者）"
    assert status.at.tzinfo is not None and status.about is not None
    assert (found["title"].commit, found["title"].before, found["title"].after) == (begun, None, "見守り訪問")
    went = workspace.move(VISITS, "jutaku").result().commit
    found = workspace.past.origins(MOVED)
    assert (found["department"].commit, found["department"].before, found["department"].after) == (
        went,
        "korei",
        "jutaku",
    )
    assert (found["status"].commit, found["title"].commit) == (theirs, begun)


def test_of_the_rows_of_a_table(workspace: Workspace) -> None:
    ref = Ref("meetings/20261101-ddddd")
    rows = [{"id": "a1", "text": "よい"}, {"id": "b2", "text": "ふつう"}]
    meeting = Meeting.model_validate({"title": "会議", "opinions": rows})
    first = workspace.save(ref, meeting).result().commit
    second = workspace.save(ref, meeting.but(opinions=[rows[0], {"id": "b2", "text": "だめ"}])).result().commit
    found = workspace.past.origins(ref)
    assert (found["opinions[a1].text"].commit, found["opinions[a1]"].commit) == (first, first)
    assert (found["opinions[b2].text"].commit, found["opinions[b2].text"].before) == (second, "ふつう")
    assert found["opinions"].commit == second
    assert found["opinions[b2].text"].label == "意見・考え方等［だめ］ 意見"


def test_a_value_that_came_back_is_of_the_commit_that_brought_it_back(workspace: Workspace) -> None:
    change(workspace, status="取組中")
    last = change(workspace, status="検討中")
    assert workspace.past.origins(VISITS)["status"].commit == last


def test_of_many_commits(workspace: Workspace, root: Path, git: Git) -> None:
    first = change(workspace, direction="広げる")
    file = root / VISITS.path
    text = file.read_text()
    for number in range(33):
        file.write_text(text.replace("見守り訪問", f"見守り{number}"))
        git(root, "commit", "-qam", str(number))
    found = workspace.past.origins(VISITS)
    assert (found["title"].subject, found["title"].before, found["direction"].commit) == ("32", "見守り31", first)


def test_what_was_never_recorded_has_none(workspace: Workspace, root: Path) -> None:
    assert workspace.past.origins(Ref("entries/korei/20200101-zzzzz")) == {}
    (root / "departments/kankyo.toml").write_text('name = "環境課"\n')
    workspace.refresh()
    assert workspace.past.origins(Ref("departments/kankyo")) == {}
    workspace.delete(VISITS).result()
    assert workspace.past.origins(VISITS) == {}

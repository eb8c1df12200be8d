"""One field of many entries as one save, and nothing at all where one of them cannot follow."""

from __future__ import annotations

from datetime import date

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.finding import Finding, finding_key
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.changing.bulk import Wish, planned
from kyoju_tui.workspace.workspace import Workspace
from tests.workspace.conftest import HOUSES, VISITS

ISSUE = Ref("entries/korei/20261102-ccccc")


def subject(workspace: Workspace) -> str:
    return workspace.past.entries(limit=1)[0].subject


def save_issue(workspace: Workspace) -> None:
    workspace.save(ISSUE, Entry(title="孤立", kind="課題", categories=("koreisha",))).result()


def test_one_commit_for_all(workspace: Workspace) -> None:
    plan = planned(workspace.snapshot, [VISITS, HOUSES], Wish("set", "status", ("取組中",)), workspace.base)
    assert [words for _, words in plan.told] == ["状況: 検討中 → 取組中"] * 2
    before = len(workspace.past.entries())
    workspace.batch(plan.changes, action=plan.action, subject=plan.subject).result()
    assert subject(workspace) == "取組・課題2件の状況を変更"
    assert len(workspace.past.entries()) == before + 1
    assert {workspace.snapshot.entries[ref].status for ref in (VISITS, HOUSES)} == {"取組中"}


def test_what_cannot_follow_is_named(workspace: Workspace) -> None:
    save_issue(workspace)
    plan = planned(workspace.snapshot, [VISITS, ISSUE], Wish("set", "status", ("終了",)), workspace.base)
    ((ref, why),) = plan.refused
    assert ref == ISSUE and "取組だけ" in why


def test_lists_gain_and_lose_members(workspace: Workspace) -> None:
    refs = [VISITS, HOUSES]
    plan = planned(workspace.snapshot, refs, Wish("add", "categories", ("sumai",)), workspace.base)
    assert (plan.same, [ref for ref, _ in plan.told]) == ((HOUSES,), [VISITS])
    workspace.batch(plan.changes, action=plan.action, subject=plan.subject).result()
    assert workspace.snapshot.entries[VISITS].categories == ("koreisha", "sumai")
    plan = planned(workspace.snapshot, refs, Wish("remove", "categories", ("sumai",)), workspace.base)
    # The last category cannot be taken away.
    assert [ref for ref, _ in plan.refused] == [HOUSES]


def test_a_value_can_be_taken_away(workspace: Workspace) -> None:
    entry = workspace.snapshot.entries[VISITS].but(as_of=date(2026, 4, 1))
    workspace.save(VISITS, entry).result()
    plan = planned(workspace.snapshot, [VISITS], Wish("set", "as_of", ()), workspace.base)
    workspace.batch(plan.changes, action=plan.action, subject=plan.subject).result()
    assert workspace.snapshot.entries[VISITS].as_of is None


def test_moved_together_what_names_both_follows_once(workspace: Workspace) -> None:
    save_issue(workspace)
    subjects = [str(ISSUE), str(VISITS)]
    point = Finding.model_validate({"rule": "joint", "subjects": subjects, "verdict": "検討中"})
    workspace.save(f"findings/{finding_key('joint', subjects)}", point).result()
    plan = planned(workspace.snapshot, [VISITS, ISSUE, HOUSES], Wish("move", "department", ("jutaku",)), workspace.base)
    assert plan.same == (HOUSES,)
    workspace.batch(plan.changes, action=plan.action, subject=plan.subject).result()
    assert subject(workspace) == "取組・課題2件の所管を変更（住宅政策課へ）"
    moved = [f"entries/jutaku/{ref.id}" for ref in (ISSUE, VISITS)]
    assert all(ref in workspace.snapshot for ref in moved) and VISITS not in workspace.snapshot
    ((ref, finding),) = workspace.snapshot.findings.items()
    assert list(finding.subjects) == moved and ref.id == finding_key("joint", moved)


def test_only_what_may_belong_to_nobody_goes_to_common(workspace: Workspace) -> None:
    plan = planned(workspace.snapshot, [VISITS], Wish("move", "department", ("common",)), workspace.base)
    assert [ref for ref, _ in plan.refused] == [VISITS]
    plan = planned(workspace.snapshot, [VISITS], Wish("move", "department", ("nobody",)), workspace.base)
    assert "ありません" in plan.refused[0][1]


def test_a_colleagues_change_meanwhile_is_merged(workspace: Workspace) -> None:
    plan = planned(workspace.snapshot, [VISITS, HOUSES], Wish("set", "status", ("取組中",)), workspace.base)
    workspace.save(VISITS, workspace.snapshot.entries[VISITS].but(direction="広げる")).result()
    saved = workspace.batch(plan.changes, action=plan.action, subject=plan.subject).result()
    entry = workspace.snapshot.entries[VISITS]
    assert saved.merged and (entry.status, entry.direction) == ("取組中", "広げる")

"""Versions of some fields: which commits make one, how they stood, how two texts differ."""

from __future__ import annotations

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.policy import Policy
from kyoju_tui.workspace.past.versions import differing, versions
from kyoju_tui.workspace.workspace import Workspace

POLICY = Ref("policy")
FIELDS = ("purpose", "position")


def save(workspace: Workspace, **fields: object) -> str:
    record = workspace.snapshot.get(POLICY) or Policy()
    saved = workspace.save(POLICY, record.but(**fields)).result(timeout=60)
    assert saved.commit is not None
    return saved.commit


def test_only_commits_that_change_these_fields_make_a_version(workspace: Workspace) -> None:
    assert versions(workspace.past, POLICY, FIELDS) == ()
    first = save(workspace, purpose="暮らしを保つ", position="たたき台")
    save(workspace, note="別の話")
    second = save(workspace, position="合意")
    save(workspace, direction="地区ごとに")
    found = versions(workspace.past, POLICY, FIELDS)
    assert [version.commit for version in found] == [second, first]
    assert [version.text("position") for version in found] == ["合意", "たたき台"]
    assert found[0].text("purpose") == "暮らしを保つ"
    assert found[0].author and found[0].at.tzinfo is not None


def test_a_field_that_was_emptied_and_a_record_that_was_deleted(workspace: Workspace) -> None:
    save(workspace, purpose="暮らしを保つ", note="備考")
    save(workspace, purpose=None)
    assert [version.text("purpose") for version in versions(workspace.past, POLICY, FIELDS)] == ["", "暮らしを保つ"]
    save(workspace, position="確定")
    workspace.delete(POLICY).result(timeout=60)
    assert [version.text("position") for version in versions(workspace.past, POLICY, FIELDS)] == ["", "確定", "", ""]


def test_texts_differ_sentence_by_sentence() -> None:
    before = "顔を合わせる。頼り合える。\n地区ごとに進める"
    after = "顔を合わせる。困ったときに頼り合える。\n地区ごとに進める\n広げる"
    assert differing(before, after) == (
        ("同じ", "顔を合わせる。"),
        ("前", "頼り合える。"),
        ("後", "困ったときに頼り合える。"),
        ("同じ", "地区ごとに進める"),
        ("後", "広げる"),
    )
    assert differing("", "一つ") == (("後", "一つ"),)
    assert differing("", "") == ()

"""Drafts: kept on every failure, taken away only when their own text is recorded, nobody else's business."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import HostileConfig, InvalidValue, NotARepository, ReadOnly, RepositoryState
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.drafts.kept import Draft, Drafts
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.requests import Put
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import STAFF, Git
from tests.workspace.conftest import HOUSES, VISITS
from tests.workspace.test_refusals import hostile

TODAY = date(2026, 11, 23)
TYPED = Draft(VISITS, {"title": "書きかけ"}, None)


def entry(workspace: Workspace) -> Entry:
    return workspace.snapshot.expect(VISITS, Entry)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("plain", "kept"),
    [
        ({"title": "a\x00\x1b[31m\r\n\t\x7f\u2028\x85b"}, {"title": "a\x00\x1b[31m\r\n\t\x7f\u2028\x85b"}),
        ({"title": '"""\\ 😀', "行": "未知"}, {"title": '"""\\ 😀', "行": "未知"}),
        ({"title": "半分\ud83d"}, {"title": "半分?"}),
        ({"a": None, "rows": [{"text": None, "on": TODAY}, {}]}, {"rows": [{"on": TODAY}, {}]}),
        ({"categories": ("a", "b"), "n": 2**70}, {"categories": ["a", "b"], "n": 2**70}),
    ],
    ids=["control", "quotes", "surrogate", "none", "tuple"],
)
def test_whatever_a_form_holds_is_kept(tmp_path: Path, plain: dict[str, object], kept: dict[str, object]) -> None:
    drafts = Drafts(tmp_path / "drafts" / "0")
    base = "題\\n\r\n".encode() + b"\xff\xfe"
    drafts.save(Draft(VISITS, plain, base, "理由"))
    assert drafts.all() == (Draft(VISITS, kept, base, "理由"),)


def test_drafts_are_for_the_eyes_of_their_writer(workspace: Workspace, root: Path) -> None:
    workspace.drafts.save(TYPED)
    folder = root / ".git/kyoju/root/drafts"
    assert {mode(path) for path in (root / ".git/kyoju", folder, *folder.iterdir())} == {0o700}
    assert [mode(path) for path in folder.glob("*/*")] == [0o600]


def test_another_save_of_the_record_leaves_the_draft(workspace: Workspace) -> None:
    workspace.drafts.save(TYPED)
    workspace.save(VISITS, entry(workspace).but(status="取組中")).result()
    workspace.submit(undoing(workspace)).result()
    workspace.move(VISITS, "jutaku").result()
    assert workspace.drafts.all() == (TYPED,)


def test_a_batch_that_fails_replaces_no_draft(workspace: Workspace, root: Path, git: Git) -> None:
    workspace.drafts.save(TYPED)
    git(root, "checkout", "-q", "--detach")
    houses = workspace.snapshot.expect(HOUSES, Entry)
    puts = [
        Put(VISITS, entry(workspace).but(direction="広げる"), workspace.base(VISITS)),
        Put(HOUSES, houses.but(direction="広げる"), workspace.base(HOUSES)),
    ]
    with pytest.raises(RepositoryState):
        workspace.batch(puts, action="update").result()
    assert workspace.drafts.get(VISITS) == TYPED
    assert workspace.drafts.get(HOUSES) is not None


def test_a_move_that_fails_leaves_no_drafts(workspace: Workspace, root: Path, git: Git) -> None:
    meeting = Meeting.model_validate({"title": "会議", "opinions": [{"id": "a1", "text": "よい", "refs": [VISITS]}]})
    workspace.save("meetings/20261123-aaaaa", meeting).result()
    git(root, "checkout", "-q", "--detach")
    with pytest.raises(RepositoryState):
        workspace.move(VISITS, "jutaku").result()
    assert workspace.drafts.all() == ()


def test_a_draft_goes_when_its_text_is_recorded(workspace: Workspace) -> None:
    record = entry(workspace).but(status="取組中")
    other = Draft(HOUSES, {"title": "別の書きかけ"}, None)
    workspace.drafts.save(other)
    workspace.drafts.save(Draft(VISITS, {**to_plain(record), "direction": ""}, workspace.base(VISITS).data))
    workspace.save(VISITS, record).result()
    assert workspace.drafts.all() == (other,)


def test_what_was_typed_before_the_settings_were_accepted_is_found_after(root: Path, git: Git) -> None:
    hostile(root, git)
    workspace = Workspace.open(root, author=STAFF)
    with pytest.raises(HostileConfig):
        workspace.save(VISITS, entry(workspace).but(direction="広げる"))
    workspace.consent()

    draft = workspace.drafts.get(VISITS)
    assert draft is not None
    assert draft.plain["direction"] == "広げる"
    workspace.drafts.save(TYPED)
    assert workspace.drafts.all() == (TYPED,)
    workspace.drafts.discard(VISITS)
    assert workspace.drafts.get(VISITS) is None
    workspace.close()


def test_what_was_typed_before_there_was_a_repository_is_found_after(root: Path) -> None:
    away = (root / ".git").rename(root.parent / "git-away")
    with_none = Workspace.open(root, author=STAFF)
    with pytest.raises(NotARepository):
        with_none.save(VISITS, entry(with_none).but(direction="広げる"))
    away.rename(root / ".git")

    again = Workspace.open(root, author=STAFF)
    record = entry(again).but(direction="広げる")
    assert [draft.ref for draft in again.drafts.all()] == [VISITS]
    again.save(VISITS, record).result()
    assert again.drafts.all() == ()
    again.close()


def test_where_the_repository_cannot_be_written_drafts_are_kept_at_home(workspace: Workspace, root: Path) -> None:
    (root / ".git/kyoju").rename(root / ".git/kyoju-before")
    (root / ".git/kyoju").write_text("書けない場所")
    with pytest.raises(ReadOnly):
        workspace.save(VISITS, entry(workspace).but(direction="広げる")).result()
    assert [draft.plain["direction"] for draft in workspace.drafts.all()] == ["広げる"]


def test_a_name_that_cannot_be_used_loses_no_text(root: Path) -> None:
    workspace = Workspace.open(root, environ={"KYOJU_USER": "<>"})
    with pytest.raises(InvalidValue):
        workspace.save(VISITS, entry(workspace).but(direction="広げる"))
    assert [draft.ref for draft in workspace.drafts.all()] == [VISITS]
    workspace.close()


def test_a_file_that_is_no_draft_is_left_alone(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "0")
    drafts.save(TYPED)
    (tmp_path / "0" / "x.draft.toml").write_text("なにか")
    (tmp_path / "0" / "y.draft.toml").write_text('ref = "entries/korei/x"\n')
    assert drafts.all() == (TYPED,)
    assert drafts.get(Ref("entries/korei/x")) is None

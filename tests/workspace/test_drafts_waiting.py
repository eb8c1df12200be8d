"""How a draft is told: what was typed, what others recorded meanwhile, where the two meet, what has gone."""

from __future__ import annotations

import pytest

from kyoju_tui.records.category import Category
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.drafts.waiting import Waiting, drafts_waiting
from kyoju_tui.workspace.workspace import Workspace
from tests.workspace.conftest import HOUSES, VISITS


def typed(workspace: Workspace, ref: Ref = VISITS, **fields: object) -> None:
    """Somebody typed this into a record and did not record it."""
    record = workspace.snapshot.expect(ref, Entry)
    workspace.drafts.save(Draft(ref, {**to_plain(record), **fields}, workspace.base(ref).data, slot=ref[-5:]))


def only(workspace: Workspace) -> Waiting:
    (waiting,) = drafts_waiting(workspace)
    return waiting


def change(workspace: Workspace, **fields: object) -> None:
    workspace.save(VISITS, workspace.snapshot.expect(VISITS, Entry).but(**fields)).result()


def test_what_was_typed_is_told_from_what_was_recorded_since(workspace: Workspace) -> None:
    typed(workspace, title="声かけ訪問")
    change(workspace, status="取組中")
    waiting = only(workspace)
    assert waiting.title == "取組・課題「声かけ訪問」"
    assert waiting.lines == ("件名: 見守り訪問 → 声かけ訪問",)
    assert waiting.since == ("状況: 検討中 → 取組中",)
    assert waiting.clashing == () and waiting.opens and waiting.ref == VISITS


def test_what_both_changed_is_named(workspace: Workspace) -> None:
    typed(workspace, title="声かけ訪問", status="終了")
    change(workspace, title="見守りと声かけ")
    assert only(workspace).clashing == ("件名",)


def test_a_draft_that_says_what_is_recorded_is_forgotten(workspace: Workspace) -> None:
    typed(workspace, status="取組中")
    change(workspace, status="取組中")
    assert drafts_waiting(workspace) == ()
    assert workspace.drafts.all() == ()


def test_the_same_text_is_told_once(workspace: Workspace) -> None:
    typed(workspace, title="声かけ訪問")
    (draft,) = workspace.drafts.all()
    workspace.drafts.save(draft)
    assert len(workspace.drafts.all()) == 2
    assert len(drafts_waiting(workspace)) == 1


def test_a_draft_of_a_record_deleted_since_becomes_a_new_one(workspace: Workspace) -> None:
    typed(workspace, title="声かけ訪問")
    workspace.delete(VISITS).result()
    waiting = only(workspace)
    assert waiting.ref is None and waiting.opens
    assert "その後削除されました" in waiting.notes[0]
    assert waiting.lines == ("件名: 見守り訪問 → 声かけ訪問",)


def test_a_draft_follows_its_record_to_another_department(workspace: Workspace) -> None:
    typed(workspace, title="声かけ訪問")
    workspace.move(VISITS, "jutaku").result()
    waiting = only(workspace)
    assert waiting.ref == Ref("entries/jutaku/20261101-aaaaa")
    assert "移されました" in waiting.notes[0]


def test_a_category_retired_or_gone_since_is_named(workspace: Workspace) -> None:
    typed(workspace, categories=["koreisha", "nanika"])
    category = workspace.snapshot.expect("categories/koreisha", Category)
    workspace.save("categories/koreisha", category.but(retired=True)).result()
    notes = "".join(only(workspace).notes)
    assert "「高齢者」は、今は使われていません" in notes
    assert "「nanika」は、今はありません" in notes


def test_a_draft_whose_file_was_broken_by_hand_waits(workspace: Workspace) -> None:
    typed(workspace, title="声かけ訪問")
    (workspace.root / VISITS.path).write_text("title = \n")
    workspace.refresh()
    waiting = only(workspace)
    assert not waiting.opens and "点検で直すと続けられます" in waiting.notes[0]
    assert waiting.lines == ("件名: 見守り訪問 → 声かけ訪問",)
    assert len(workspace.drafts.all()) == 1


def test_a_kind_of_a_newer_version_is_kept_and_told(workspace: Workspace) -> None:
    workspace.drafts.save(Draft(Ref("festivals/natsu"), {"name": "夏\x1b[2Jまつり"}, None))
    waiting = only(workspace)
    assert not waiting.opens and "新しい版" in waiting.notes[0]
    assert waiting.lines == ("name: 夏�[2Jまつり",)
    assert len(workspace.drafts.all()) == 1


_ODD: list[dict[str, object]] = [
    {"title": 3, "categories": "x", "status": ["a"]},
    {"obstacles": [1, {"text": None}], "results": "たくさん", "title": "\x00\x1b]0;x\x07"},
    {"categories": [{"a": 1}], "as_of": "R8.99", "未知": {"a": [{"b": 1}]}},
    {"title": "半分\ud83d"},
]


@pytest.mark.parametrize("plain", _ODD, ids=["types", "control", "tables", "surrogate"])
def test_whatever_a_draft_holds_is_told_in_words(workspace: Workspace, plain: dict[str, object]) -> None:
    workspace.drafts.save(Draft(VISITS, plain, workspace.base(VISITS).data, slot="odd"))
    workspace.drafts.save(Draft(HOUSES, plain, b"\xff\xfe no TOML", slot="odd2"))
    for waiting in drafts_waiting(workspace):
        assert waiting.lines
        assert not any("\x1b" in line for line in (waiting.title, *waiting.lines, *waiting.notes))

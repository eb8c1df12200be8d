"""カテゴリーの統合・廃止・追加: what is at work follows, what is history stays, and the preview tells all of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.finding import Finding, finding_key
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.theme import Theme
from kyoju_tui.workspace.care.checking import check_store
from kyoju_tui.workspace.changing.merging import merging, only_here, retiring, reviving
from kyoju_tui.workspace.new_store.presets import PRESETS, adding, adding_preset, suggestions
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.saving.planned import Present
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import Git
from tests.ui.at_work import record
from tests.workspace.conftest import HOUSES, VISITS

TODAY = date(2026, 11, 23)
POINT = Ref(f"findings/{finding_key('no-initiative', ['categories/koreisha'])}")


@pytest.fixture
def busy(workspace: Workspace) -> Workspace:
    """Records of every kind that speak of 高齢者 (koreisha), which is to become part of 住まい (sumai)."""
    waiting = {"department": "korei"}
    answered = {"department": "korei", "receipts": [{"id": "r1", "version": 1, "on": date(2026, 7, 30)}]}
    asked = {"issued_on": date(2026, 7, 15), "due_on": date(2026, 7, 31), "categories": ["koreisha", "kosodate"]}
    record(
        workspace,
        {
            "entries/jutaku/20261102-ddddd": {
                "title": "住み替え相談",
                "kind": "取組",
                "status": "取組中",
                "categories": ["koreisha", "kosodate", "sumai"],
            },
            "departments/jutaku": {"name": "住宅政策課", "order": 10, "categories": ["kosodate", "koreisha"]},
            "datasets/20261101-eeeee": {"title": "人口", "categories": ["koreisha"]},
            "themes/20261101-fffff": {"title": "見守り", "categories": ["sumai", "koreisha"]},
            "collaborations/20261101-ggggg": {
                "title": "合同相談",
                "categories": ["koreisha"],
                "departments": [{"department": "korei"}, {"department": "jutaku"}],
            },
            "inquiries/20260715-hhhhh": {
                "title": "途中の照会",
                "targets": [waiting],
                "sections": [{"id": "s1", "label": "高齢", "categories": ["koreisha", "sumai"]}],
                "nothing_to_report": [{"id": "n1", "department": "jutaku", "category": "koreisha"}],
                **asked,
            },
            "inquiries/20250715-jjjjj": {"title": "済んだ照会", "targets": [answered], **asked},
            "meetings/20261001-kkkkk": {
                "title": "意見交換会",
                "held_on": date(2026, 10, 1),
                "opinions": [{"id": "o1", "category": "koreisha", "text": "足が要る"}],
            },
            POINT: {
                "rule": "no-initiative",
                "subjects": ["categories/koreisha"],
                "verdict": "必要な取組",
                "needed": {"title": "移動の足"},
            },
        },
    )
    return workspace


def test_everything_at_work_follows_and_history_keeps_its_name(busy: Workspace, root: Path, git: Git) -> None:
    planned = merging(Present.of(busy), "koreisha", "sumai", TODAY)
    planned.record(busy).result()
    now = busy.snapshot

    assert all("koreisha" not in entry.categories for entry in now.entries.values())
    assert now.expect(VISITS, Entry).categories == ("sumai",)
    assert now.expect("entries/jutaku/20261102-ddddd", Entry).categories == ("kosodate", "sumai")
    assert now.departments["jutaku"].categories == ("kosodate", "sumai")
    assert now.categories["koreisha"].merged_into == "sumai" and now.categories["koreisha"].retired
    assert now.expect("datasets/20261101-eeeee", Dataset).categories == ("sumai",)
    assert now.expect("themes/20261101-fffff", Theme).categories == ("sumai",)
    assert now.expect("collaborations/20261101-ggggg", Collaboration).categories == ("sumai",)
    open_one = now.expect("inquiries/20260715-hhhhh", Inquiry)
    assert open_one.categories == ("sumai", "kosodate")
    assert open_one.sections[0].categories == ("sumai",)
    assert open_one.nothing_to_report[0].category == "koreisha"
    assert now.expect("inquiries/20250715-jjjjj", Inquiry).categories == ("koreisha", "kosodate")
    assert now.expect("meetings/20261001-kkkkk", Meeting).opinions[0].category == "koreisha"
    point = now.expect(POINT, Finding)
    assert point.subjects == ("categories/koreisha",)
    assert point.needed is not None and point.needed.categories == ("sumai",) and point.needed.title == "移動の足"

    message = git(root, "log", "-1", "--format=%B")
    assert message.startswith("カテゴリー「高齢者」を「住まい」に統合\n")
    assert "Kyoju-Action: merge" in message
    assert not [problem for problem in check_store(root, environ={}).problems if problem.code == "K302"]
    assert not check_store(root, environ={}).failed


def test_the_preview_names_every_record_that_the_commit_changes(busy: Workspace, root: Path, git: Git) -> None:
    planned = merging(Present.of(busy), "koreisha", "sumai", TODAY)
    told = "\n".join(planned.told)
    before = git(root, "rev-parse", "HEAD")
    saved = planned.record(busy).result()

    assert len(planned.lines) == len(saved.refs) == len(planned.changes)
    for title in ("見守り訪問", "住み替え相談", "住宅政策課", "人口", "見守り", "合同相談", "途中の照会", "移動の足"):
        assert f"「{title}」" in "\n".join(planned.lines)
    assert "済んだ照会" in told and "意見交換会" in told and "当時の名称" in told
    assert saved.subject == planned.subject

    busy.submit(undoing(busy)).result()
    assert not git(root, "diff", before.strip(), "--", "*.toml").strip()


def test_a_colleague_s_change_in_between_is_kept(busy: Workspace) -> None:
    planned = merging(Present.of(busy), "koreisha", "sumai", TODAY)
    busy.save(VISITS, busy.snapshot.expect(VISITS, Entry).but(outline="書き直した。")).result()
    saved = planned.record(busy).result()
    entry = busy.snapshot.expect(VISITS, Entry)
    assert saved.merged
    assert (entry.outline, entry.categories) == ("書き直した。", ("sumai",))


def test_into_itself_into_a_closed_one_and_round_in_a_circle_are_refused(workspace: Workspace) -> None:
    present = Present.of(workspace)
    with pytest.raises(InvalidValue, match="それ自身"):
        merging(present, "koreisha", "koreisha", TODAY)
    with pytest.raises(UnknownRef):
        merging(present, "koreisha", "nowhere", TODAY)
    merging(present, "koreisha", "sumai", TODAY).record(workspace).result()
    with pytest.raises(InvalidValue, match="廃止または統合"):
        merging(Present.of(workspace), "sumai", "koreisha", TODAY)
    with pytest.raises(InvalidValue, match="廃止または統合"):
        merging(Present.of(workspace), "koreisha", "kosodate", TODAY)
    retiring(Present.of(workspace), "kosodate").record(workspace).result()
    with pytest.raises(InvalidValue, match="「子育て」は、廃止"):
        merging(Present.of(workspace), "sumai", "kosodate", TODAY)


def test_retired_and_taken_back(workspace: Workspace) -> None:
    planned = retiring(Present.of(workspace), "koreisha")
    assert only_here(workspace.snapshot, "koreisha") == (VISITS,)
    assert "1件" in planned.told[-1]
    assert planned.record(workspace).result().subject == "カテゴリー「高齢者」を廃止"
    assert "koreisha" not in workspace.snapshot.categories_in_use
    with pytest.raises(InvalidValue, match="もう使われていません"):
        retiring(Present.of(workspace), "koreisha")
    reviving(Present.of(workspace), "koreisha").record(workspace).result()
    assert "koreisha" in workspace.snapshot.categories_in_use
    with pytest.raises(InvalidValue, match="いま使われています"):
        reviving(Present.of(workspace), "koreisha")


def test_a_merged_category_taken_back_is_in_use_and_empty(workspace: Workspace) -> None:
    merging(Present.of(workspace), "koreisha", "sumai", TODAY).record(workspace).result()
    planned = reviving(Present.of(workspace), "koreisha")
    assert "統合先に残ります" in planned.told[-1]
    planned.record(workspace).result()
    assert workspace.snapshot.categories["koreisha"].merged_into is None
    assert workspace.snapshot.expect(VISITS, Entry).categories == ("sumai",)
    assert workspace.snapshot.expect(HOUSES, Entry).categories == ("sumai",)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_adds_only_names_that_are_missing(workspace: Workspace, preset: str) -> None:
    if preset == "handbook-5":
        with pytest.raises(InvalidValue, match="すべてあります"):
            adding_preset(Present.of(workspace), preset)
        return
    before = dict(workspace.snapshot.categories)
    adding_preset(Present.of(workspace), preset).record(workspace).result()
    after = workspace.snapshot.categories
    names = [category.name for category in after.values()]
    assert {name for _, name, _ in PRESETS[preset]} <= set(names)
    assert len(names) == len(set(names))
    assert [after[each] for each in before] == list(before.values())
    assert list(after)[: len(before)] == list(before)


def test_suggestions_never_repeat_a_name_and_find_a_free_id(workspace: Workspace) -> None:
    record(workspace, {"categories/chonaikai": {"name": "自治会", "order": 60}})
    found = suggestions(workspace.snapshot)
    names = [each.name for each in found]
    assert "住環境" in names and "町内会" in names and "子育て" not in names
    assert len(names) == len(set(names))
    chosen = [each for each in found if each.name in ("町内会", "住環境")]
    saved = adding(Present.of(workspace), chosen).record(workspace).result()
    assert saved.subject == "カテゴリー「住環境」、「町内会」を追加"
    assert workspace.snapshot.categories["chonaikai-2"].name == "町内会"
    assert not {"住環境", "町内会"} & {each.name for each in suggestions(workspace.snapshot)}

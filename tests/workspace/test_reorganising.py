"""組織改編: departments end and begin on a day, entries keep their ids and their history, one commit, one step back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.finding import finding_key
from kyoju_tui.records.group import Group
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting, Series
from kyoju_tui.workspace.care.checking import check_store
from kyoju_tui.workspace.changing.reorganising import Reorganisation, Sort, Successor, handing_over, reorganising
from kyoju_tui.workspace.past.undoing import undoing
from kyoju_tui.workspace.saving.planned import Present
from kyoju_tui.workspace.workspace import Workspace
from tests.conftest import Git
from tests.ui.at_work import record
from tests.workspace.conftest import HOUSES, VISITS

TODAY = date(2026, 11, 23)
ON = date(2026, 10, 1)
NEW = Successor("kurashi", Department(name="くらし支援課", reading="くらししえんか"))
ALIKE = "20261102-ddddd"


@pytest.fixture
def busy(workspace: Workspace) -> Workspace:
    """Records of many kinds that name 高齢福祉課 (korei)."""
    alike = [f"{VISITS}", f"{HOUSES}"]
    record(
        workspace,
        {
            f"entries/korei/{ALIKE}": {
                "title": "配食",
                "kind": "取組",
                "status": "取組中",
                "categories": ["koreisha"],
                "related_departments": ["jutaku", "korei"],
                "addresses": [],
            },
            HOUSES: workspace.snapshot.expect(HOUSES, Entry).but(related_departments=["korei"]),
            f"findings/{finding_key('alike', alike)}": {"rule": "alike", "subjects": alike, "verdict": "役割分担済"},
            "meetings/20260901-kkkkk": {
                "title": "意見交換会",
                "attendance": [{"department": "korei", "status": "出席"}],
                "opinions": [{"id": "o1", "department": "korei", "text": "合う", "refs": alike}],
                "actions": [
                    {"id": "a1", "text": "調べる", "department": "korei"},
                    {"id": "a2", "text": "済んだ", "department": "korei", "done_on": date(2026, 9, 9)},
                ],
            },
            "groups/20260901-ggggg": {"name": "見守り隊", "contact_desk": "korei"},
            "series/20260901-sssss": {"title": "連絡会", "members": ["korei", "jutaku"]},
            "collaborations/20260901-ccccc": {
                "title": "合同相談",
                "departments": [{"department": "korei", "share": "訪問"}, {"department": "jutaku", "share": "改修"}],
            },
            "policy": {"lead": {"department": "korei"}},
            "inquiries/20260715-hhhhh": {
                "title": "途中の照会",
                "issued_on": date(2026, 7, 15),
                "targets": [{"department": "korei"}],
            },
        },
    )
    return workspace


def renaming(on: date = ON) -> Reorganisation:
    return Reorganisation("改称", on, ("korei",), (NEW,))


def test_a_renamed_department_takes_its_entries_and_their_history_along(busy: Workspace, root: Path, git: Git) -> None:
    head = git(root, "rev-parse", "HEAD").strip()
    planned = reorganising(Present.of(busy), renaming(), TODAY)
    saved = planned.record(busy).result()
    now = busy.snapshot

    old, new = now.departments["korei"], now.departments["kurashi"]
    assert (old.until, old.successor) == (date(2026, 9, 30), "kurashi")
    assert (new.from_, new.name, new.order) == (ON, "くらし支援課", 20)
    moved = Ref(f"entries/kurashi/{VISITS.id}")
    assert {ref.id for ref in now.entries if ref.department == "kurashi"} == {VISITS.id, ALIKE}
    assert now.expect(f"entries/kurashi/{ALIKE}", Entry).related_departments == ("jutaku",)
    assert now.expect(HOUSES, Entry).related_departments == ("kurashi",)
    assert [finding.subjects for finding in now.findings.values()] == [(str(moved), str(HOUSES))]
    meeting = now.expect("meetings/20260901-kkkkk", Meeting)
    assert meeting.opinions[0].refs == (str(moved), str(HOUSES))
    assert meeting.opinions[0].department == meeting.attendance[0].department == "korei"
    assert [action.department for action in meeting.actions] == ["kurashi", "korei"]
    assert now.expect("groups/20260901-ggggg", Group).contact_desk == "kurashi"
    assert now.expect("series/20260901-sssss", Series).members == ("kurashi", "jutaku")
    shares = now.expect("collaborations/20260901-ccccc", Collaboration).departments
    assert [share.department for share in shares] == ["kurashi", "jutaku"]

    history = busy.past.entries(moved)
    assert len(history) == 2 and history[-1].subject == "はじめの記録"
    assert saved.subject == "高齢福祉課をくらし支援課に改称（令和8年10月1日から）"
    assert git(root, "rev-list", "--count", f"{head}..HEAD").strip() == "1"
    assert not check_store(root, environ={}).failed

    busy.submit(undoing(busy)).result()
    assert not git(root, "diff", head, "--", "*.toml").strip()
    assert not git(root, "status", "--porcelain").strip()


def test_the_preview_tells_what_moves_and_what_stays(busy: Workspace) -> None:
    planned = reorganising(Present.of(busy), renaming(), TODAY)
    told = "\n".join(planned.told)
    for words in (
        "部署「くらし支援課」：新しい記録",
        "廃止日: （なし）→ 令和8年9月30日",
        "取組「見守り訪問」（高齢福祉課）：高齢福祉課 → くらし支援課",
        "団体「見守り隊」：連絡先の窓口",
        "担当部局の決定は",
        "「途中の照会」への高齢福祉課の回答がまだです",
    ):
        assert words in told, told
    assert "entries/" not in told
    saved = planned.record(busy).result()
    assert saved.refs == tuple(change.ref for change in planned.changes)


def test_before_the_day_the_entries_stay_and_are_handed_over_later(busy: Workspace, root: Path) -> None:
    on = date(2027, 4, 1)
    planned = reorganising(Present.of(busy), renaming(on), TODAY)
    assert "令和9年4月1日になってから" in "\n".join(planned.told)
    planned.record(busy).result()
    assert VISITS in busy.snapshot.entries
    assert "korei" in busy.snapshot.departments_in_use(TODAY)
    with pytest.raises(InvalidValue, match="まだ廃止されていません"):
        handing_over(Present.of(busy), "korei", ["kurashi"], {}, TODAY)
    later = handing_over(Present.of(busy), "korei", ["kurashi"], {}, on)
    assert later.record(busy).result().subject == "高齢福祉課の取組・課題をくらし支援課へ引き継ぎ"
    assert not [ref for ref in busy.snapshot.entries if ref.department == "korei"]
    assert not check_store(root, environ={}).failed


def test_a_split_places_each_entry(busy: Workspace) -> None:
    successors = (NEW, Successor("jutaku"))
    placed = {VISITS: "jutaku", Ref(f"entries/korei/{ALIKE}"): "kurashi"}
    split = Reorganisation("分割", ON, ("korei",), successors, placed)
    with pytest.raises(InvalidValue, match="移る先の決まっていない取組・課題が1件"):
        reorganising(Present.of(busy), Reorganisation("分割", ON, ("korei",), successors, {VISITS: "jutaku"}), TODAY)
    reorganising(Present.of(busy), split, TODAY).record(busy).result()
    assert f"entries/jutaku/{VISITS.id}" in busy.snapshot.entries
    assert f"entries/kurashi/{ALIKE}" in busy.snapshot.entries


def test_united_departments_share_what_they_shared(busy: Workspace, root: Path) -> None:
    united = Reorganisation("統合", ON, ("korei", "jutaku"), (NEW,))
    record(
        busy,
        {
            "departments/shoko": {"name": "商工課"},
            "collaborations/20260902-ddddd": busy.snapshot.records[Ref("collaborations/20260901-ccccc")],
            "collaborations/20260901-ccccc": {
                "title": "三者の相談",
                "departments": [
                    {"department": "korei", "share": "訪問"},
                    {"department": "jutaku", "share": "改修"},
                    {"department": "shoko", "share": "見守りの店"},
                ],
            },
        },
    )
    planned = reorganising(Present.of(busy), united, TODAY)
    assert "連携協働「合同相談」は1つの部署の仕事になる" in "\n".join(planned.told)
    planned.record(busy).result()
    now = busy.snapshot
    assert {ref.department for ref in now.entries} == {"kurashi"}
    shares = now.expect("collaborations/20260901-ccccc", Collaboration).departments
    assert [(share.department, share.share) for share in shares] == [
        ("kurashi", "訪問\n改修"),
        ("shoko", "見守りの店"),
    ]
    pair = now.expect("collaborations/20260902-ddddd", Collaboration).departments
    assert [share.department for share in pair] == ["korei", "jutaku"]
    assert now.expect("series/20260901-sssss", Series).members == ("kurashi",)
    assert now.expect(f"entries/kurashi/{HOUSES.id}", Entry).related_departments == ()
    assert not check_store(root, environ={}).failed


def test_abolished_without_a_successor_the_entries_are_history(busy: Workspace) -> None:
    planned = reorganising(Present.of(busy), Reorganisation("廃止", ON, ("korei",)), TODAY)
    assert "2件は廃止する部署に残り" in "\n".join(planned.told)
    planned.record(busy).result()
    assert VISITS in busy.snapshot.entries
    with pytest.raises(InvalidValue, match="決まっていません"):
        handing_over(Present.of(busy), "korei", [], {}, TODAY)
    handing_over(Present.of(busy), "korei", ["jutaku"], {}, TODAY).record(busy).result()
    assert f"entries/jutaku/{VISITS.id}" in busy.snapshot.entries


@pytest.mark.parametrize(
    "sort,on,old,successors,words",
    [
        ("改称", date(2025, 4, 1), ("kikan",), (NEW,), "設置日"),
        ("改称", date(2026, 10, 1), ("kyu",), (NEW,), "3月31日(火)までです"),
        ("廃止", ON, ("korei",), (Successor("korei"),), "自身を引き継ぐ"),
        ("統合", ON, ("korei", "jutaku"), (Successor("jutaku"),), "自身を引き継ぐ"),
        ("統合", ON, ("korei",), (NEW,), "数が合いません"),
        ("分割", ON, ("korei",), (NEW,), "数が合いません"),
        ("改称", ON, ("korei",), (Successor("jutaku"),), "もうある部署"),
        ("改称", ON, ("korei",), (Successor("jutaku", Department(name="住")),), "もう使われています"),
        ("廃止", ON, ("korei",), (Successor("kyu"),), "置かれていません"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    workspace: Workspace, sort: Sort, on: date, old: tuple[str, ...], successors: tuple[Successor, ...], words: str
) -> None:
    record(
        workspace,
        {
            "departments/kikan": {"name": "企画課", "from": date(2025, 4, 1)},
            "departments/kyu": {"name": "旧課", "until": date(2026, 3, 31)},
        },
    )
    with pytest.raises(InvalidValue, match=words.replace("(", r"\(").replace(")", r"\)")):
        reorganising(Present.of(workspace), Reorganisation(sort, on, old, successors), TODAY)


def test_unknown_departments_and_entries_are_named(workspace: Workspace) -> None:
    with pytest.raises(UnknownRef):
        reorganising(Present.of(workspace), Reorganisation("改称", ON, ("nai",), (NEW,)), TODAY)
    with pytest.raises(UnknownRef, match="再編する部署の"):
        wrong = Reorganisation("改称", ON, ("korei",), (NEW,), {HOUSES: "kurashi"})
        reorganising(Present.of(workspace), wrong, TODAY)

"""The process map: every step by the records, from an empty store to one that has gone all the way."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import pytest

from kyoju_tui.files.tree import read_tree
from kyoju_tui.overview.findings import findings
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.overview.progress import Step, progress, progress_of
from kyoju_tui.overview.tasks import tasks
from kyoju_tui.records.snapshot import Snapshot
from tests.building import (
    COLUMNS,
    ROWS,
    TODAY,
    Built,
    data,
    initiative,
    inquiry,
    issue,
    meeting,
    receipt,
    record,
    snapshot,
    target,
)

SAMPLE = Path(__file__).parents[2] / "store"
PAST, COMING = date(2026, 11, 2), date(2026, 12, 7)


def step(key: str, *records: Built) -> Step:
    """One step of a store with these records."""
    return next(each for each in progress(snapshot(*records), TODAY) if each.key == key)


def said(key: str, *records: Built) -> tuple[str, str]:
    """Its state and reason."""
    found = step(key, *records)
    return found.state, found.reason


def test_in_a_new_store_nothing_is_begun() -> None:
    """What `init` made is there: the store and the categories of a preset."""
    found = progress(snapshot(*ROWS), TODAY, findings(snapshot(*ROWS), TODAY))
    assert {each.state for each in found} == {"未着手"}
    assert all(each.reason.endswith("。") and each.label and each.place[0] in "123" for each in found)
    assert found[0].key == "lead" and found[-1].key == "passing-on"
    assert len({each.key for each in found}) == len(found) == 17


def test_the_sample_is_under_way() -> None:
    """The states that the sample's own story leads to."""
    tree = read_tree(SAMPLE)
    sample = Snapshot(tree.records, tree.broken)
    found = {each.key: each for each in progress(sample, TODAY, findings(sample, TODAY))}
    assert found["lead"].state == "済" and "地域協働課" in found["lead"].reason
    assert found["inquiry"].state == "実施中" and "商工観光課" in found["inquiry"].reason
    assert found["inquiry"].opening.record.startswith("inquiries/")
    assert found["points"].state == "実施中" and "急ぐ論点" in found["points"].reason
    assert found["framework"].state == "済"
    assert found["passing-on"].state == "済" and "澪帆本町" in found["passing-on"].reason
    assert {each.state for each in found.values()} == {"済", "実施中"}


def policy(**fields: object) -> Built:
    return record("policy", "", **fields)


def test_a_lead_is_named_once_it_was_decided_on_and_exists() -> None:
    dates = {"department": "jutaku", "decided_on": PAST}
    assert said("lead", *COLUMNS, policy(candidates=[{"id": "a", "department": "jutaku"}]))[0] == "実施中"
    assert "決裁がまだ" in said("lead", *COLUMNS, policy(lead={"department": "jutaku"}))[1]
    assert said("lead", *COLUMNS, policy(lead={**dates, "decided_on": COMING}))[0] == "実施中"
    assert said("lead", *COLUMNS, policy(lead=dates)) == ("済", "住宅課に決まっています（R8.11.2）。")
    gone = record("department", "jutaku", name="住宅課", until=date(2026, 3, 31))
    assert said("lead", gone, policy(lead=dates)) == ("実施中", "担当部局の住宅課はR8.3.31で廃止されています。")


def test_a_purpose_is_looked_at_again_after_the_framework() -> None:
    written = {"purpose": "目", "direction": "方", "position": "確定"}
    decided = record("framework", "", type="庁内連携", decided_on=PAST)
    assert said("purpose", policy(purpose="目"))[1] == "方向性がまだ書かれていません。"
    assert said("purpose", policy(**{**written, "position": "合意"}))[0] == "実施中"
    assert said("purpose", policy(**written))[0] == "済"
    assert "もう一度見直します" in said("purpose", policy(**written), decided)[1]
    assert said("purpose", policy(**written, reviewed_on=PAST), decided)[0] == "済"


def test_roles_need_a_department_and_a_day() -> None:
    role = {"id": "a", "text": "まとめる", "department": "jutaku", "due_on": COMING}
    assert said("roles", policy(roles=[role]))[0] == "済"
    assert "2件のうち1件" in said("roles", policy(roles=[role, {"id": "b", "text": "開く"}]))[1]


def test_rows_and_columns() -> None:
    assert said("axes", *ROWS, COLUMNS[0])[0] == "実施中"
    assert said("axes", *COLUMNS)[0] == "実施中"
    assert said("axes", *ROWS, *COLUMNS)[0] == "済"


def test_an_inquiry_is_done_when_everybody_has_answered() -> None:
    both = [target("jutaku"), target("fukushi")]
    draft = record("inquiry", "i1", title="照会案")
    assert "まだ発出していません" in said("inquiry", *ROWS, *COLUMNS, draft)[1]
    assert "期限を過ぎて" in said("inquiry", *ROWS, *COLUMNS, inquiry("i1", targets=both))[1]
    open_still = inquiry("i1", due_on=COMING, targets=both)
    assert said("inquiry", *ROWS, *COLUMNS, open_still) == (
        "実施中",
        "2部署の回答を待っています（高齢福祉課・住宅課）。",
    )
    half = inquiry(
        "i1", targets=[target("jutaku", receipts=[receipt()], checking=True), target("fukushi", receipts=[receipt()])]
    )
    assert "確かめています（住宅課）" in said("inquiry", *ROWS, *COLUMNS, half)[1]
    whole = inquiry("i1", targets=[target(each, receipts=[receipt()]) for each in ("jutaku", "fukushi")])
    assert said("inquiry", *ROWS, *COLUMNS, whole)[0] == "済"
    assert "照会先がありません" in said("inquiry", *ROWS, *COLUMNS, inquiry("i1"))[1]


def test_a_full_matrix_needs_no_inquiry() -> None:
    everywhere = "korei kosodate joho"
    full = [initiative(where, f"e-{where}", everywhere) for where in ("jutaku", "fukushi")]
    assert said("inquiry", *ROWS, *COLUMNS, *full)[0] == "済"
    assert said("table", *ROWS, *COLUMNS, *full)[0] == "実施中"
    assert said("table", *ROWS, *COLUMNS, *full, data("jutaku", "d", everywhere))[0] == "済"
    assert "6欄のうち3欄が記入なし" in said("table", *ROWS, *COLUMNS, full[0])[1]


def test_points_are_done_when_no_strong_one_is_left() -> None:
    lone = [*ROWS[:1], *COLUMNS, issue("jutaku", "i", "korei"), initiative("fukushi", "t", "korei")]
    settled = record("finding", "no-data-000000000000", rule="no-data", subjects=["categories/korei"], verdict="不要")
    assert said("points", *lone)[0] == "未着手"
    # As long as nobody has computed them, nothing is said to be done.
    assert said("points", *lone, settled) == ("実施中", "1件の論点を整理しました。")
    store = snapshot(*lone, settled)
    known = {each.key: each for each in progress(store, TODAY, findings(store, TODAY))}
    assert known["points"].state == "済"
    strong = snapshot(*lone[:-1], settled)
    known = {each.key: each for each in progress(strong, TODAY, findings(strong, TODAY))}
    assert known["points"].state == "実施中" and "急ぐ論点が2件" in known["points"].reason


def test_meetings_go_on() -> None:
    opinion: dict[str, object] = {"text": "重なる", "category": "korei"}
    series = record("series", "s", title="意見交換会", interval_days=42)
    assert said("meetings", meeting("m", COMING))[0] == "実施中"
    assert "意見はまだ" in said("meetings", meeting("m", PAST))[1]
    assert "続けて開く予定" in said("meetings", meeting("m", PAST, opinion))[1]
    assert said("meetings", meeting("m", PAST, opinion), meeting("n", COMING))[0] == "済"
    briefing = record("meeting", "b", title="説明会", kind="事前説明", held_on=PAST)
    assert said("meetings", briefing)[0] == "未着手"
    old = record("meeting", "o", title="会", series="s", held_on=date(2026, 9, 1), opinions=[{"id": "a", "text": "い"}])
    assert "間隔を過ぎています" in said("meetings", old, series)[1]


def test_joint_work_themes_and_framework() -> None:
    alone = record("collaboration", "c", title="見守り", departments=[{"department": "jutaku", "share": "家"}])
    assert "足りません" in said("joint-work", *COLUMNS, alone)[1]
    shares = [{"department": "jutaku", "share": "家"}, {"department": "fukushi", "share": "人"}]
    both = record("collaboration", "c", title="見守り", departments=shares, status="実施中")
    assert said("joint-work", *COLUMNS, both)[0] == "済"
    missing = record("collaboration", "c", title="見守り", departments=[shares[0], {"department": "fukushi"}])
    assert "高齢福祉課" in said("joint-work", *COLUMNS, missing)[1]
    assert step("joint-work", *COLUMNS, missing).opening.record == "collaborations/c"
    assert said("themes", record("theme", "t", title="居場所", status="議論中"))[0] == "実施中"
    assert said("themes", record("theme", "t", title="居場所", status="見送り"))[0] == "実施中"
    unready = record("theme", "t", title="居場所", status="実践中")
    assert said("themes", unready)[0] == "実施中"
    assert said("themes", record("theme", "t", title="居場所", status="実践中", override_reason="急ぐ"))[0] == "済"
    assert said("framework", record("framework", "", type="庁内連携"))[0] == "実施中"
    assert said("framework", record("framework", "", type="庁内連携", decided_on=PAST))[0] == "済"
    logged = {"results": [{"id": "a", "text": "始まった"}]}
    assert "検証はまだ" in said("reviews", record("framework", "", **logged))[1]
    assert said("reviews", record("framework", "", reviews=[{"id": "r", "on": PAST}]))[0] == "済"
    assert "時期" in said("reviews", record("framework", "", reviews=[{"id": "r", "on": date(2025, 1, 6)}]))[1]


def area(**fields: object) -> Built:
    judged = {"willingness": {"level": "活発", "evidence": ["朝市"]}, "priority": {"level": "高", "evidence": ["坂"]}}
    return record("area", "oka", **{"name": "丘", "status": "モデル", "status_reason": "始めたい", **judged, **fields})


def test_areas_are_judged_visited_and_learned_from() -> None:
    assert said("areas", area())[0] == "済"
    assert said("areas", area(status="候補"))[0] == "実施中"
    assert said("areas", area(priority=None))[1] == "丘の優先度に、判断材料がありません。"
    assert said("areas", area(status_reason=None))[0] == "実施中"
    assert said("visits", area())[0] == "未着手"
    assert said("visits", area(visits=[{"id": "v", "on": PAST}]))[0] == "済"
    assert "訪問" in said("visits", area(talks=[{"id": "t", "on": PAST}]))[1]
    learned = {"lessons": [{"id": "l", "text": "話が出た"}]}
    assert said("passing-on", area(**learned))[0] == "実施中"
    other = record("area", "hama", name="浜")
    assert "浜" in said("passing-on", area(**learned, passed_to=[{"id": "p", "area": "hama"}]), other)[1]


def test_groups_and_surveys() -> None:
    group = record("group", "g", name="つどいの会", areas=["oka"])
    person = record("person", "p", roles=["世話役"])
    assert said("groups", area(), person)[0] == "実施中"
    assert said("groups", area(), group)[0] == "実施中"
    assert said("groups", area(), group, person)[0] == "済"
    asked = {"targets": [{"ref": "groups/g", "received_on": PAST}]}
    form = record("survey", "s1", title="アンケート", method="アンケート", **asked)
    hearing = record("survey", "s2", title="聞き取り", method="ヒアリング")
    assert "ヒアリングは、まだ" in said("surveys", form)[1]
    assert "ヒアリングの回答が" in said("surveys", form, hearing)[1]
    assert said("surveys", form, record("survey", "s2", title="聞", method="ヒアリング", **asked))[0] == "済"


@pytest.mark.parametrize("entries", [2000])
def test_two_thousand_entries_take_no_time(entries: int) -> None:
    rows = [record("category", f"c{n}", name=f"行{n}") for n in range(15)]
    columns = [record("department", f"d{n}", name=f"課{n}") for n in range(30)]
    built = [initiative(f"d{n % 30}", f"e{n}", f"c{n % 15}", areas=["oka"]) for n in range(entries)]
    whole = matrix(snapshot(*rows, *columns, *built, area()), TODAY)
    begun = time.perf_counter()
    tasks(whole, progress_of(whole))
    assert time.perf_counter() - begun < 0.05

"""What to do today: ranked, each with the screen and the record that it opens."""

from __future__ import annotations

from datetime import date

from kyoju_tui.overview.due import due_duties, duties, unanswered
from kyoju_tui.overview.findings import findings
from kyoju_tui.overview.matrix import matrix
from kyoju_tui.overview.opening import Opening
from kyoju_tui.overview.progress import progress_of
from kyoju_tui.overview.tasks import Task, tasks, todays_three
from kyoju_tui.records.ids import Ref
from tests.building import COLUMNS, ROWS, TODAY, Built, initiative, inquiry, issue, receipt, record, snapshot, target


def found(*records: Built) -> tuple[Task, ...]:
    """All tasks of a store."""
    store = snapshot(*records)
    views = findings(store, TODAY)
    whole = matrix(store, TODAY)
    return tasks(whole, progress_of(whole, views), views)


ACTIONS = record(
    "meeting",
    "m1",
    title="第1回",
    held_on=date(2026, 11, 2),
    actions=[
        {"id": "a", "text": "遅い", "department": "jutaku", "due_on": date(2026, 11, 20)},
        {"id": "b", "text": "近い", "due_on": date(2026, 11, 27)},
        {"id": "c", "text": "先", "due_on": date(2026, 12, 25)},
        {"id": "d", "text": "済んだ", "due_on": date(2026, 11, 20), "done_on": date(2026, 11, 19)},
        {"id": "e", "text": "期日なし"},
    ],
)


def test_a_new_store_says_what_to_begin_with() -> None:
    three = todays_three(found(*ROWS))
    assert [task.key for task in three] == ["step:lead", "step:purpose", "step:roles"]
    assert three[0].opening == Opening("policy", "policy")
    assert "担当部局を決める" in three[0].sentence


def test_late_answers_come_first_then_duties() -> None:
    late = inquiry("i1", targets=[target("jutaku"), target("fukushi", receipts=[receipt()])])
    ours = found(*ROWS, *COLUMNS, late, ACTIONS)
    assert [task.sort for task in ours[:3]] == ["再依頼", "対応事項", "対応事項"]
    assert ours[0].opening == Opening("inquiries", "inquiries/i1")
    assert "住宅課" in ours[0].sentence and "高齢福祉課" not in ours[0].sentence
    assert ours[1].late and ours[1].sentence == "住宅課：遅い（期日R8.11.20を過ぎています）。"
    assert ours[1].opening == Opening("actions", "meetings/m1", "meetings/m1#a")
    assert not ours[2].late and ours[2].sentence == "近い（期日R8.11.27）。"


def test_three_of_different_sorts() -> None:
    bare = record("area", "oka", name="丘", status="候補")
    ours = found(*ROWS, *COLUMNS, ACTIONS, bare, initiative("jutaku", "t", "korei"), issue("fukushi", "i", "joho"))
    assert [task.sort for task in todays_three(ours)] == ["対応事項", "論点", "地域"]
    points = [task for task in ours if task.sort == "論点"]
    assert {task.opening.screen for task in points} == {"findings"}
    # Strong ones one by one, the others together.
    assert all(task.opening.record.startswith("findings/") for task in points[:-1])
    assert points[-1].opening == Opening("findings") and points[-1].sentence.startswith("ほかの論点")
    area = next(task for task in ours if task.sort == "地域")
    assert area.sentence == "候補の丘について、意欲と優先度の判断材料を集めます。"
    assert area.opening == Opening("areas", "areas/oka")


def test_an_area_that_waits_for_another_time_is_left_alone() -> None:
    assert not [task for task in found(record("area", "oka", name="丘", status="今回は対象外")) if task.sort == "地域"]


def test_meetings_to_be_called_and_prepared() -> None:
    series = record("series", "s", title="意見交換会", interval_days=14)
    old = record("meeting", "m", title="第1回", series="s", held_on=date(2026, 11, 2))
    called = [task for task in found(series, old) if task.sort == "会議"]
    assert [(task.late, task.opening) for task in called] == [(True, Opening("series", "series/s"))]
    soon = record("meeting", "n", title="第2回", series="s", held_on=date(2026, 11, 27))
    prepared = [task for task in found(series, old, soon) if task.sort == "会議"]
    assert [task.opening for task in prepared] == [Opening("meetings", "meetings/n")]
    ready = record("meeting", "n", title="第2回", series="s", held_on=date(2026, 11, 27), agenda=["報告"])
    assert not [task for task in found(series, old, ready) if task.sort == "会議"]


def test_a_step_is_not_told_twice() -> None:
    late = inquiry("i1", targets=[target("jutaku")])
    assert "step:inquiry" not in [task.key for task in found(*ROWS, *COLUMNS, late)]


def test_duties_of_all_sorts_by_their_day() -> None:
    policy = record("policy", "", roles=[{"id": "r", "text": "まとめる", "due_on": date(2026, 11, 10)}])
    survey = record(
        "survey", "s", title="聞き取り", follow_ups=[{"id": "f", "text": "届ける", "due_on": date(2026, 11, 24)}]
    )
    store = snapshot(ACTIONS, policy, survey)
    assert [duty.text for duty in duties(store, TODAY)] == ["まとめる", "遅い", "届ける", "近い", "先", "期日なし"]
    assert [duty.text for duty in due_duties(store, TODAY)] == ["まとめる", "遅い", "届ける", "近い"]


def test_an_inquiry_that_a_newer_one_replaced_is_no_longer_waited_for() -> None:
    old = inquiry("i1", targets=[target("jutaku"), target("fukushi")])
    new = inquiry("i2", issued_on=date(2026, 11, 16), due_on=date(2026, 11, 30), targets=[target("jutaku")])
    open_ones = unanswered(matrix(snapshot(*ROWS, *COLUMNS, old, new), TODAY))
    assert [(one.inquiry, one.late, one.waiting) for one in open_ones] == [
        (Ref("inquiries/i1"), ("fukushi",), ()),
        (Ref("inquiries/i2"), (), ("jutaku",)),
    ]

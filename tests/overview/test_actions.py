from __future__ import annotations

from datetime import date

from kyoju_tui.overview.actions import all_actions, left_of, open_actions, with_done
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from tests.building import TODAY, record, snapshot

ONE = record(
    "meeting",
    "one",
    title="第1回",
    actions=[
        {"id": "late", "text": "資料を送る", "due_on": date(2026, 11, 22)},
        {"id": "done", "text": "下見をする", "due_on": date(2026, 10, 1), "done_on": date(2026, 10, 2)},
        {"id": "open", "text": "案をつくる"},
    ],
)
TWO = record(
    "meeting",
    "two",
    title="第2回",
    actions=[
        {"id": "soon", "text": "日程を決める", "due_on": TODAY},
        {"text": "番号のないもの", "done_on": date(2026, 11, 1)},
    ],
)


def test_open_ones_by_due_date_then_done_ones_the_newest_first() -> None:
    lines = all_actions(snapshot(ONE, TWO), TODAY)
    assert [line.key for line in lines] == [
        "meetings/one#late", "meetings/two#soon", "meetings/one#open", "meetings/two#1", "meetings/one#done",
    ]  # fmt: skip
    assert [line.overdue for line in lines] == [True, False, False, False, False]
    assert open_actions(snapshot(ONE, TWO), TODAY) == lines[:3]


def test_what_one_meeting_left() -> None:
    meeting = snapshot(ONE).expect("meetings/one", Meeting)
    assert [line.action.id for line in left_of(Ref("meetings/one"), meeting, TODAY)] == ["late", "open"]


def test_done_and_open_again_whatever_moved_meanwhile() -> None:
    now = snapshot(ONE)
    meeting = now.expect("meetings/one", Meeting)
    line = open_actions(now, TODAY)[0]
    shifted = meeting.model_copy(update={"actions": tuple(reversed(meeting.actions))})
    done = with_done(shifted, line, TODAY)
    assert [(each.id, each.done_on) for each in done.actions] == [
        ("open", None), ("done", date(2026, 10, 2)), ("late", TODAY),
    ]  # fmt: skip
    assert with_done(done, line, None) == shifted
    gone = meeting.but(actions=[])
    assert with_done(gone, line, TODAY) is gone

"""What of the history is asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.past.wanted import Wanted, of_meeting, period
from tests.building import TODAY, record, snapshot


def test_days_are_whole() -> None:
    since, until = period("令和8年10月7日", "R8.10.8", TODAY)
    assert since is not None and until is not None
    assert (since.date(), since.hour, until.date(), until.hour) == (date(2026, 10, 7), 0, date(2026, 10, 8), 23)
    assert until - since > timedelta(days=1, hours=23)
    assert period("", "  ", TODAY) == (None, None)
    assert period("10/7", "", TODAY)[1] is None


@pytest.mark.parametrize(
    ("since", "until"), [("11/24", ""), ("10/8", "10/7"), ("きのう", ""), ("", "--all"), ("13/45", "")]
)
def test_what_is_no_period(since: str, until: str) -> None:
    with pytest.raises(InvalidValue):
        period(since, until, TODAY)


def test_from_the_meeting_before_to_this_one() -> None:
    now = snapshot(
        record("meeting", "a", title="第1回", series="s", held_on=date(2026, 8, 26)),
        record("meeting", "b", title="第2回", series="s", held_on=date(2026, 10, 7)),
        record("meeting", "c", title="第3回", series="s", held_on=date(2026, 12, 1)),
        record("meeting", "d", title="打合せ", held_on=date(2026, 9, 1)),
        record("meeting", "e", title="日なし", series="s"),
    )

    def days(record_id: str) -> tuple[date | None, date | None]:
        since, until = of_meeting(now, Ref(f"meetings/{record_id}"), TODAY)
        return since and since.date(), until and until.date()

    assert days("a") == (None, date(2026, 8, 26))
    assert days("b") == (date(2026, 8, 27), date(2026, 10, 7))
    assert days("c") == (date(2026, 10, 8), None)
    assert days("d") == (None, date(2026, 9, 1))
    with pytest.raises(InvalidValue, match="開催日"):
        days("e")
    with pytest.raises(UnknownRef):
        days("nowhere")


def test_heads_of_commits() -> None:
    at = datetime(2026, 11, 1, 9, tzinfo=timezone(timedelta(hours=9)))
    head = (at, "高齢福祉課 担当", "korei@example.jp", "取組「見守り」を更新")
    assert Wanted().admits(*head)
    assert Wanted(who="高齢福祉", text="見守り", since=at, until=at).admits(*head)
    assert Wanted(until=datetime(2026, 11, 1, 0, tzinfo=UTC)).admits(*head)
    assert not Wanted(who="高齢福祉", text="空き家").admits(*head)
    assert not Wanted(since=at + timedelta(seconds=1)).admits(*head)
    assert not Wanted(until=at - timedelta(seconds=1)).admits(*head)
    for far in (
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-12))),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=12))),
    ):
        assert Wanted(since=at).admits(far, *head[1:]) == (far.year > 2026)

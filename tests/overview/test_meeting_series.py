from __future__ import annotations

from datetime import date

import pytest

from kyoju_tui.overview.meeting_series import (
    continuing,
    following,
    held,
    is_awaited,
    overdue_series,
    standing,
    upcoming,
)
from kyoju_tui.records.ids import Ref
from tests.building import TODAY, Built, department, record, snapshot

SERIES = record(
    "series", "iken", title="意見交換会", interval_days=42, stage="意見交換", members=["jutaku", "korei", "kyu"]
)
DEPARTMENTS = (
    department("jutaku", "住宅課", order=1),
    department("korei", "高齢福祉課", order=2),
    department("kyu", "旧住宅課", until=date(2026, 3, 31)),
)


def _meeting(record_id: str, held_on: date | None, **fields: object) -> Built:
    day = {} if held_on is None else {"held_on": held_on}
    return record("meeting", record_id, **{"title": "会議", "series": "iken", **day, **fields})


def test_the_next_one_first_and_today_is_not_yet_over() -> None:
    now = snapshot(
        _meeting("a", date(2026, 12, 1)), _meeting("b", TODAY), _meeting("c", None), _meeting("d", date(2026, 11, 22)),
        _meeting("e", date(2026, 10, 1)),
    )  # fmt: skip
    assert upcoming(now, TODAY) == ("meetings/b", "meetings/a", "meetings/c")
    assert held(now, TODAY) == ("meetings/d", "meetings/e")


@pytest.mark.parametrize(
    ("days", "passed"),
    [
        ((), False),
        ((date(2026, 10, 12),), False),  # due today
        ((date(2026, 10, 11),), True),
        ((date(2026, 10, 11), date(2026, 12, 1)), False),
        ((date(2026, 10, 11), None), False),  # planned, only its day is open
        ((date(2026, 10, 11), TODAY), False),
    ],
)
def test_a_series_is_past_its_interval_only_where_nothing_is_planned(
    days: tuple[date | None, ...], passed: bool
) -> None:
    now = snapshot(SERIES, *(_meeting(f"m{number}", day) for number, day in enumerate(days)))
    assert standing(now, "iken", TODAY).passed is passed
    assert overdue_series(now, TODAY) == ((Ref("series/iken"),) if passed else ())


def test_where_a_series_stands() -> None:
    now = snapshot(SERIES, _meeting("a", date(2026, 8, 26)), _meeting("b", date(2026, 10, 7)))
    stands = standing(now, "iken", TODAY)
    assert (stands.held_count, stands.last, stands.last_on) == (2, "meetings/b", date(2026, 10, 7))
    assert (stands.planned, stands.due_on) == (None, date(2026, 11, 18))


def test_a_series_without_interval_never_passes() -> None:
    now = snapshot(record("series", "iken", title="会"), _meeting("a", date(2020, 1, 1)))
    assert standing(now, "iken", TODAY).due_on is None
    assert not overdue_series(now, TODAY)


def test_the_first_meeting_of_a_series() -> None:
    assert following(snapshot(SERIES, *DEPARTMENTS), "iken", TODAY) == {
        "title": "第1回意見交換会",
        "kind": "意見交換",
        "series": "iken",
        "attendance": [{"department": "jutaku"}, {"department": "korei"}],
    }


def test_the_next_meeting_takes_over_from_the_last() -> None:
    last = _meeting("a", date(2026, 10, 20), title="第2回庁内意見交換", kind="打合せ", place="大会議室")
    begun = following(snapshot(SERIES, *DEPARTMENTS, last), "iken", TODAY)
    assert begun["title"] == "第3回庁内意見交換"
    assert (begun["kind"], begun["place"], begun["held_on"]) == ("打合せ", "大会議室", date(2026, 12, 1))


def test_a_day_that_is_over_is_not_proposed_and_an_announced_one_comes_first() -> None:
    assert "held_on" not in following(snapshot(SERIES, _meeting("a", date(2026, 5, 1))), "iken", TODAY)
    announced = snapshot(SERIES, _meeting("a", date(2026, 11, 1), next_on=date(2027, 1, 13)))
    assert following(announced, "iken", TODAY)["held_on"] == date(2027, 1, 13)


def test_a_meeting_that_was_announced_is_awaited_until_it_is_recorded() -> None:
    first = _meeting("a", date(2026, 11, 1), next_on=date(2026, 12, 1))
    assert is_awaited(snapshot(SERIES, first), Ref("meetings/a"))
    assert not is_awaited(snapshot(SERIES, first, _meeting("b", date(2026, 12, 1))), Ref("meetings/a"))
    assert is_awaited(snapshot(SERIES, first, _meeting("b", date(2026, 12, 1), series="hoka")), Ref("meetings/a"))
    assert not is_awaited(snapshot(SERIES, _meeting("a", date(2026, 11, 1))), Ref("meetings/a"))


def test_a_meeting_of_no_series_goes_on_with_its_own_departments() -> None:
    alone = record(
        "meeting",
        "a",
        title="第９回打合せ",
        next_on=date(2026, 12, 1),
        attendance=[{"department": "korei", "status": "欠席"}],
    )
    assert continuing(snapshot(*DEPARTMENTS, alone), Ref("meetings/a"), TODAY) == {
        "title": "第10回打合せ",
        "held_on": date(2026, 12, 1),
        "attendance": [{"department": "korei"}],
    }

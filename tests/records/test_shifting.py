from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.records.area import Area, Talk
from kyoju_tui.records.entry import Entry, YearResult
from kyoju_tui.records.inquiry import Inquiry, Receipt, Target
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.policy import EarlierLead, Lead, Policy
from kyoju_tui.records.shifting import REFERENCE, demo_shift, shifted

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def entry(**fields: object) -> Entry:
    return Entry.model_validate(
        {"title": "通いの場", "kind": "取組", "status": "取組中", "categories": ["koreisha"]} | fields
    )


@given(DAYS)
def test_the_reference_day_comes_as_near_to_today_as_whole_weeks_go(today: date) -> None:
    days = demo_shift(today)
    assert days % 7 == 0
    assert timedelta(0) <= today - (REFERENCE + timedelta(days=days)) < timedelta(days=7)


def test_another_reference_day_can_be_given() -> None:
    assert demo_shift(date(2026, 12, 6), date(2026, 11, 25)) == 7


def test_nothing_moves_by_no_days() -> None:
    record = entry(since=date(2026, 4, 1), until=date(2027, 3, 31), as_of=date(2026, 7, 28))
    assert shifted(record, 0) == record


def test_days_move_at_every_depth() -> None:
    inquiry = Inquiry(
        title="照会",
        issued_on=date(2026, 11, 6),
        due_on=date(2026, 11, 20),
        targets=(Target(department="korei", receipts=(Receipt(id="k3q9x", version=1, on=date(2026, 11, 17)),)),),
    )
    moved = shifted(inquiry, 14)
    assert (moved.issued_on, moved.due_on) == (date(2026, 11, 20), date(2026, 12, 4))
    assert moved.targets[0].receipts[0].on == date(2026, 12, 1)


def test_what_is_no_date_stays() -> None:
    plain = {"title": "会議", "held_on": date(2026, 10, 7), "opinions": [{"id": "k3q9x", "text": "令和8年10月の意見"}]}
    moved = to_plain(shifted(Meeting.model_validate(plain), -7))
    assert moved == plain | {"held_on": date(2026, 9, 30)}


def test_unknown_keys_stay_and_keywords_of_the_language_are_no_obstacle() -> None:
    area = Area.model_validate(
        {
            "name": "本町",
            "talks": [{"id": "k3q9x", "with": "商店会", "on": date(2026, 10, 16)}],
            "seen": date(2026, 1, 5),
        }
    )
    moved = shifted(area, 7)
    assert moved.talks == (Talk.model_validate({"id": "k3q9x", "with": "商店会", "on": date(2026, 10, 23)}),)
    assert moved.model_extra == {"seen": date(2026, 1, 5)}


def test_what_ends_with_this_fiscal_year_does_so_on_any_day() -> None:
    record = entry(until=date(2027, 3, 31))
    assert shifted(record, 126).until == date(2027, 3, 31)
    assert shifted(record, 133).until == date(2028, 3, 31)
    assert shifted(record, -240).until == date(2026, 3, 31)


def test_today_may_be_in_the_next_fiscal_year_while_the_moved_reference_day_is_not() -> None:
    today = date(2027, 4, 2)
    assert shifted(entry(until=date(2027, 3, 31)), demo_shift(today)).until == date(2027, 3, 31)
    assert shifted(entry(until=date(2027, 3, 31)), demo_shift(today), fiscal_years=1).until == date(2028, 3, 31)


def test_past_ends_of_a_fiscal_year_move_once_a_full_year_has_gone_by() -> None:
    record = entry(since=date(2008, 4, 1), until=date(2026, 3, 31), results=[{"fiscal_year": 2025, "text": "36回"}])
    before, after = shifted(record, 364), shifted(record, 371)
    assert (before.until, before.results) == (date(2026, 3, 31), (YearResult(fiscal_year=2025, text="36回"),))
    assert (after.since, after.until) == (date(2009, 4, 1), date(2027, 3, 31))
    assert after.results == (YearResult(fiscal_year=2026, text="36回"),)


@given(DAYS)
def test_what_followed_a_fiscal_year_still_follows_it(today: date) -> None:
    policy = Policy(
        lead=Lead(department="chiiki-kyodo", decided_on=date(2026, 5, 22), effective_on=date(2026, 6, 1)),
        earlier_leads=(EarlierLead(id="k3q9x", until=date(2026, 3, 31)),),
    )
    moved = shifted(policy, demo_shift(today))
    assert moved.lead is not None
    assert moved.lead.decided_on is not None
    assert moved.earlier_leads[0].until is not None
    assert moved.earlier_leads[0].until < moved.lead.decided_on

"""Dates, periods, fiscal years, working days and times, as offices write them."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.records.dates import (
    closed_day_reason,
    fiscal_year,
    format_date,
    format_fiscal_year,
    format_month_day,
    format_short,
    format_time,
    is_working_day,
    parse_date,
    parse_fiscal_year,
    parse_period,
    parse_time,
    working_days_between,
)
from kyoju_tui.records.errors import InvalidValue

TODAY = date(2026, 11, 23)

# What a person might type, so that the search for a crash comes near to real dates.
DATE_LIKE = st.text(
    alphabet="明治大正昭和平成令㍾㍽㍼㍻㋿元年度月日火頃RHSTMr0123456789０９.-/~〜ー()（）まで から今西暦²①",
    max_size=14,
)
ANY_TEXT = st.text(max_size=40) | DATE_LIKE


@pytest.mark.parametrize(
    "text",
    [
        "R8.11.23", "r8/11/23", "R8-11-23", "令和８年１１月２３日", "令8.11.23", "令8・11・23", "㋿8年11月23日",
        "令和 8 年 11 月 23 日", "2026-11-23", "2026/11/23", "2026.11.23", "2026年11月23日", "西暦2026年11月23日",
        "20261123", "２０２６１１２３", "11/23", "11月23日", "令和8年11月23日(月)", "令和8年11月23日（月曜日）",
        "R8.11.23(月・祝)", "2026-11-23㈪",
    ],
)  # fmt: skip
def test_the_ways_to_write_one_day(text: str) -> None:
    read = parse_date(text, today=TODAY)
    assert (read.value, read.note) == (TODAY, "")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("令和元年5月1日", date(2019, 5, 1)), ("R1.5.1", date(2019, 5, 1)), ("平成31年4月30日", date(2019, 4, 30)),
        ("平成元年1月8日", date(1989, 1, 8)), ("㍻31.4.30", date(2019, 4, 30)),
        ("昭和64年1月7日", date(1989, 1, 7)), ("㍼64.1.7", date(1989, 1, 7)), ("S1.12.25", date(1926, 12, 25)),
        ("大正15年12月25日", date(1926, 12, 25)), ("㍽元.7.30", date(1912, 7, 30)), ("T9/10/1", date(1920, 10, 1)),
        ("明治45年7月30日", date(1912, 7, 30)), ("㍾6年1月1日", date(1873, 1, 1)), ("M32.4.1", date(1899, 4, 1)),
    ],
)  # fmt: skip
def test_every_era_to_its_first_and_last_day(text: str, value: date) -> None:
    read = parse_date(text, today=TODAY)
    assert (read.value, read.note) == (value, "")


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("平成32年5月1日", date(2020, 5, 1), "令和2年として読み取りました"),
        ("平成31年5月1日", date(2019, 5, 1), "令和元年として読み取りました"),
        ("令和元年4月1日", date(2019, 4, 1), "平成31年として読み取りました"),
        ("平成元年1月7日", date(1989, 1, 7), "昭和64年として読み取りました"),
        ("昭和100年1月1日", date(2025, 1, 1), "令和7年として読み取りました"),
        ("R8.11.23(火)", date(2026, 11, 23), "11月23日は月曜日です"),
        ("平成32年5月1日(月)", date(2020, 5, 1), "令和2年として読み取りました。5月1日は金曜日です"),
    ],
)
def test_what_is_corrected_is_said(text: str, value: date, note: str) -> None:
    read = parse_date(text, today=TODAY)
    assert (read.value, read.note) == (value, note)


@pytest.mark.parametrize(
    ("text", "today", "value"),
    [
        ("1/5", date(2026, 11, 23), date(2027, 1, 5)),
        ("12/28", date(2027, 1, 5), date(2026, 12, 28)),
        ("6/1", date(2026, 11, 23), date(2026, 6, 1)),
        ("2/29", date(2027, 11, 1), date(2028, 2, 29)),
        ("12/31", date.max, date.max),
        ("1月1日", date.min, date.min),
    ],
)
def test_without_a_year_the_nearest_day_is_meant(text: str, today: date, value: date) -> None:
    assert parse_date(text, today=today).value == value


@pytest.mark.parametrize(
    "text",
    [
        "令和8年2月30日", "R8.13.1", "2026-02-29", "13/1", "2/30", "2/29", "20261301", "0000-01-01", "R0.1.1",
        "明治5年3月1日", "大正９", "令和8年", "8.11.23", "26-11-23", "R8.11-23", "令和8年11/23",
        "令和2026年11月23日", "きのう",
    ],
)  # fmt: skip
def test_what_is_no_day_is_refused_with_the_text_and_an_example(text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_date(text, today=TODAY)
    assert f"「{text}」" in refusal.value.message
    assert "「" in refusal.value.cure


def test_a_refusal_stays_short_and_printable() -> None:
    with pytest.raises(InvalidValue, match=r"^日付が入力されていません。$"):
        parse_date(" \u3000\n", today=TODAY)
    with pytest.raises(InvalidValue) as refusal:
        parse_date("長い文" * 100 + "\x1b[31m", today=TODAY)
    assert len(refusal.value.message) < 60
    with pytest.raises(InvalidValue, match=r"「x\[31m」"):
        parse_date("x\x1b[31m", today=TODAY)


@given(value=st.dates(date(1873, 1, 1), date(2100, 12, 31)), today=st.dates())
def test_what_is_shown_is_read_back(value: date, today: date) -> None:
    for shown in (format_date(value), format_date(value, weekday=False), format_short(value), value.isoformat()):
        read = parse_date(shown, today=today)
        assert (read.value, read.note) == (value, "")
    month = parse_period(format_date(value, weekday=False).partition("月")[0] + "月", today=today)
    assert month.first <= value <= month.last


@given(value=st.dates(max_value=date(2999, 12, 31)))
def test_days_before_the_eras_can_be_shown_and_read_back_too(value: date) -> None:
    assert parse_date(format_date(value), today=TODAY).value == value
    assert parse_date(format_short(value), today=TODAY).value == value


@given(today=st.dates(date(1, 12, 31), date(9998, 1, 1)), days=st.integers(-150, 150))
def test_month_and_day_are_read_back_near_today(today: date, days: int) -> None:
    value = today + timedelta(days=days)
    if (value.month, value.day) != (2, 29):
        assert parse_date(format_month_day(value), today=today).value == value


@given(text=ANY_TEXT, today=st.dates(), starts=st.integers(1, 12))
def test_no_text_breaks_a_reader(text: str, today: date, starts: int) -> None:
    def outcome(result: object) -> None:
        assert result is not None

    for read in (
        lambda: parse_date(text, today=today),
        lambda: parse_period(text, today=today, fiscal_year_starts=starts),
        lambda: parse_fiscal_year(text, today, starts),
        lambda: parse_time(text),
    ):
        try:
            outcome(read())
        except InvalidValue as refusal:
            assert refusal.message
            assert refusal.cure


def test_how_days_are_shown() -> None:
    assert format_date(TODAY) == "令和8年11月23日(月)"
    assert format_date(TODAY, weekday=False) == "令和8年11月23日"
    assert format_date(date(2019, 5, 1)) == "令和元年5月1日(水)"
    assert format_date(date(2019, 4, 30)) == "平成31年4月30日(火)"
    assert format_date(date(1912, 7, 30), weekday=False) == "大正元年7月30日"
    assert format_date(date(1873, 1, 1), weekday=False) == "明治6年1月1日"
    assert format_date(date(1850, 1, 2)) == "1850年1月2日(水)"
    assert format_short(TODAY) == "R8.11.23"
    assert format_short(date(2019, 5, 1)) == "R1.5.1"
    assert format_short(date(1850, 1, 2)) == "1850.1.2"
    assert format_month_day(TODAY) == "11/23"


@pytest.mark.parametrize(
    ("text", "first", "last", "note"),
    [
        ("令和8年度", date(2026, 4, 1), date(2027, 3, 31), ""),
        ("R8年度", date(2026, 4, 1), date(2027, 3, 31), ""),
        ("2026年度", date(2026, 4, 1), date(2027, 3, 31), ""),
        ("今年度", date(2026, 4, 1), date(2027, 3, 31), ""),
        ("令和元年度", date(2019, 4, 1), date(2020, 3, 31), "平成31年度と同じ年度です"),
        ("平成31年度", date(2019, 4, 1), date(2020, 3, 31), "令和元年度として読み取りました"),
        ("平成元年度", date(1989, 4, 1), date(1990, 3, 31), ""),
        ("R7.4~R8.3", date(2025, 4, 1), date(2026, 3, 31), ""),
        ("R7.4〜R8.3", date(2025, 4, 1), date(2026, 3, 31), ""),
        ("Ｒ７．４～Ｒ８．３", date(2025, 4, 1), date(2026, 3, 31), ""),
        ("R7.4-R8.3", date(2025, 4, 1), date(2026, 3, 31), ""),
        ("R7.4ーR8.3", date(2025, 4, 1), date(2026, 3, 31), ""),
        ("令和7年4月から令和8年3月まで", date(2025, 4, 1), date(2026, 3, 31), ""),
        ("R7年度～R9年度", date(2025, 4, 1), date(2028, 3, 31), ""),
        ("平成30年4月～平成32年3月", date(2018, 4, 1), date(2020, 3, 31), "令和2年として読み取りました"),
        ("R8.12.20～1/10", date(2026, 12, 20), date(2027, 1, 10), ""),
        ("令和8年11月", date(2026, 11, 1), date(2026, 11, 30), ""),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), ""),
        ("1月", date(2027, 1, 1), date(2027, 1, 31), ""),
        ("平成31年5月", date(2019, 5, 1), date(2019, 5, 31), "令和元年として読み取りました"),
        ("令和元年4月", date(2019, 4, 1), date(2019, 4, 30), "平成31年として読み取りました"),
        ("昭和64年1月", date(1989, 1, 1), date(1989, 1, 31), ""),
        ("令和8年", date(2026, 1, 1), date(2026, 12, 31), ""),
        ("大正９", date(1920, 1, 1), date(1920, 12, 31), ""),
        ("平成32年", date(2020, 1, 1), date(2020, 12, 31), "令和2年として読み取りました"),
        ("R8.11.23", TODAY, TODAY, ""),
        ("11/23", TODAY, TODAY, ""),
    ],
)
def test_the_ways_to_write_a_period(text: str, first: date, last: date, note: str) -> None:
    period = parse_period(text, today=TODAY)
    assert (period.first, period.last, period.approximate, period.note) == (first, last, False, note)


@pytest.mark.parametrize("text", ["令和8年11月頃", "R8.11ごろ", "令和8年11月ころ", "11月頃"])
def test_about_a_month(text: str) -> None:
    period = parse_period(text, today=TODAY)
    assert (period.first, period.last, period.approximate) == (date(2026, 11, 1), date(2026, 11, 30), True)


def test_a_range_with_a_vague_end_is_approximate() -> None:
    period = parse_period("R8.4～R8.11頃", today=TODAY)
    assert (period.first, period.last, period.approximate) == (date(2026, 4, 1), date(2026, 11, 30), True)


@pytest.mark.parametrize(
    "text", ["R8.3～R7.4", "R8.13", "8年度", "9999年度", "R7.4～", "～R8.3", "R7～R8～R9", "いつか", ""]
)
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_period(text, today=TODAY)
    assert refusal.value.cure


def test_the_fiscal_year_of_a_store_may_start_in_another_month() -> None:
    period = parse_period("令和8年度", today=TODAY, fiscal_year_starts=10)
    assert (period.first, period.last) == (date(2026, 10, 1), date(2027, 9, 30))
    assert parse_period("令和8年度", today=TODAY, fiscal_year_starts=1).last == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("令和8年度", 2026), ("R8", 2026), ("Ｒ８年度", 2026), ("2026", 2026), ("2026年度", 2026), ("FY2026", 2026),
        ("平成31年度", 2019), ("令和元年度", 2019), ("H32", 2020), ("大正９", 1920), ("今年度", 2026),
        ("来年度", 2027), ("昨年度", 2025),
    ],
)  # fmt: skip
def test_the_ways_to_write_a_fiscal_year(text: str, year: int) -> None:
    assert parse_fiscal_year(text, TODAY) == year


@pytest.mark.parametrize("text", ["8年度", "8", "26", "元年度"])
def test_a_fiscal_year_without_an_era_is_not_guessed(text: str) -> None:
    with pytest.raises(InvalidValue, match="どの元号"):
        parse_fiscal_year(text, TODAY)


@given(year=st.integers(1873, 2999), starts=st.integers(1, 12))
def test_first_and_last_day_belong_to_their_fiscal_year(year: int, starts: int) -> None:
    period = parse_period(format_fiscal_year(year), today=TODAY, fiscal_year_starts=starts)
    assert fiscal_year(period.first, starts) == fiscal_year(period.last, starts) == year
    assert fiscal_year(period.first - timedelta(days=1), starts) == year - 1
    assert fiscal_year(period.last + timedelta(days=1), starts) == year + 1
    assert parse_fiscal_year(format_fiscal_year(year), TODAY, starts) == year


def test_names_of_fiscal_years() -> None:
    assert fiscal_year(TODAY) == 2026
    assert fiscal_year(date(2027, 3, 31)) == 2026
    assert [format_fiscal_year(year) for year in (1988, 1989, 2018, 2019, 2020, 2026)] == [
        "昭和63年度", "平成元年度", "平成30年度", "令和元年度", "令和2年度", "令和8年度",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (date(2026, 11, 21), "土曜日"),
        (date(2026, 11, 22), "日曜日"),
        (date(2026, 11, 23), "勤労感謝の日"),
        (date(2026, 9, 22), "国民の休日"),
        (date(2026, 12, 28), None),
        (date(2026, 12, 29), "年末年始の閉庁日"),
        (date(2027, 1, 1), "年末年始の閉庁日"),
        (date(2025, 1, 3), "年末年始の閉庁日"),
        (date(2027, 1, 4), None),
        (date(2026, 11, 24), None),
    ],
)
def test_why_the_town_hall_is_closed(value: date, reason: str | None) -> None:
    assert closed_day_reason(value) == reason
    assert is_working_day(value) is (reason is None)


def test_working_days_are_counted_after_the_start() -> None:
    friday, next_friday = date(2026, 11, 20), date(2026, 11, 27)
    assert working_days_between(friday, next_friday) == 4
    assert working_days_between(friday, date(2026, 11, 23)) == 0
    assert working_days_between(date(2026, 12, 28), date(2027, 1, 4)) == 1
    assert working_days_between(friday, friday) == 0
    assert working_days_between(next_friday, friday) == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("14:00", time(14)), ("１４：００", time(14)), ("14:00:00", time(14)), ("午後2時", time(14)),
        ("14時30分", time(14, 30)), ("午前9時半", time(9, 30)), ("９時５分", time(9, 5)),
        ("午後 2:30", time(14, 30)), ("PM2:30", time(14, 30)), ("正午", time(12)), ("午後0時", time(12)),
        ("0:00", time(0)),
    ],
)  # fmt: skip
def test_the_ways_to_write_a_time(text: str, value: time) -> None:
    assert parse_time(text) == value


@pytest.mark.parametrize("text", ["25:00", "14:60", "14", "午後14時", "午後12時", "あとで", ""])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue) as refusal:
        parse_time(text)
    assert refusal.value.cure


@given(value=st.times().map(lambda moment: moment.replace(second=0, microsecond=0)))
def test_times_are_read_back(value: time) -> None:
    assert parse_time(format_time(value)) == value

"""Japanese dates, periods, fiscal years, working days and times, as staff write and read them.

Shown in the Japanese era (令和8年11月23日(月)); read in every form that occurs in offices and in real data. Text taken
with a correction carries a note; text that cannot be taken raises `InvalidValue`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Final

from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.folding import fold


@dataclass(frozen=True, slots=True)
class ReadDate:
    """A date that was read. `note` says in Japanese what was corrected, and is empty where nothing was."""

    value: date
    note: str


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `first` to `last`, both included. `approximate` where the text said 頃."""

    first: date
    last: date
    approximate: bool
    note: str


@dataclass(frozen=True, slots=True)
class _Era:
    """An era; where it changed within a day (1912, 1926) that day belongs to both."""

    name: str
    letter: str
    first: date
    last: date


_ERAS: Final = (
    _Era("明治", "M", date(1868, 1, 25), date(1912, 7, 30)),
    _Era("大正", "T", date(1912, 7, 30), date(1926, 12, 25)),
    _Era("昭和", "S", date(1926, 12, 25), date(1989, 1, 7)),
    _Era("平成", "H", date(1989, 1, 8), date(2019, 4, 30)),
    _Era("令和", "R", date(2019, 5, 1), date.max),
)
_MEIJI: Final = _ERAS[0]
# Meiji 6 began with the Gregorian calendar; days before it are counted differently in Japanese documents.
_GREGORIAN: Final = date(1873, 1, 1)
_ERA_BY_MARK: Final = {mark: era for era in _ERAS for mark in (era.name, era.name[0], era.letter.lower())}
_WEEKDAYS: Final = "月火水木金土日"

_DATE_CURE: Final = "「令和8年11月23日」「R8.11.23」「2026-11-23」「11/23」のように入力してください。"
_PERIOD_CURE: Final = "「令和8年度」「令和8年11月」「R7.4～R8.3」「令和8年11月23日」のように入力してください。"
_FISCAL_YEAR_CURE: Final = "「令和8年度」「R8」「2026」のように、元号か西暦を付けて入力してください。"
_TIME_CURE: Final = "「14:00」「14時30分」「午後2時」のように入力してください。"

# All patterns are for folded text: half-width, lower case, no blanks, one dash, one wave.
_YEAR: Final = (
    r"(?:(?P<era>明治?|大正?|昭和?|平成?|令和?|[mtshr])\.?(?P<era_year>[0-9]{1,3}|元)|(?:西暦)?(?P<year>[0-9]{4}))"
)
_MONTH: Final = r"(?P<month>[0-9]{1,2})"
_DAY: Final = r"(?P<day>[0-9]{1,2})"
_WEEKDAY: Final = r"(?:\((?P<weekday>[月火水木金土日])(?:曜日?)?(?:[・,、]?祝日?)?\))?"
_FULL_DATE: Final = re.compile(
    rf"{_YEAR}(?:(?P<kanji>年)|(?P<sep>[-./・])){_MONTH}(?(kanji)月|(?P=sep)){_DAY}(?(kanji)日?){_WEEKDAY}"
)
_COMPACT_DATE: Final = re.compile(rf"(?P<year>[0-9]{{4}})(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}}){_WEEKDAY}")
_MONTH_DAY: Final = re.compile(rf"{_MONTH}(?:/{_DAY}|月(?P<kanji_day>[0-9]{{1,2}})日?){_WEEKDAY}")
_YEAR_MONTH: Final = re.compile(rf"{_YEAR}(?:年{_MONTH}月|[-./・](?P<plain_month>[0-9]{{1,2}}))")
_MONTH_ALONE: Final = re.compile(rf"{_MONTH}月")
_YEAR_ALONE: Final = re.compile(rf"{_YEAR}年?")
_FISCAL_YEAR: Final = re.compile(rf"(?:fy)?{_YEAR}(?P<suffix>年度?)?")
_NEAR_FISCAL_YEARS: Final = {
    "昨年度": -1, "前年度": -1, "今年度": 0, "本年度": 0, "来年度": 1, "次年度": 1, "翌年度": 1,
}  # fmt: skip
_YEAR_WITHOUT_ERA: Final = re.compile(r"(?:[0-9]{1,3}|元)年?度?")
_ABOUT: Final = re.compile(r"(?:頃|ごろ|ころ)$")
_TIME: Final = re.compile(
    r"(?P<half>午前|午後|am|pm)?(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{2})(?::00)?|時(?:(?P<kanji_minute>[0-9]{1,2})分|(?P<thirty>半))?)"
)


def parse_date(text: str, *, today: date) -> ReadDate:
    """Read one day.

    Eras in full, short (令8), as a letter (R8) or as one square sign (㋿8年); western years; 20261123; without a year
    (11/23) the year that puts the day nearest to `today`. Blanks, widths and a weekday in brackets do not matter.
    Raises `InvalidValue` for anything else and for days that no calendar has.
    """
    read = _read_date(fold(text), text, today)
    if read is None:
        raise _unreadable(text, "日付", _DATE_CURE)
    return read


def parse_period(text: str, *, today: date, fiscal_year_starts: int = 4) -> Period:
    """Read a fiscal year, a year, a month, a day, or a range of any of them (R7.4～R8.3).

    `fiscal_year_starts` is a month, 1 to 12. A bare era year (大正９) is a calendar year. Raises `InvalidValue`.
    """
    folded = fold(text)
    period = _read_period(folded, text, today, fiscal_year_starts) or _read_range(
        folded, text, today, fiscal_year_starts
    )
    if period is None:
        raise _unreadable(text, "期間", _PERIOD_CURE)
    return period


def parse_fiscal_year(text: str, today: date, starts: int = 4) -> int:
    """Read a fiscal year as the western year in which it begins: 令和8年度, R8, 2026, 平成31年度 (2019), 今年度.

    Raises `InvalidValue`, also for a number without an era (8年度), which could be of any.
    """
    read = _read_fiscal_year(fold(text), text, today, starts)
    if read is None:
        raise _unreadable(text, "年度", _FISCAL_YEAR_CURE)
    return read[0]


def parse_time(text: str) -> time:
    """Read a local time: 14:00, 14時30分, 午後2時, 午前9時半, 正午. Raises `InvalidValue`."""
    folded = fold(text)
    if folded == "正午":
        return time(12)
    match = _TIME.fullmatch(folded)
    if match is None:
        raise _unreadable(text, "時刻", _TIME_CURE)
    hour = int(match["hour"])
    minute = 30 if match["thirty"] else int(match["minute"] or match["kanji_minute"] or 0)
    if match["half"]:
        # 午後12時 is midnight to some and noon to others, and 午後14時 is a slip: neither is guessed.
        if hour > 11:
            raise InvalidValue(
                f"「{_shown(text)}」は時刻を決められません。",
                cure="午前・午後を付けず、「12:30」のように入力してください。",
            )
        hour += 12 if match["half"] in ("午後", "pm") else 0
    try:
        return time(hour, minute)
    except ValueError:
        raise InvalidValue(f"「{_shown(text)}」という時刻はありません。", cure=_TIME_CURE) from None


def format_date(value: date, *, weekday: bool = True) -> str:
    """令和8年11月23日(月); the first year of an era is 元年, days before Meiji 6 stand in the western year."""
    day = f"{_year_name(value)}{value.month}月{value.day}日"
    return f"{day}({_WEEKDAYS[value.weekday()]})" if weekday else day


def format_short(value: date) -> str:
    """R8.11.23, for narrow columns; days before Meiji 6 as 1850.1.2."""
    era = _era_of(value)
    year = f"{era.letter}{value.year - era.first.year + 1}" if era else f"{value.year:04}"
    return f"{year}.{value.month}.{value.day}"


def format_month_day(value: date) -> str:
    """11/23, where the year is plain from the surroundings."""
    return f"{value.month}/{value.day}"


def format_time(value: time) -> str:
    """14:00 or 9:30, without seconds."""
    return f"{value.hour}:{value.minute:02}"


def fiscal_year(value: date, starts: int = 4) -> int:
    """Return the western year in which the fiscal year of a day begins; `starts` is its first month."""
    return value.year if value.month >= starts else value.year - 1


def format_fiscal_year(year: int) -> str:
    """令和8年度 for 2026. A year with a change of era takes the new one's name, as 令和元年度 did (平成31年度)."""
    return f"{_year_name(date(year, 12, 31))}度"


def closed_day_reason(value: date) -> str | None:
    """Why the town hall is closed on a day (土曜日, 勤労感謝の日, 年末年始の閉庁日 …), or None on a working day."""
    if value.weekday() >= 5:
        return f"{_WEEKDAYS[value.weekday()]}曜日"
    if (value.month, value.day) >= (12, 29) or (value.month, value.day) <= (1, 3):
        return "年末年始の閉庁日"
    from jpholiday import is_holiday_name  # costs start-up, and most runs ask for no holiday

    return is_holiday_name(value)


def is_working_day(value: date) -> bool:
    """Whether the town hall is open: no weekend, no national holiday, not December 29 to January 3."""
    return closed_day_reason(value) is None


def working_days_between(start: date, end: date) -> int:
    """Count the working days after `start` up to and including `end`; 0 where `end` is not later."""
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def _era_of(value: date) -> _Era | None:
    if value < _GREGORIAN:
        return None
    return next(era for era in reversed(_ERAS) if era.first <= value)


def _year_name(value: date) -> str:
    era = _era_of(value)
    if era is None:
        return f"{value.year:04}年"
    year = value.year - era.first.year + 1
    return f"{era.name}{'元' if year == 1 else year}年"


def _shown(text: str) -> str:
    plain = "".join(char for char in " ".join(text.split()) if char.isprintable())
    return plain if len(plain) <= 30 else f"{plain[:30]}…"


def _unreadable(text: str, kind: str, cure: str) -> InvalidValue:
    if not _shown(text):
        return InvalidValue(f"{kind}が入力されていません。", cure=cure)
    return InvalidValue(f"「{_shown(text)}」は{kind}として読み取れませんでした。", cure=cure)


def _not_in_calendar(text: str) -> InvalidValue:
    return InvalidValue(f"「{_shown(text)}」は暦にありません。", cure=_DATE_CURE)


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise _not_in_calendar(text) from None


def _month(year: int, month: int, text: str) -> tuple[date, date]:
    first = _day(year, month, 1, text)
    return first, first.replace(day=monthrange(year, month)[1])


def _era_and_year(match: re.Match[str], text: str) -> tuple[_Era | None, int]:
    if match["year"]:
        return None, int(match["year"])
    era = _ERA_BY_MARK[match["era"]]
    count = 1 if match["era_year"] == "元" else int(match["era_year"])
    if count == 0:
        raise InvalidValue(f"「{_shown(text)}」は年が0になっています。", cure="最初の年は「元年」と入力してください。")
    year = era.first.year + count - 1
    if era is _MEIJI and year < _GREGORIAN.year:
        raise InvalidValue(
            f"「{_shown(text)}」は旧暦の時代のため、日付に直せませんでした。",
            cure="「1870-05-01」のように西暦で入力してください。",
        )
    return era, year


def _era_note(era: _Era | None, first: date, last: date) -> str:
    """Say which year was understood, where no day from `first` to `last` lies in the era that was typed."""
    if era is None or (first <= era.last and era.first <= last):
        return ""
    return f"{_year_name(first if first > era.last else last)}として読み取りました"


def _nearest_year(month: int, day: int, today: date, text: str) -> int:
    """Return the year that puts a month and day nearest to today, the later of two that are equally near."""
    _day(2000, month, day, text)  # a leap year: refuses only what no year has
    # The 29th of February counts as the 28th here: the nearest year must not move to a leap year far off.
    nearby = min(day, 28) if month == 2 else day
    years = range(min(today.year + 1, date.max.year), max(today.year - 1, date.min.year) - 1, -1)
    return min(years, key=lambda year: abs((date(year, month, nearby) - today).days))


def _read_date(folded: str, text: str, today: date) -> ReadDate | None:
    if match := _FULL_DATE.fullmatch(folded):
        era, year = _era_and_year(match, text)
        value = _day(year, int(match["month"]), int(match["day"]), text)
        note = _era_note(era, value, value)
    elif match := _COMPACT_DATE.fullmatch(folded):
        value = _day(int(match["year"]), int(match["month"]), int(match["day"]), text)
        note = ""
    elif match := _MONTH_DAY.fullmatch(folded):
        month, day = int(match["month"]), int(match["day"] or match["kanji_day"])
        value = _day(_nearest_year(month, day, today, text), month, day, text)
        note = ""
    else:
        return None
    weekday = _WEEKDAYS[value.weekday()]
    if match["weekday"] and match["weekday"] != weekday:
        wrong = f"{value.month}月{value.day}日は{weekday}曜日です"
        note = f"{note}。{wrong}" if note else wrong
    return ReadDate(value, note)


def _read_period(folded: str, text: str, today: date, starts: int) -> Period | None:
    plain = _ABOUT.sub("", folded)
    approximate = plain != folded
    if plain.endswith("度"):
        read = _read_fiscal_year(plain, text, today, starts)
        if read is None:
            return None
        year, note = read
        first = _day(year, starts, 1, text)
        last = _day(year + 1, starts, 1, text) - timedelta(days=1)
    elif match := _YEAR_MONTH.fullmatch(plain):
        era, year = _era_and_year(match, text)
        first, last = _month(year, int(match["month"] or match["plain_month"]), text)
        note = _era_note(era, first, last)
    elif match := _MONTH_ALONE.fullmatch(plain):
        month, note = int(match["month"]), ""
        first, last = _month(_nearest_year(month, 15, today, text), month, text)
    elif match := _YEAR_ALONE.fullmatch(plain):
        era, year = _era_and_year(match, text)
        first, last = _day(year, 1, 1, text), _day(year, 12, 31, text)
        note = _era_note(era, first, last)
    else:
        read = _read_date(plain, text, today)
        return read and Period(read.value, read.value, approximate, read.note)
    return Period(first, last, approximate, note)


def _read_range(folded: str, text: str, today: date, starts: int) -> Period | None:
    ends = folded.replace("から", "~").removesuffix("まで")
    head, wave, tail = ends.partition("~") if "~" in ends else ends.partition("-")
    first = _read_period(head, text, today, starts) if wave else None
    # An end without a year (11/23～11/25) goes with the beginning, not with today.
    last = _read_period(tail, text, first.last, starts) if first else None
    if first is None or last is None:
        return None
    if last.last < first.first:
        raise InvalidValue(f"「{_shown(text)}」は終わりが始まりより前です。", cure="始まりと終わりを確かめてください。")
    notes = "。".join(dict.fromkeys(filter(None, (first.note, last.note))))
    return replace(first, last=last.last, approximate=first.approximate or last.approximate, note=notes)


def _read_fiscal_year(folded: str, text: str, today: date, starts: int) -> tuple[int, str] | None:
    """Read the year and a note, which tells the other name of a fiscal year with a change of era."""
    if folded in _NEAR_FISCAL_YEARS:
        return fiscal_year(today, starts) + _NEAR_FISCAL_YEARS[folded], ""
    if _YEAR_WITHOUT_ERA.fullmatch(folded):
        raise InvalidValue(f"「{_shown(text)}」は、どの元号の年度か分かりません。", cure=_FISCAL_YEAR_CURE)
    match = _FISCAL_YEAR.fullmatch(folded)
    if match is None:
        return None
    era, year = _era_and_year(match, text)
    if not date.min.year <= year < date.max.year:
        raise InvalidValue(f"「{_shown(text)}」という年度はありません。", cure=_FISCAL_YEAR_CURE)
    if era is None:
        return year, ""
    if era is not _era_of(date(year, 12, 31)):
        return year, f"{format_fiscal_year(year)}として読み取りました"
    begins = date(year, starts, 1)
    return year, f"{_year_name(begins)}度と同じ年度です" if begins < era.first else ""

"""A record moved in time, so that the sample reads as fresh on any day as on the day it was written for.

Days move by whole weeks and keep their weekday. Fiscal years cannot move by weeks, so what hangs on them moves by whole
years instead: `fiscal_year` numbers, and days that are the first or the last of a fiscal year (1 April, 31 March).
Those that are past move by the full years that have gone by, so that they stay before whatever followed them (a
department set up in April before the meetings it called, a project's last results before its end). Those ahead of the
reference day move with the fiscal year, so that what ends with this fiscal year still does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, cast

from kyoju_tui.records.base import Part, RecordT
from kyoju_tui.records.dates import fiscal_year
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.plain import Plain, to_plain

REFERENCE: Final = date(2026, 11, 23)
"""The Monday that the sample store was written for."""

_FISCAL_YEAR: Final = "fiscal_year"
_BOUNDARIES: Final = frozenset({(4, 1), (3, 31)})


@dataclass(frozen=True, slots=True)
class _Shift:
    """By how much to move: plain days, fiscal years that are past (in years), and those ahead (in years)."""

    days: int
    past: int
    ahead: int

    def day(self, value: date) -> date:
        if (value.month, value.day) not in _BOUNDARIES:
            return value + timedelta(days=self.days)
        return value.replace(year=value.year + (self.ahead if value > REFERENCE else self.past))


def demo_shift(today: date, reference: date = REFERENCE) -> int:
    """The days, in whole weeks, that bring `reference` as near to `today` as it goes without passing it."""
    return (today - reference).days // 7 * 7


def shifted(record: RecordT, days: int, *, fiscal_years: int | None = None) -> RecordT:
    """The record with every date moved by `days`, and what hangs on fiscal years by whole years. Ids stay.

    `fiscal_years` is by how many of them today's is after that of `REFERENCE`; without it the moved reference day
    tells, which can lag behind today by a year in the first week of April.
    """
    moved = REFERENCE + timedelta(days=days)
    past = moved.year - REFERENCE.year - ((moved.month, moved.day) < (REFERENCE.month, REFERENCE.day))
    ahead = fiscal_year(moved) - fiscal_year(REFERENCE) if fiscal_years is None else fiscal_years
    return type(record).model_validate(_table(to_plain(record), type(record), _Shift(days, past, ahead)))


def _table(plain: Mapping[str, object], model: type[Part], shift: _Shift) -> Plain:
    fields = field_map(model)
    return {key: _value(value, fields.get(key), shift) for key, value in plain.items()}


def _value(value: object, field: Described | None, shift: _Shift) -> object:
    if field is None:
        return value
    if field.part is not None:
        if field.many:
            return [_table(item, field.part, shift) for item in cast("Sequence[Plain]", value)]
        return _table(cast("Plain", value), field.part, shift)
    if field.name == _FISCAL_YEAR:
        return cast("int", value) + shift.past
    return shift.day(cast("date", value)) if field.widget == "date" else value

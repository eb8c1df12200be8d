"""What the turn of the fiscal year leaves to do (年度替わり): whose work waits, whose results lack."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kyoju_tui.records.dates import fiscal_year
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.snapshot import Snapshot

_HALF_A_YEAR = 6


def usual_day(today: date, starts: int = 4) -> date:
    """The first day of the fiscal year that people prepare or carry out now: the last one for half a year, then the
    next one. `starts` is the month.
    """  # noqa: D205
    first = date(fiscal_year(today, starts), starts, 1)
    months = (today.year - first.year) * 12 + today.month - first.month
    return first if months < _HALF_A_YEAR else first.replace(year=first.year + 1)


def entries_of(snapshot: Snapshot, department: str) -> tuple[Ref, ...]:
    """The entries in a department's folder, in the order of their titles' paths."""
    return tuple(ref for ref in snapshot.entries if ref.department == department)


def left_behind(snapshot: Snapshot, today: date) -> Mapping[str, tuple[Ref, ...]]:
    """The entries that lie with departments that have ended, by department: the matrix has no place for them."""
    found: dict[str, list[Ref]] = {}
    for ref in snapshot.entries:
        department = snapshot.departments.get(ref.department or "")
        if department is not None and department.until is not None and department.until < today:
            found.setdefault(str(ref.department), []).append(ref)
    return {each: tuple(found[each]) for each in snapshot.departments if each in found}


def without_results(snapshot: Snapshot, year: int, starts: int = 4) -> tuple[Ref, ...]:
    """The initiatives under way (取組中) that say nothing of a fiscal year's results, in the order of departments.

    Those that began after that year, or whose department has ended, have none to give.
    """
    order = {department: number for number, department in enumerate(snapshot.departments)}
    lacking = [ref for ref, entry in snapshot.entries.items() if _lacks(entry, year, starts) and ref.department]
    return tuple(
        sorted(
            (ref for ref in lacking if ref.department == COMMON or _goes_on(snapshot, ref, year, starts)),
            key=lambda ref: (order.get(ref.department or "", len(order)), ref),
        )
    )


def _lacks(entry: Entry, year: int, starts: int) -> bool:
    if entry.status != "取組中" or (entry.since is not None and fiscal_year(entry.since, starts) > year):
        return False
    return not any(result.fiscal_year == year and result.text for result in entry.results)


def _goes_on(snapshot: Snapshot, ref: Ref, year: int, starts: int) -> bool:
    department = snapshot.departments.get(ref.department or "")
    return department is not None and (department.until is None or fiscal_year(department.until, starts) >= year)

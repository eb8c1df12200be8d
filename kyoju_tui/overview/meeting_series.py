"""Meetings in time: which come next, and whether a series has gone past its interval (handbook 1-3)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting, Series
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.snapshot import Snapshot

_KINDS: Final = {"意見交換": "意見交換", "連携協働": "連携会議"}
_NUMBERED: Final = re.compile(r"第[0-9０-９]+回")


def upcoming(snapshot: Snapshot, today: date) -> tuple[Ref, ...]:
    """Meetings that are not yet held, the next one first; those without a day stand last."""
    meetings = snapshot.meetings
    return _in_order(snapshot, (ref for ref in meetings if not is_held(meetings[ref], today)))


def held(snapshot: Snapshot, today: date) -> tuple[Ref, ...]:
    """Meetings of past days, the newest first."""
    meetings = snapshot.meetings
    return _in_order(snapshot, (ref for ref in meetings if is_held(meetings[ref], today)))[::-1]


def is_held(meeting: Meeting, today: date) -> bool:
    """Whether its day is over. A meeting of today is still before us."""
    return meeting.held_on is not None and meeting.held_on < today


def of_series(snapshot: Snapshot, series_id: str) -> tuple[Ref, ...]:
    """The meetings of a series, the oldest first, those without a day last."""
    meetings = snapshot.meetings
    return _in_order(snapshot, (ref for ref in meetings if meetings[ref].series == series_id))


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a series stands: the day last held, the next that is planned, and the day the interval asks for."""

    held_count: int
    last: Ref | None
    last_on: date | None
    planned: Ref | None
    due_on: date | None
    passed: bool


def standing(snapshot: Snapshot, series_id: str, today: date) -> Standing:
    """Where a series stands today.

    `due_on` is the last day plus the interval; `passed` where that day is over and no meeting is planned. A meeting of
    today counts as planned and as held: nobody needs to be told.
    """
    series = snapshot.get(f"series/{series_id}")
    interval = series.interval_days if isinstance(series, Series) else None
    meetings = snapshot.meetings
    ours = of_series(snapshot, series_id)
    days = [(day, ref) for ref in ours if (day := meetings[ref].held_on) is not None and day <= today]
    last_on, last = days[-1] if days else (None, None)
    planned = next((ref for ref in ours if not is_held(meetings[ref], today)), None)
    due_on = last_on + timedelta(days=interval) if last_on is not None and interval is not None else None
    passed = due_on is not None and planned is None and due_on < today
    return Standing(len(days), last, last_on, planned, due_on, passed)


def overdue_series(snapshot: Snapshot, today: date) -> tuple[Ref, ...]:
    """Series whose interval has passed with nothing planned."""
    return tuple(ref for ref in snapshot.all(Series) if standing(snapshot, ref.id, today).passed)


def following(snapshot: Snapshot, series_id: str, today: date) -> Plain:
    """What the next meeting of a series begins with: number in the title, kind, day, place, and who is expected.

    The day is the one that the last meeting announced (`next_on`), else the last day plus the interval, if that is
    not over yet.
    """
    series = snapshot.expect(f"series/{series_id}", Series)
    ours = of_series(snapshot, series_id)
    before = snapshot.meetings[ours[-1]] if ours else None
    days = [meeting.held_on for ref in ours if (meeting := snapshot.meetings[ref]).held_on is not None]
    announced = before.next_on if before is not None else None
    counted = max(days) + timedelta(days=series.interval_days) if days and series.interval_days else None
    wished = announced or counted
    begun: Plain = {
        "title": _titled(series, before, len(ours) + 1),
        "kind": (before.kind if before is not None else None) or _KINDS.get(series.stage or ""),
        "series": series_id,
        "held_on": wished if wished is not None and wished >= today else None,
        "starts": before.starts if before is not None else None,
        "ends": before.ends if before is not None else None,
        "place": before.place if before is not None else None,
        "attendance": _expected(snapshot, series.members, today),
    }
    return {key: value for key, value in begun.items() if value not in (None, [])}


def is_awaited(snapshot: Snapshot, ref: Ref) -> bool:
    """Whether a meeting announced the day of the next (`next_on`), and no meeting of its series is recorded for it."""
    meeting = snapshot.meetings.get(ref)
    if meeting is None or meeting.next_on is None:
        return False
    kin = (other for other in snapshot.meetings.values() if other.series == meeting.series)
    return all(other.held_on is None or other.held_on < meeting.next_on for other in kin)


def continuing(snapshot: Snapshot, ref: Ref, today: date) -> Plain:
    """What the meeting after this one begins with: of a series its next; else title, kind, place and departments."""
    meeting = snapshot.meetings[ref]
    if meeting.series is not None and isinstance(snapshot.get(f"series/{meeting.series}"), Series):
        return following(snapshot, meeting.series, today)
    wished = meeting.next_on
    begun: Plain = {
        "title": _counted_on(meeting.title),
        "kind": meeting.kind,
        "held_on": wished if wished is not None and wished >= today else None,
        "starts": meeting.starts,
        "ends": meeting.ends,
        "place": meeting.place,
        "attendance": _expected(snapshot, (each.department for each in meeting.attendance), today),
    }
    return {key: value for key, value in begun.items() if value not in (None, [])}


def _expected(snapshot: Snapshot, departments: Iterable[str], today: date) -> list[Plain]:
    """Who is expected: those of them that still exist, nothing said of them yet."""
    in_use = snapshot.departments_in_use(today)
    return [{"department": department} for department in departments if department in in_use]


def _in_order(snapshot: Snapshot, refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """By day, those without one last."""
    return tuple(sorted(refs, key=lambda ref: (snapshot.meetings[ref].held_on or date.max, ref)))


def _titled(series: Series, before: Meeting | None, number: int) -> str:
    """Counted on from the meeting before, where its title has a number; else the series' name with one."""
    if before is not None and _NUMBERED.search(before.title):
        return _counted_on(before.title)
    return f"第{number}回{series.title}"


def _counted_on(title: str) -> str:
    found = _NUMBERED.search(title)
    return title if found is None else _NUMBERED.sub(f"第{int(found.group()[1:-1]) + 1}回", title, count=1)

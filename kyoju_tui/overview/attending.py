"""Who was at a meeting, by department, and who must still be sent the documents (handbook 1-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from kyoju_tui.records.meeting import Meeting, Series
from kyoju_tui.records.snapshot import Snapshot

Status: TypeAlias = Literal["出席", "代理", "欠席"]
PRESENT: Final[tuple[Status, ...]] = ("出席", "代理")
# The order in which one key goes round; None is 未入力.
STATUSES: Final[tuple[Status | None, ...]] = (None, "出席", "代理", "欠席")
UNKNOWN: Final = "未入力"
TO_BE_SENT: Final = "未参加（資料送付要）"


@dataclass(frozen=True, slots=True)
class Attending:
    """One department: what is known of it, and whether it is among those expected."""

    department: str
    status: Status | None
    sent_documents: bool
    expected: bool

    @property
    def to_be_sent(self) -> bool:
        """Absent, and nothing sent yet: 未参加（資料送付要）. For the secretariat's eyes only."""
        return self.status == "欠席" and not self.sent_documents


def attending(snapshot: Snapshot, meeting: Meeting, today: date) -> tuple[Attending, ...]:
    """Every department that could be there, in the order of the matrix.

    First those expected: listed in the meeting, and the members of its series. Then the others in use on the day of
    the meeting (of today where it has none).
    """
    listed = {each.department: each for each in meeting.attendance}
    in_use = snapshot.departments_in_use(meeting.held_on or today)
    expected = set(listed) or {member for member in _members(snapshot, meeting) if member in in_use}
    known = [*snapshot.departments, *(department for department in listed if department not in snapshot.departments)]
    rows = [
        Attending(
            department,
            listed[department].status if department in listed else None,
            department in listed and listed[department].sent_documents,
            department in expected,
        )
        for department in known
        if department in expected or department in in_use
    ]
    return tuple(sorted(rows, key=lambda row: not row.expected))


def has_members(snapshot: Snapshot, meeting: Meeting) -> bool:
    """Whether its series says who belongs to it; else nobody is outside."""
    return bool(_members(snapshot, meeting))


def present(meeting: Meeting) -> tuple[int, int]:
    """How many departments were there, and how many were expected: 12/15."""
    return sum(each.status in PRESENT for each in meeting.attendance), len(meeting.attendance)


def present_words(meeting: Meeting) -> str:
    """12/15; the empty string where nobody is listed, －/15 where nothing is filled in yet."""
    there, expected = present(meeting)
    if not expected:
        return ""
    return f"{there}/{expected}" if any(each.status for each in meeting.attendance) else f"－/{expected}"


def to_be_sent(meeting: Meeting) -> tuple[str, ...]:
    """Departments that are 未参加（資料送付要）. For the secretariat only, never on a projector or in minutes."""
    return tuple(each.department for each in meeting.attendance if each.status == "欠席" and not each.sent_documents)


def with_attendance(meeting: Meeting, changed: dict[str, tuple[Status | None, bool]]) -> Meeting:
    """The meeting with these departments' status and 資料送付済; a department of which nothing is known stays out.

    One that was expected stays listed, so that 12/15 goes on counting it.
    """
    listed = {each.department: each for each in meeting.attendance}
    rows: list[dict[str, object]] = []
    for department in dict.fromkeys([*listed, *changed]):
        before = listed.get(department)
        status, sent = changed.get(department, (None, False))
        if department not in changed and before is not None:
            status, sent = before.status, before.sent_documents
        if before is None and status is None and not sent:
            continue
        kept = {} if before is None else (before.model_extra or {})
        row = {"department": department, "status": status, "sent_documents": sent or None, **kept}
        rows.append({key: value for key, value in row.items() if value is not None})
    return meeting.but(attendance=rows)


def _members(snapshot: Snapshot, meeting: Meeting) -> tuple[str, ...]:
    series = snapshot.get(f"series/{meeting.series}") if meeting.series else None
    return series.members if isinstance(series, Series) else ()

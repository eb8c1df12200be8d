"""引継書: what a successor takes over in April, from the records as they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kyoju_tui.overview.choosing import open_promises
from kyoju_tui.overview.due import Duty, Unanswered, duties, unanswered
from kyoju_tui.overview.findings import FindingView
from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.meeting_series import overdue_series, upcoming
from kyoju_tui.records.ids import Ref


@dataclass(frozen=True, slots=True)
class PromiseTo:
    """A promise to an area that is not kept yet: when it was made, and by which departments (ids)."""

    area: Ref
    on: date | None
    departments: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class NextMeeting:
    """A meeting that is planned (`on` may be open), or that the last one announced."""

    meeting: Ref
    on: date | None
    announced: bool


@dataclass(frozen=True)
class Handover:
    """Everything that is open on a day.

    `duties` are 対応事項 of meetings and what follows from surveys, `roles` those of the lead department. `points` are
    the 論点 without a 整理結果, strong ones first. `unconfirmed` are entries whose department's head has not confirmed
    them. `late_series` are series of meetings whose interval has passed.
    """

    today: date
    inquiries: tuple[Unanswered, ...]
    duties: tuple[Duty, ...]
    roles: tuple[Duty, ...]
    points: tuple[FindingView, ...]
    promises: tuple[PromiseTo, ...]
    unconfirmed: tuple[Ref, ...]
    meetings: tuple[NextMeeting, ...]
    late_series: tuple[Ref, ...]


def handover(whole: Matrix, findings: Sequence[FindingView]) -> Handover:
    """What is open, from a matrix and the findings of the same moment."""
    snapshot, today = whole.snapshot, whole.today
    left = duties(snapshot, today)
    return Handover(
        today=today,
        inquiries=unanswered(whole),
        duties=tuple(duty for duty in left if duty.what != "役割"),
        roles=tuple(duty for duty in left if duty.what == "役割"),
        points=tuple(view for view in findings if view.kind == "論点" and view.fires and not view.settled),
        promises=_promises(whole),
        unconfirmed=tuple(
            ref
            for ref, entry in snapshot.entries.items()
            if entry.confirmed in ("担当者案", "未確認") and entry.status != "終了"
        ),
        meetings=_next(whole),
        late_series=overdue_series(snapshot, today),
    )


def _promises(whole: Matrix) -> tuple[PromiseTo, ...]:
    areas = whole.snapshot.areas
    return tuple(
        PromiseTo(each.area, each.on, areas[each.area].visits[each.number].departments, each.text)
        for each in open_promises(whole.snapshot)
    )


def _next(whole: Matrix) -> tuple[NextMeeting, ...]:
    """Meetings that are recorded beforehand, and days that a meeting announced and nobody has recorded yet."""
    snapshot, today = whole.snapshot, whole.today
    planned = [NextMeeting(ref, snapshot.meetings[ref].held_on, announced=False) for ref in upcoming(snapshot, today)]
    days = {each.on for each in planned}
    announced = [
        NextMeeting(ref, meeting.next_on, announced=True)
        for ref, meeting in snapshot.meetings.items()
        if meeting.next_on is not None and meeting.next_on >= today and meeting.next_on not in days
    ]
    return tuple(sorted([*planned, *announced], key=lambda each: (each.on or date.max, each.meeting)))

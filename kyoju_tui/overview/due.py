"""What waits for an answer, a deed or a date: duties by due date, and inquiries that departments have not answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from kyoju_tui.overview.actions import open_actions
from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.opening import Opening
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.survey import Survey

# How long before its day a duty is due.
SOON: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Duty:
    """Something to be done: 対応事項 of a meeting, a role of the lead department, what follows from a survey.

    `origin` is the REF of the record that holds it, `department` an id or the empty string.
    """

    what: str
    text: str
    department: str
    due_on: date | None
    origin: Ref
    opening: Opening

    def late(self, today: date) -> bool:
        """Whether its day is over."""
        return self.due_on is not None and self.due_on < today

    def due(self, today: date) -> bool:
        """Whether its day is over or near."""
        return self.due_on is not None and self.due_on <= today + SOON


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An inquiry that departments have not answered: `late` ones past their day, `waiting` ones before it (ids)."""

    inquiry: Ref
    late: tuple[str, ...]
    waiting: tuple[str, ...]
    due_on: date | None


def duties(snapshot: Snapshot, today: date) -> tuple[Duty, ...]:
    """Everything that is still to be done, by its day; what has none stands last."""
    return tuple(sorted(_open(snapshot, today), key=lambda duty: (duty.due_on or date.max, duty.origin, duty.text)))


def due_duties(snapshot: Snapshot, today: date) -> tuple[Duty, ...]:
    """What is past its day or has it within a week."""
    return tuple(duty for duty in duties(snapshot, today) if duty.due(today))


def unanswered(whole: Matrix) -> tuple[Unanswered, ...]:
    """The inquiries that are still waited for, the most urgent first.

    Where a newer inquiry asks all of a department's cells again, the older one is no longer waited for.
    """
    order = {axis.id: number for number, axis in enumerate(whole.departments)}
    late: dict[Ref, set[str]] = {}
    waiting: dict[Ref, set[str]] = {}
    days: dict[Ref, list[date]] = {}
    for (_, department), asked in whole.asked.items():
        if asked.state in ("期限超過", "回答待ち"):
            (late if asked.state == "期限超過" else waiting).setdefault(asked.inquiry, set()).add(department)
            if asked.due is not None:
                days.setdefault(asked.inquiry, []).append(asked.due)
    found = [
        Unanswered(
            ref,
            tuple(sorted(late.get(ref, ()), key=lambda each: order[each])),
            tuple(sorted(waiting.get(ref, ()), key=lambda each: order[each])),
            min(days[ref], default=None) if ref in days else None,
        )
        for ref in late.keys() | waiting.keys()
    ]
    return tuple(sorted(found, key=lambda each: (not each.late, each.due_on or date.max, each.inquiry)))


def _open(snapshot: Snapshot, today: date) -> Iterator[Duty]:
    for line in open_actions(snapshot, today):
        action = line.action
        opening = Opening("actions", line.meeting, line.key)
        yield Duty("対応事項", action.text or "", action.department or "", action.due_on, line.meeting, opening)
    policy = snapshot.get("policy")
    for role in policy.roles if isinstance(policy, Policy) else ():
        if role.done_on is None:
            opening = Opening("policy", "policy")
            yield Duty("役割", role.text or "", role.department or "", role.due_on, Ref("policy"), opening)
    for ref, survey in snapshot.all(Survey).items():
        for each in survey.follow_ups:
            if each.done_on is None:
                opening = Opening("surveys", ref)
                yield Duty("その後の対応", each.text or "", each.department or "", each.due_on, ref, opening)

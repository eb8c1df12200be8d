"""What is still to be done after the meetings: 対応事項 of all of them, open ones first (handbook 1-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Action, Meeting
from kyoju_tui.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action with its meeting; `number` is its place in the meeting's list."""

    meeting: Ref
    number: int
    action: Action
    overdue: bool

    @property
    def key(self) -> str:
        """Stays the same while other actions come and go; `#` keeps it apart from every REF."""
        return f"{self.meeting}#{self.action.id or self.number}"

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.action.done_on is None


def of_meeting(ref: Ref, meeting: Meeting, today: date) -> tuple[ActionLine, ...]:
    """A meeting's actions in their order; overdue where the due date is over and it is not done."""
    return tuple(
        ActionLine(ref, number, action, overdue=_late(action, today)) for number, action in enumerate(meeting.actions)
    )


def all_actions(snapshot: Snapshot, today: date) -> tuple[ActionLine, ...]:
    """Every action of every meeting: open ones by due date (those without one last), then done ones, newest first."""
    lines = [line for ref, meeting in snapshot.meetings.items() for line in of_meeting(ref, meeting, today)]
    return tuple(sorted(lines, key=_place))


def open_actions(snapshot: Snapshot, today: date) -> tuple[ActionLine, ...]:
    """What is still to be done, by due date."""
    return tuple(line for line in all_actions(snapshot, today) if line.open)


def left_of(ref: Ref, meeting: Meeting, today: date) -> tuple[ActionLine, ...]:
    """What is still to be done from one meeting, by due date."""
    return tuple(sorted((line for line in of_meeting(ref, meeting, today) if line.open), key=_place))


def with_done(meeting: Meeting, line: ActionLine, day: date | None) -> Meeting:
    """The meeting with this action done on a day, or open again (None). An action that is gone changes nothing."""
    found = next((now for now in of_meeting(line.meeting, meeting, day or date.max) if now.key == line.key), None)
    if found is None:
        return meeting
    actions = list(meeting.actions)
    actions[found.number] = found.action.but(done_on=day)
    return meeting.model_copy(update={"actions": tuple(actions)})


def _late(action: Action, today: date) -> bool:
    return action.done_on is None and action.due_on is not None and action.due_on < today


def _place(line: ActionLine) -> tuple[bool, int, str, int]:
    action = line.action
    if action.done_on is not None:
        return True, -action.done_on.toordinal(), line.meeting, line.number
    return False, (action.due_on or date.max).toordinal(), line.meeting, line.number

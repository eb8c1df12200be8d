"""The report's meetings, the newest first: when, what was said, what was decided (handbook 1-3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kyoju_tui.overview.minutes import action_words, minutes, when_words
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.snapshot import Snapshot

_OPINIONS = "意見・考え方等"


@dataclass(frozen=True, slots=True)
class MeetingPart:
    """A meeting: `opinions` are lines by category."""

    title: str
    when: str
    decisions: tuple[str, ...]
    opinions: tuple[tuple[str, tuple[str, ...]], ...]
    actions: tuple[str, ...]


def meeting_parts(snapshot: Snapshot, today: date, *, public: bool) -> tuple[MeetingPart, ...]:
    """The meetings that were held. What departments have to do is not for the public."""
    held = [(each.held_on, ref) for ref, each in snapshot.meetings.items() if each.held_on and each.held_on <= today]
    return tuple(_part(snapshot, ref, public=public) for _, ref in sorted(held, reverse=True))


def _part(snapshot: Snapshot, ref: Ref, *, public: bool) -> MeetingPart:
    meeting = snapshot.expect(ref, Meeting)
    groups = next(section.groups for section in minutes(snapshot, ref).sections if section.heading == _OPINIONS)
    actions = () if public else tuple(action_words(snapshot, action) for action in meeting.actions)

    return MeetingPart(
        meeting.title,
        "　".join(filter(None, (when_words(meeting), meeting.place))),
        meeting.decisions,
        groups,
        actions,
    )

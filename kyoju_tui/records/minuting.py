"""What is written down while a meeting goes on: one opinion, action, decision or note more, and never one less."""

from __future__ import annotations

from typing import Any

from kyoju_tui.records.base import Lens
from kyoju_tui.records.ids import new_part_id
from kyoju_tui.records.meeting import Action, Meeting, Opinion


def with_opinion(
    meeting: Meeting,
    text: str,
    *,
    category: str | None = None,
    department: str | None = None,
    lens: Lens | None = None,
) -> Meeting:
    """The meeting with one opinion (意見・考え方等) appended. Errors: pydantic's `ValidationError` for the text."""
    taken = {each.id for each in meeting.opinions if each.id}
    given = {"id": new_part_id(taken), "category": category, "department": department, "lens": lens, "text": text}
    added = Opinion.model_validate(_filled(given))
    return meeting.model_copy(update={"opinions": (*meeting.opinions, added)})


def with_action(meeting: Meeting, given: dict[str, Any]) -> Meeting:
    """The meeting with one action (対応事項) appended. Errors: pydantic's `ValidationError`."""
    taken = {each.id for each in meeting.actions if each.id}
    added = Action.model_validate(_filled({"id": new_part_id(taken), **given}))
    return meeting.model_copy(update={"actions": (*meeting.actions, added)})


def with_decision(meeting: Meeting, text: str) -> Meeting:
    """The meeting with one decision appended; one that stands there already is not written twice."""
    if text in meeting.decisions:
        return meeting
    return meeting.but(decisions=[*meeting.decisions, text])


def with_note(meeting: Meeting, text: str) -> Meeting:
    """The meeting with one line more of its notes (要点)."""
    return meeting.but(notes="\n".join(filter(None, (meeting.notes, text))))


def _filled(given: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in given.items() if value is not None}

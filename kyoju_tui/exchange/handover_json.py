"""引継書 as plain data for programs."""

from __future__ import annotations

from datetime import date

from kyoju_tui.overview.due import Duty
from kyoju_tui.overview.handover import Handover


def handover_json(content: Handover) -> dict[str, object]:
    """Ready for `json.dumps`; records are REFs, departments ids, days ISO text or null."""
    return {
        "today": content.today.isoformat(),
        "inquiries": [
            {"ref": each.inquiry, "due_on": _day(each.due_on), "late": list(each.late), "waiting": list(each.waiting)}
            for each in content.inquiries
        ],
        "actions": [_duty(each) for each in content.duties],
        "roles": [_duty(each) for each in content.roles],
        "points": [
            {"key": view.key, "rule": view.rule, "subjects": list(view.subjects), "why": view.why}
            for view in content.points
        ],
        "promises": [
            {"area": each.area, "on": _day(each.on), "departments": list(each.departments), "text": each.text}
            for each in content.promises
        ],
        "unconfirmed": list(content.unconfirmed),
        "meetings": [
            {"ref": each.meeting, "on": _day(each.on), "announced": each.announced} for each in content.meetings
        ],
        "late_series": list(content.late_series),
    }


def _duty(duty: Duty) -> dict[str, object]:
    return {
        "ref": duty.origin,
        "text": duty.text,
        "department": duty.department or None,
        "due_on": _day(duty.due_on),
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value is not None else None

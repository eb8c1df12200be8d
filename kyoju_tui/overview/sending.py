"""What to mind before an inquiry is sent: the briefing before it, who was not there, its dates (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kyoju_tui.overview.composing import closed_remark, is_external, order_remarks
from kyoju_tui.overview.inquiry_status import left_until
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.snapshot import Snapshot

_SOON: Final = 5


@dataclass(frozen=True, slots=True)
class Absent:
    """Departments asked that the briefing did not reach: absent without documents, or of whom nothing is noted."""

    without_documents: tuple[str, ...]
    not_noted: tuple[str, ...]


def briefing_of(snapshot: Snapshot, inquiry: Inquiry) -> Meeting | None:
    """The meeting that is named as the briefing."""
    found = snapshot.get(f"meetings/{inquiry.briefing}") if inquiry.briefing else None
    return found if isinstance(found, Meeting) else None


def absent(inquiry: Inquiry, briefing: Meeting) -> Absent:
    """Whom the briefing did not reach, in the order in which they are asked."""
    noted = {each.department: each for each in briefing.attendance}
    asked = [each.department for each in inquiry.targets if not each.withdrawn]
    return Absent(
        tuple(
            each for each in asked if each in noted and noted[each].status == "欠席" and not noted[each].sent_documents
        ),
        tuple(each for each in asked if each not in noted or noted[each].status is None),
    )


def briefing_concerns(snapshot: Snapshot, inquiry: Inquiry, on: date) -> Iterator[str]:
    """Whether a briefing was held by this day, and which departments it did not reach."""
    briefing = briefing_of(snapshot, inquiry)
    if briefing is None:
        yield "事前説明の会議が決まっていません。"
    elif briefing.held_on is None or briefing.held_on > on:
        when = f"（{format_date(briefing.held_on)}の予定）" if briefing.held_on else "（開催日が未記入）"
        yield f"事前説明はまだ開かれていません{when}。"
    else:
        missed = absent(inquiry, briefing)
        if missed.without_documents:
            yield f"事前説明に欠席し、資料も送っていない部署：{_names(snapshot, missed.without_documents)}"
        if missed.not_noted:
            yield f"事前説明の出欠が記録されていない部署：{_names(snapshot, missed.not_noted)}"


def concerns(snapshot: Snapshot, ref: Ref, on: date) -> tuple[str, ...]:
    """Everything to mind before this inquiry is sent on this day; empty where all is in order. Nothing forbids it."""
    inquiry = snapshot.expect(ref, Inquiry)
    found = [*briefing_concerns(snapshot, inquiry, on)]
    found += order_remarks({**to_plain(inquiry), "issued_on": on})
    if inquiry.due_on is None:
        found.append("回答期限が入っていません。")
    else:
        if closed := closed_remark(inquiry.due_on):
            found.append(f"回答期限（{format_date(inquiry.due_on)}）は{closed}")
        left = left_until(inquiry.due_on, on)
        if left.working is not None and left.days >= 0 and left.working < _SOON:
            found.append(f"回答期限まで{left.working}開庁日しかありません。")
    outside = [each.department for each in inquiry.targets if is_external(snapshot, each.department)]
    if outside and inquiry.form != "依頼":
        found.append(f"庁外へは依頼文で送ります：{_names(snapshot, outside)}")
    return tuple(found)


def _names(snapshot: Snapshot, departments: tuple[str, ...] | list[str]) -> str:
    return "・".join(snapshot.full_name("department", each) for each in departments)

"""A new inquiry as it begins, and what to mind about its dates (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from kyoju_tui.overview.asked import newest_first
from kyoju_tui.overview.inquiry_status import left_until
from kyoju_tui.records.dates import closed_day_reason, format_date, is_working_day
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.snapshot import Snapshot

# About two weeks, as is usual between departments.
ANSWER_IN: Final = 10
TITLE: Final = "居住コミュニティに関する取組・課題・データについて"
_PURPOSE: Final = (
    "各課の取組・課題・データを一覧表にまとめ、重なりと足りないところを一緒に確かめるため。\n"
    "進めるうえで困っていることも記入をお願いします。"
)
_COPIED: Final = ("title", "form", "sender", "addressee", "via", "contact", "purpose", "kinds")


def working_day_after(start: date, days: int) -> date:
    """The day on which so many working days after `start` are over."""
    day = start
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day


def composed(snapshot: Snapshot, today: date) -> Plain:
    """What the form of a new inquiry begins with: all departments and rows in use, ten working days to answer.

    The contact is that of the newest inquiry, as the section that asks seldom changes.
    """
    lead = lead_name(snapshot)
    before = [inquiry.contact for _, inquiry in newest_first(snapshot.inquiries, today) if inquiry.contact]
    departments = tuple(snapshot.departments_in_use(today))
    return _filled(
        {
            "title": TITLE,
            "form": "照会",
            "sender": lead,
            "addressee": "関係各課",
            "via": "各部の主管課",
            "due_on": working_day_after(today, ANSWER_IN),
            "contact": next(iter(before), f"{lead} 担当" if lead else None),
            "purpose": _PURPOSE,
            "kinds": ["取組", "課題", "データ"],
            "sections": [
                {"label": category.name, "categories": [key]} for key, category in snapshot.categories_in_use.items()
            ],
            "targets": [{"department": department} for department in departments],
            "note": external_note(snapshot, departments),
        }
    )


def copied(snapshot: Snapshot, ref: str, today: date) -> Plain:
    """The same from an earlier inquiry: its words, sections, targets and rows, as far as they are still in use.

    A department that was replaced gives way to its successor.
    """
    earlier = snapshot.expect(ref, Inquiry)
    plain, rows = to_plain(earlier), snapshot.categories_in_use
    sections = [
        _filled({"label": each.label, "categories": [row for row in each.categories if row in rows]})
        for each in earlier.sections
    ]
    in_use = snapshot.departments_in_use(today)
    named = (_follow(snapshot, target.department, today) for target in earlier.targets)
    departments = tuple(dict.fromkeys(department for department in named if department in in_use))
    return _filled(
        {
            **{name: plain.get(name) for name in _COPIED},
            "due_on": working_day_after(today, ANSWER_IN),
            "categories": [row for row in earlier.categories if row in rows],
            "sections": sections,
            "targets": [{"department": department} for department in departments],
            "note": external_note(snapshot, departments),
        }
    )


def lead_name(snapshot: Snapshot) -> str | None:
    """The department that the policy names as the lead."""
    policy = snapshot.get("policy")
    lead = policy.lead if isinstance(policy, Policy) else None
    return snapshot.full_name("department", lead.department) if lead is not None and lead.department else None


def is_external(snapshot: Snapshot, department: str) -> bool:
    """Whether a department is an outside body: it gets a 依頼, whatever the others get."""
    ref = snapshot.departments.get(department)
    return ref is not None and ref.external


def external_note(snapshot: Snapshot, departments: tuple[str, ...]) -> str | None:
    """A remark for the file on outside bodies among those asked; None where there are none."""
    outside = [snapshot.full_name("department", each) for each in departments if is_external(snapshot, each)]
    return f"庁外（{'・'.join(outside)}）へは、同じ内容の依頼文で送付。" if outside else None


def due_remarks(values: Mapping[str, object], today: date) -> Iterator[str]:
    """How much time an inquiry gives: counted from its issue, or from today while it is not sent."""
    due, start = values.get("due_on"), values.get("issued_on")
    if isinstance(due, date):
        begin, word = (start, "発出") if isinstance(start, date) else (today, "今日")
        left = left_until(due, begin)
        if left.days > 0 and left.working is not None:
            yield f"{word}から{left.working}開庁日"


def closed_remark(due: date) -> str:
    """A warning where a due date is a day on which the town hall is closed; else the empty string."""
    reason = closed_day_reason(due)
    if reason is None:
        return ""
    # No run of closed days is longer; a mistyped year must not lead before the calendar's beginning.
    before = next((day for n in range(1, 15) if due.toordinal() > n and is_working_day(day := _before(due, n))), None)
    if before is None:
        return f"{reason}のため閉庁日です。"
    return f"{reason}のため閉庁日です。直前の開庁日は{format_date(before)}です。"


def order_remarks(values: Mapping[str, object]) -> Iterator[str]:
    """Where 起案, 決裁 and 発出 do not follow one another: it happens, so it is only remarked on."""
    steps = [("起案日", "drafted_on"), ("決裁日", "decided_on"), ("発出日", "issued_on")]
    dated = [(label, day) for label, name in steps if isinstance(day := values.get(name), date)]
    for (early, first), (late, second) in pairwise(dated):
        if second < first:
            yield f"{late}が{early}より前になっています。"


def _follow(snapshot: Snapshot, department: str, today: date) -> str:
    """The department, or the one that took its work over; a circle of successors ends where it began."""
    in_use, seen = snapshot.departments_in_use(today), set[str]()
    while department not in in_use and department not in seen:
        seen.add(department)
        record = snapshot.departments.get(department)
        department = record.successor if record is not None and record.successor else department
    return department


def _before(day: date, days: int) -> date:
    return day - timedelta(days=days)


def _filled(plain: Mapping[str, object]) -> Plain:
    return {name: value for name, value in plain.items() if value not in (None, "", [])}

"""Whether a department was asked about a category, and what came back: the second state of a cell (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry, Target

InquiryState = Literal["照会なし", "回答待ち", "期限超過", "回答済", "内容確認中", "前回のまま", "取下げ"]
CellKey = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """The newest inquiry that asks a cell: its REF, the department's state in it, and whether it said 該当なし.

    `nothing_kinds` are the kinds (取組, 課題, データ) that the answer names one by one as 該当なし.
    """

    inquiry: Ref
    state: InquiryState
    due: date | None
    nothing: bool
    nothing_kinds: frozenset[str]


def asked_cells(
    inquiries: Mapping[Ref, Inquiry], rows: Iterable[str], columns: Iterable[str], today: date
) -> Mapping[CellKey, Asked]:
    """What is asked by (category, department), from the newest issued inquiry that asks the cell.

    An inquiry without a date of issue, or issued after today, is still a draft and asks nobody. Only that newest
    inquiry speaks: a 該当なし of an older one says nothing about this year.
    """
    in_use, expected = tuple(rows), frozenset(columns)
    found: dict[CellKey, Asked] = {}
    for ref, inquiry in newest_first(inquiries, today):
        categories = rows_asked(inquiry, in_use)
        nothing = nothing_cells(inquiry, categories)
        for target in inquiry.targets:
            department = target.department
            if department not in expected:
                continue
            state, due = answer_state(inquiry, target, today), due_date(inquiry, target)
            for category in categories:
                cell = category, department
                if cell not in found:
                    kinds = nothing.get(cell, set())
                    found[cell] = Asked(ref, state, due, None in kinds, frozenset(kind for kind in kinds if kind))
    return found


def newest_first(inquiries: Mapping[Ref, Inquiry], today: date) -> list[tuple[Ref, Inquiry]]:
    """The inquiries issued by today, the newest (date of issue, then id) first."""
    issued = [
        (inquiry.issued_on, ref.id, ref, inquiry)
        for ref, inquiry in inquiries.items()
        if inquiry.issued_on is not None and inquiry.issued_on <= today
    ]
    return [(ref, inquiry) for _, _, ref, inquiry in sorted(issued, key=lambda item: item[:2], reverse=True)]


def answer_state(inquiry: Inquiry, target: Target, today: date) -> InquiryState:
    """How far the answer of one department is. Without any due date it is waited for, never overdue."""
    if target.withdrawn:
        return "取下げ"
    if target.receipts:
        if target.unchanged:
            return "前回のまま"
        return "内容確認中" if target.checking else "回答済"
    due = due_date(inquiry, target)
    return "期限超過" if due is not None and today > due else "回答待ち"


def due_date(inquiry: Inquiry, target: Target) -> date | None:
    """The day until which this department's answer is due: the extended one, else that of the inquiry."""
    return target.extended_due or inquiry.due_on


def rows_asked(inquiry: Inquiry, in_use: Iterable[str]) -> tuple[str, ...]:
    """The rows that an inquiry asks about, of those in use: those it names, or all."""
    return tuple(category for category in in_use if not inquiry.categories or category in inquiry.categories)


def nothing_cells(inquiry: Inquiry, categories: Iterable[str]) -> dict[CellKey, set[str | None]]:
    """The kinds answered with 該当なし by cell (None: all of it); an answer that names no category is for each."""
    found: dict[CellKey, set[str | None]] = {}
    rows = tuple(categories)
    for answer in inquiry.nothing_to_report:
        if answer.department is not None:
            for category in (answer.category,) if answer.category else rows:
                found.setdefault((category, answer.department), set()).add(answer.kind)
    return found

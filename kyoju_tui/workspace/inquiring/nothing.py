"""「該当なし」 as an answer to an inquiry: to a whole cell of the matrix, or to one kind of it (handbook 1-2(1))."""

from __future__ import annotations

from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.ids import new_part_id
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.plain import to_plain


def is_nothing(inquiry: Inquiry, department: str, category: str, kind: EntryKind | None) -> bool:
    """Whether just this answer stands in the inquiry; one to the inquiry as a whole is another."""
    return any(
        (answer.department, answer.category, answer.kind) == (department, category, kind)
        for answer in inquiry.nothing_to_report
    )


def turned(inquiry: Inquiry, department: str, category: str, kind: EntryKind | None) -> Inquiry:
    """The inquiry with this answer, or without it where it stood there. `kind` None is the whole cell."""
    answers = [to_plain(answer) for answer in inquiry.nothing_to_report]
    if is_nothing(inquiry, department, category, kind):
        place = (department, category, kind)
        kept = [each for each in answers if (each.get("department"), each.get("category"), each.get("kind")) != place]
        return inquiry.but(nothing_to_report=kept)
    taken = {answer.id for answer in inquiry.nothing_to_report if answer.id}
    added = {"id": new_part_id(taken), "department": department, "category": category}
    return inquiry.but(nothing_to_report=[*answers, {**added, "kind": kind} if kind else added])

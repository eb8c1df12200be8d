"""What a merge by field cannot see: fields that go together with none of the other side's, and an entry moved twice."""

from __future__ import annotations

from typing import Final

from pydantic import ValidationError

from kyoju_tui.records.base import Record
from kyoju_tui.records.description import field_map
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Target
from kyoju_tui.records.matching import filled, keys_in_order, same
from kyoju_tui.records.merge import Conflict
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.soundness import judged, unsound

DEPARTMENT: Final = "department"
"""The field that stands for the folder an entry lies in."""


def contradiction(ref: Ref, record: Record, theirs: Plain, beside: Snapshot, here: Snapshot) -> str:
    """What a merged record contradicts that neither side's version did, in words; "" where it is sound."""
    wrong = [remark for remark, refused in judged(ref, record, beside, here.get(ref), here) if refused]
    if not wrong:
        return ""
    try:
        other = type(record).model_validate(theirs)
    except ValidationError:
        return ""
    known = {(remark.code, remark.message) for remark in unsound(ref, other, beside)}
    return next((remark.message for remark in wrong if (remark.code, remark.message) not in known), "")


def disagreeing(base: Plain | None, ours: Plain, theirs: Plain, model: type[Record]) -> tuple[Conflict, ...]:
    """Every field in which the two sides differ, as a question, whether or not both changed it."""
    known = field_map(model)
    found: list[Conflict] = []
    for key in keys_in_order(model, ours, theirs):
        about = known.get(key)
        if not same(filled(ours.get(key), about), filled(theirs.get(key), about)):
            label = about.label if about is not None else f"項目「{key}」"
            found.append(Conflict(key, label, (base or {}).get(key), ours.get(key), theirs.get(key), about))
    return tuple(found)


def department_conflict(base: str | None, ours: str, theirs: str) -> Conflict | None:
    """The question that an entry raises which both sides moved, each to another department; its paths."""
    if ours == theirs or base in (ours, theirs):
        return None
    before = None if base is None else base.split("/")[1]
    about = field_map(Target).get(DEPARTMENT)
    return Conflict(DEPARTMENT, "部署", before, ours.split("/")[1], theirs.split("/")[1], about)

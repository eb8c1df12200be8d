"""Soundness: what no single field can show to be wrong, but the record as a whole, or the records beside it, can.

`unsound` judges one record within a Snapshot. Errors are contradictions: a save that brings one in is refused under
its field (`judged`). Warnings are told and refuse nothing. What a file holds already never keeps it from being
read or saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from kyoju_tui.records.area import Area
from kyoju_tui.records.base import Record
from kyoju_tui.records.category import Category
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.framework import Framework
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.image_map import ImageMap
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.soundness.areas import area
from kyoju_tui.records.soundness.collaborations import collaboration
from kyoju_tui.records.soundness.entries import entry
from kyoju_tui.records.soundness.image_map import image_map
from kyoju_tui.records.soundness.inquiries import inquiry
from kyoju_tui.records.soundness.meetings import meeting
from kyoju_tui.records.soundness.rows_columns import category, department
from kyoju_tui.records.soundness.surveys import survey
from kyoju_tui.records.soundness.tables import doubled
from kyoju_tui.records.soundness.themes import theme
from kyoju_tui.records.soundness.whole_town import framework, policy
from kyoju_tui.records.survey import Survey
from kyoju_tui.records.theme import Theme

__all__ = ["judged", "unsound"]

Rule: TypeAlias = Callable[[Ref, Any, Snapshot], Iterator[Remark]]

# One rule module per kind; each is a pure function of the record, its REF and the records beside it.
_RULES: Final[Mapping[type[Record], Rule]] = {
    Area: area,
    Category: category,
    Collaboration: collaboration,
    Department: department,
    Entry: entry,
    Framework: framework,
    ImageMap: image_map,
    Inquiry: inquiry,
    Meeting: meeting,
    Policy: policy,
    Survey: survey,
    Theme: theme,
}


def unsound(ref: Ref, record: Record, snapshot: Snapshot) -> Iterator[Remark]:
    """Everything that is to be said of a record among the others. It need not be in the Snapshot itself, or may differ
    there: `record` is what is judged.
    """  # noqa: D205
    yield from doubled(ref, record, snapshot)
    rule = _rule(type(record))
    if rule is not None:
        yield from rule(ref, record, snapshot)


def judged(
    ref: Ref, record: Record, snapshot: Snapshot, before: Record | None, then: Snapshot
) -> Iterator[tuple[Remark, bool]]:
    """What `unsound` says, each with whether a save that leaves it so is refused.

    An error that the record had `before` already, when the others were as in `then`, is told by `check` and keeps
    nobody from saving another field.
    """
    remarks = tuple(unsound(ref, record, snapshot))
    had: frozenset[tuple[str, str]] = frozenset()
    if before is not None and any(remark.severity == "error" for remark in remarks):
        had = frozenset((remark.code, remark.message) for remark in unsound(ref, before, then))
    for remark in remarks:
        yield remark, remark.severity == "error" and (remark.code, remark.message) not in had


def _rule(model: type[Record]) -> Rule | None:
    return _RULES.get(model)

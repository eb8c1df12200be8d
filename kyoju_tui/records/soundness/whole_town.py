"""Rules of the records of which a town has one: policy and framework (handbook 1-1, 2-1, 2-2)."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.records.framework import Framework
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.soundness.days import DOUBTFUL, existing, in_order


def policy(ref: Ref, record: Policy, snapshot: Snapshot) -> Iterator[Remark]:
    """The lead department is decided after it was drafted; consultations are with departments of the day."""
    if record.lead is not None:
        drafted, decided = ("起案日", record.lead.drafted_on), ("決裁日", record.lead.decided_on)
        yield from in_order(ref, "lead.decided_on", drafted, decided, DOUBTFUL)
    for index, earlier in enumerate(record.earlier_leads):
        place = f"earlier_leads.{index}.until"
        yield from in_order(ref, place, ("施行日", earlier.effective_on), ("終了日", earlier.until))
    for index, talk in enumerate(record.consultations):
        for number, department in enumerate(talk.departments):
            yield from existing(ref, f"consultations.{index}.departments.{number}", department, talk.on, snapshot)


def framework(ref: Ref, record: Framework, _snapshot: Snapshot) -> Iterator[Remark]:
    """A move to a unit of its own follows a review, or says why not."""
    move = record.transition
    if move is None:
        return
    decided, effective = ("決定日", move.decided_on), ("施行日", move.effective_on)
    yield from in_order(ref, "transition.effective_on", decided, effective, DOUBTFUL)
    if not record.reviews and not move.override_reason:
        message = "検証の記録がないまま、移行が記録されています。"
        cure = "「検証」に判断と理由を書くか、「検証を経ずに移る理由」を書いてください。"
        yield Remark(ref, "transition.override_reason", message, "K608", cure)

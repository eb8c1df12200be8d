"""Rules of inquiries: drafted, decided, issued, answered, in this order (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry, Target
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.soundness.days import DOUBTFUL, existing, in_order


def inquiry(ref: Ref, record: Inquiry, snapshot: Snapshot) -> Iterator[Remark]:
    """That it is due after its issue the model sees to. Papers are now and then dated after the event: a warning."""
    drafted, decided = ("起案日", record.drafted_on), ("決裁日", record.decided_on)
    yield from in_order(ref, "decided_on", drafted, decided, DOUBTFUL)
    yield from in_order(ref, "issued_on", decided, ("発出日", record.issued_on), DOUBTFUL)
    for index, target in enumerate(record.targets):
        yield from _target(ref, record, target, f"targets.{index}", snapshot)


def _target(ref: Ref, record: Inquiry, target: Target, place: str, snapshot: Snapshot) -> Iterator[Remark]:
    asked_on = target.sent_on or record.issued_on or record.due_on
    yield from existing(ref, f"{place}.department", target.department, asked_on, snapshot)
    name = snapshot.name("department", target.department)
    extended = (f"{name}の延長した期限", target.extended_due)
    before_issue = list(in_order(ref, f"{place}.extended_due", ("発出日", record.issued_on), extended))
    yield from before_issue or in_order(ref, f"{place}.extended_due", ("回答期限", record.due_on), extended, DOUBTFUL)
    for number, receipt in enumerate(target.receipts):
        came = (f"{name}の受付日", receipt.on)
        issued = ("発出日", record.issued_on)
        yield from in_order(ref, f"{place}.receipts.{number}.on", issued, came, DOUBTFUL)

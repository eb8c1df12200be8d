"""What an answer changes, for programs."""

from __future__ import annotations

from kyoju_tui.exchange.bringing import Bringing, Placed
from kyoju_tui.exchange.inquiries.inquiry_answers import Arrived, Turned
from kyoju_tui.overview.inquiry_status import latest
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.inquiring.answering import target_of
from kyoju_tui.workspace.requests import Saved


def answer_json(snapshot: Snapshot, arrived: Arrived, bringing: Bringing, saved: Saved | None) -> dict[str, object]:
    """One file that was read: whose it is, every value placed, and what was recorded of it."""
    receipt = latest(target_of(snapshot.expect(arrived.inquiry, Inquiry), arrived.department))
    return {
        "file": bringing.file,
        "sha256": bringing.sha256,
        "inquiry": arrived.inquiry,
        "department": arrived.department,
        "version": receipt.version if saved is not None and receipt is not None else None,
        "counts": dict(bringing.counts),
        "placed": [_placed(each) for each in bringing.placed],
        "remarks": bringing.remarks,
        "refs": [change.ref for change in bringing.changes],
        "commit": None if saved is None else saved.commit,
        "subject": bringing.subject,
        "error": None,
    }


def turned_json(turned: Turned) -> dict[str, object]:
    """One file that was not taken."""
    error = turned.error
    return {
        "file": turned.path.name,
        "error": {"code": error.code, "message": error.message, "cure": error.cure},
    }


def _placed(placed: Placed) -> dict[str, object]:
    return {
        "where": placed.where,
        "outcome": placed.outcome,
        "ref": placed.ref,
        "title": placed.title,
        "label": placed.label,
        "before": placed.before,
        "after": placed.after,
        "why": placed.why,
    }

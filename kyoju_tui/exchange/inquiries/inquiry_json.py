"""How an inquiry stands, for programs."""

from __future__ import annotations

from datetime import date

from kyoju_tui.overview.inquiry_status import Left, board, progress
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.snapshot import Snapshot


def inquiry_json(snapshot: Snapshot, ref: Ref, today: date) -> dict[str, object]:
    """The counts, and a table per department in the board's order."""
    inquiry = snapshot.expect(ref, Inquiry)
    done = progress(inquiry, today)
    return {
        "ref": ref,
        "title": inquiry.title,
        "issued_on": inquiry.issued_on,
        "due_on": inquiry.due_on,
        "answered": done.answered,
        "expected": done.expected,
        "late": done.late,
        **_left(done.left),
        "targets": [
            {
                "department": line.department,
                "state": line.state,
                "due": line.due,
                **_left(line.left),
                "asked": line.asked,
                "filled": line.filled,
                "nothing": line.nothing,
                "missing": line.missing,
                "receipts": [to_plain(each) for each in line.target.receipts],
                "reminders": [to_plain(each) for each in line.target.reminders],
            }
            for line in board(snapshot, inquiry, today)
        ],
        "compilations": [to_plain(each) for each in inquiry.compilations],
    }


def _left(left: Left | None) -> dict[str, object]:
    return {"days_left": left and left.days, "working_days_left": left and left.working}

"""An answer's file in the inquiry's record: its receipt with version, day, name and SHA-256."""

from __future__ import annotations

from datetime import date
from typing import Final

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.overview.inquiry_status import latest
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.inquiry import Inquiry, Receipt, Target
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.workspace.inquiring import answering
from kyoju_tui.workspace.inquiring.answering import Confirmed

REASON: Final = "差替の回答ファイルを取り込み"


def taken(inquiry: Inquiry, sha256: str) -> tuple[str, Receipt] | None:
    """The department and the receipt under which this very file was brought in before."""
    for target in inquiry.targets:
        for receipt in target.receipts:
            if receipt.sha256 == sha256:
                return target.department, receipt
    return None


def said_already(last: Receipt | None, confirmed: Confirmed | None) -> bool:
    """Whether a file that changes nothing says no more than the file that was brought in last."""
    return last is not None and last.sha256 is not None and confirmed in (None, last.confirmed)


def received(
    inquiry: Inquiry,
    department: str,
    file: str,
    sha256: str,
    on: date,
    today: date,
    *,
    confirmed: Confirmed | None = None,
    reason: str | None = None,
) -> Inquiry:
    """The inquiry with this file's receipt: a further version, or the file of one that was noted before it was read.

    Errors: `InvalidValue` for a day before the issue or after today, `UnknownRef` for a department not asked.
    """
    target = answering.target_of(inquiry, department)
    last = latest(target)
    told: Plain = {"file": shown_name(file), "sha256": sha256}
    if confirmed is not None:
        told["confirmed"] = confirmed
    if last is not None and last.sha256 is None and last.file in (None, shown_name(file)):
        return _with_last(inquiry, target, told)
    changed = answering.received(
        inquiry, [department], on, today, confirmed=confirmed, reason=(reason or REASON) if target.receipts else None
    )
    return _with_last(changed, answering.target_of(changed, department), told)


def words(receipt: Receipt) -> str:
    """第2版（令和8年11月23日受付）."""
    on = f"（{format_date(receipt.on, weekday=False)}受付）" if receipt.on is not None else ""
    return f"第{receipt.version or 1}版{on}"


def _with_last(inquiry: Inquiry, target: Target, told: Plain) -> Inquiry:
    last = latest(target)
    receipts = [to_plain(each) | (told if each == last else {}) for each in target.receipts]
    targets = [
        to_plain(each) | ({"receipts": receipts} if each.department == target.department else {})
        for each in inquiry.targets
    ]
    return inquiry.but(targets=targets)

"""What came after a compilation (取りまとめ): late and corrected answers, changed entries (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kyoju_tui.overview.asked import rows_asked
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Compilation, Inquiry, NothingToReport, Receipt
from kyoju_tui.records.snapshot import Snapshot

How = Literal["追加", "変更", "削除"]


@dataclass(frozen=True, slots=True)
class LateReceipt:
    """An answer that came in afterwards; `late` tells that the compilation had none of this department."""

    department: str
    receipt: Receipt
    late: bool


@dataclass(frozen=True, slots=True)
class EntryChange:
    """An entry of a department asked that is new, different or gone."""

    ref: Ref
    department: str
    title: str
    how: How


@dataclass(frozen=True, slots=True)
class Since:
    """All of it. `nothing` are answers of 「該当なし」 that came afterwards."""

    receipts: tuple[LateReceipt, ...]
    nothing: tuple[NothingToReport, ...]
    entries: tuple[EntryChange, ...]

    def __bool__(self) -> bool:
        """Whether anything came."""
        return bool(self.receipts or self.nothing or self.entries)


def last_compilation(inquiry: Inquiry) -> Compilation | None:
    """The compilation with the highest number."""
    return max(inquiry.compilations, key=lambda each: each.number or 0, default=None)


def next_number(inquiry: Inquiry) -> int:
    """The number of the next compilation."""
    return max((each.number or 0 for each in inquiry.compilations), default=0) + 1


def changed_since(then: Snapshot, now: Snapshot, ref: Ref) -> Since:
    """What came since `then`, for one inquiry; the departments' order is that of the inquiry."""
    after = now.expect(ref, Inquiry)
    before = then.inquiries.get(ref)
    known = {} if before is None else {target.department: target.receipts for target in before.targets}
    receipts = tuple(
        LateReceipt(target.department, receipt, not known.get(target.department))
        for target in after.targets
        for receipt in target.receipts
        if receipt not in known.get(target.department, ())
    )
    said = () if before is None else before.nothing_to_report
    nothing = tuple(each for each in after.nothing_to_report if each not in said)
    return Since(receipts, nothing, tuple(_entries(then, now, after)))


def _entries(then: Snapshot, now: Snapshot, inquiry: Inquiry) -> Iterator[EntryChange]:
    asked = [target.department for target in inquiry.targets]
    rows = frozenset(rows_asked(inquiry, now.categories))
    places = frozenset(asked)
    refs = {ref for ref in (*then.entries, *now.entries) if ref.department in places}
    for ref in sorted(refs, key=lambda each: (asked.index(each.department or ""), each)):
        before, after = then.entries.get(ref), now.entries.get(ref)
        if before != after and any(_in_rows(each, rows) for each in (before, after)):
            shown = after or before
            how: How = "追加" if before is None else "削除" if after is None else "変更"
            yield EntryChange(ref, ref.department or "", shown.title if shown is not None else ref.id, how)


def _in_rows(entry: Entry | None, rows: frozenset[str]) -> bool:
    return entry is not None and not rows.isdisjoint(entry.categories)

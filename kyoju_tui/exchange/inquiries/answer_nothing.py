"""「該当なし」 in an answer: per category × kind, against what the inquiry and the entries say now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, get_args

from kyoju_tui.exchange.bringing import Outcome, Placed
from kyoju_tui.exchange.inquiries.answer_rows import Row
from kyoju_tui.exchange.inquiries.answer_values import Unclear, shorten, word_of
from kyoju_tui.exchange.inquiries.inquiry_layout import NOTHING, check_of
from kyoju_tui.overview.asked import rows_asked
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.inquiring import answering

_KINDS: Final = frozenset[str | None](get_args(EntryKind))


class NothingSaid:
    """Takes the lines of a form into an inquiry. `after` are the department's entries as the answer leaves them."""

    def __init__(
        self, snapshot: Snapshot, ref: Ref, inquiry: Inquiry, department: str, after: Mapping[Ref, Entry | None]
    ) -> None:
        self._snapshot = snapshot
        self._ref = ref
        self._inquiry = inquiry
        self._department = department
        self._after = after
        self.placed: list[Placed] = []

    def taken(self, rows: Iterable[Row]) -> Inquiry:
        """The inquiry with what these lines say; `placed` tells each that is not as it was filled in."""
        for row in rows:
            self._line(row)
        return self._inquiry

    def _line(self, row: Row) -> None:
        cell = row.line.said
        if cell.fault:
            self._tell(row, "不明", cell.fault)
            return
        text = "" if cell.value is None else str(cell.value)
        if (row.check and check_of([text]) == row.check) or (not row.check and not text.strip()):
            return
        read = word_of(cell.value, (NOTHING,), NOTHING)
        if isinstance(read, Unclear):
            self._tell(row, "不明", read.why, shorten(text))
        elif read.value is None:
            self._taken_back(row)
        else:
            self._nothing(row)

    def _nothing(self, row: Row) -> None:
        said = answering.nothing_of(self._inquiry, self._department, row.category)
        standing = [
            entry.title
            for entry in self._after.values()
            if entry is not None and entry.kind == row.kind and row.category in entry.categories
        ]
        if standing:
            named = "、".join(f"「{shorten(title)}」" for title in standing[:3])
            self._tell(row, "不明", f"「{NOTHING}」ですが、{named}の記載があります。どちらが正しいか確かめてください。")
        elif None in said or row.kind in said:
            self._tell(row, "同じ")
        else:
            self._set(row, said | {row.kind})
            self._tell(row, "該当なし", after=NOTHING)

    def _taken_back(self, row: Row) -> None:
        said = answering.nothing_of(self._inquiry, self._department, row.category)
        if None in said or row.kind in said:
            self._set(row, (_KINDS if None in said else said) - {row.kind})
            self._tell(row, "消去", f"「{NOTHING}」の印が外されています。", before=NOTHING)

    def _set(self, row: Row, kinds: frozenset[str | None]) -> None:
        rows = rows_asked(self._inquiry, self._snapshot.categories_in_use)
        self._inquiry = answering.with_nothing(self._inquiry, self._department, row.category, kinds, rows)

    def _tell(self, row: Row, outcome: Outcome, why: str = "", after: str = "", before: str = "") -> None:
        title = f"{self._snapshot.full_name('category', row.category)}・{row.kind}"
        where = row.line.said.where or row.line.where
        self.placed.append(Placed(where, outcome, self._ref, title, NOTHING, before, after, why))

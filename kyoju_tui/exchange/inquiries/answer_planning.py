"""One answer against the store as it is now: every value placed, and the changes that make one save.

Nothing outside the records of the department that was asked, and its part of the inquiry, is ever among the changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import Final, cast, get_args

from kyoju_tui.exchange.bringing import Bringing, Placed
from kyoju_tui.exchange.inquiries import answer_receipt
from kyoju_tui.exchange.inquiries.answer_entries import EntryRows
from kyoju_tui.exchange.inquiries.answer_form import Cell, Form
from kyoju_tui.exchange.inquiries.answer_lines import Outcomes
from kyoju_tui.exchange.inquiries.answer_matching import CONFIRMED
from kyoju_tui.exchange.inquiries.answer_nothing import NothingSaid
from kyoju_tui.exchange.inquiries.answer_rows import Row, Rows, kind_of, rows_of
from kyoju_tui.exchange.inquiries.answer_values import Unclear, means_nothing, shorten, tidy, word_of
from kyoju_tui.exchange.inquiries.inquiry_layout import AS_BEFORE, CHANGED, CHANGES, NOTHING, SAID
from kyoju_tui.overview.inquiry_status import latest
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.plain import Plain
from kyoju_tui.workspace.inquiring import answering
from kyoju_tui.workspace.inquiring.answering import Confirmed
from kyoju_tui.workspace.requests import Put, Remove
from kyoju_tui.workspace.workspace import Workspace

_MISSING: Final = (
    "様式にあった行が消されています。記録はそのまま残します。終わったものなら「廃止」を選んでもらってください。"
)
_NOT_AGAIN: Final = "前の版で加えられた行が、この版にはありません。記録はそのまま残します。要らないか確かめてください。"
_TWIN: Final = "同じ件名の行がほかにもあります。同じものならその行に、違うものなら別の件名で書いてもらってください。"
_NO_CHANGE: Final = f"「{CHANGED}」ですが、変わった欄がありません。書きもらしがないか確かめてください。"
_SURE: Final = 80


class Planning(EntryRows):
    """Works one whole form out. What it found is in `placed` and `changes` after `run`."""

    _nothing_to_add = False

    def run(self, confirmed: Confirmed | None) -> Bringing:
        """The whole of the file."""
        rows = rows_of(self._form, self._reader.names("category"), self._standing)
        edited = {id(row) for row in rows.entries if self._edited(row)}
        # A row that is as it went out may take back what an earlier answer had changed.
        wanted = [row for row in rows.entries if self._answered_before or id(row) in edited]
        self._look_back([row.entry for row in wanted if row.entry is not None])
        for row in rows.entries:
            ref = cast("Ref", row.entry)
            if id(row) in edited or self._turns(ref):
                self._entry(row)
            elif fold(str(row.line.said.value or "")) == fold(CHANGED):
                said = row.line.said
                self.placed.append(Placed(said.where, "不明", ref, self._snapshot.title(ref), SAID, why=_NO_CHANGE))
            else:
                self.placed.append(Placed(row.line.where, "同じ", ref, self._snapshot.title(ref)))
        self._nothing_new(rows)
        self._new(rows)
        self._left_out(rows)
        inquiry = self._answered(rows, confirmed)
        if inquiry != self._inquiry:
            self.changes.append(Put(self._ref, inquiry, self._bases[self._ref]))
        self._guard()
        return Bringing(
            self._form.file,
            self._form.sha256,
            tuple(self.placed),
            tuple(self.changes),
            subject_of(self._workspace, self._ref, self._department, self._form),
            tuple(dict.fromkeys(self.remarks)),
        )

    def _guard(self) -> None:
        """Nothing but the department's own records, and the inquiry. Errors: `RuntimeError`, a mistake in the code."""
        for change in self.changes:
            if change.ref != self._ref and (change.ref.top, change.ref.department) != ("entries", self._department):
                raise RuntimeError(f"an answer of {self._department} would change {change.ref}")

    # -- new entries -----------------------------------------------------------------------------------------------

    def _new(self, rows: Rows) -> None:
        taken = {row.entry for row in rows.entries}
        ids: set[str] = set()
        for row in rows.new:
            if row.category not in self._snapshot.categories_in_use:
                if row.line.edited:
                    self._tell(row, "不明", "このカテゴリーは、もう使われていません。")
                continue
            misplaced = self._misplaced(row)
            if misplaced and row.line.edited:
                self._tell(row, "不明", misplaced)
                continue
            more: Plain = {"source": {"inquiry": self._ref.id}}
            found = self._lines.new(row.line, row.kind, row.category, more)
            if found is None:
                continue
            known = self._brought_before(found, row, taken) if found.plain else None
            if known is not None:
                taken.add(known)
                self._again(row, known)
                continue
            if found.plain and self._called_alike(found, row, taken):
                self._tell(row, "不明", _TWIN)
                continue
            self.placed += found.placed
            if found.plain:
                self._put(found, self._fresh(found.plain, ids))
        self._not_again(taken)

    def _misplaced(self, row: Row) -> str:
        """Why a row says of itself that it belongs where nothing is; the empty text where it does not."""
        categories = self._reader.names("category")
        words = (
            (row.line.category, "カテゴリー", categories.called, categories.find),
            (row.line.kind, "種別", get_args(EntryKind), kind_of),
        )
        for cell, label, called, find in words:
            text = str(cell.value or "")
            if text.strip() and find(text) is None and (row.category, fold(text)) not in self._filled_in:
                read = word_of(text, called, label)
                return read.why if isinstance(read, Unclear) else ""
        return ""

    @cached_property
    def _filled_in(self) -> frozenset[tuple[str, str]]:
        """What the form calls the categories: one of them may have another name here by now."""
        return frozenset(
            (line.mark.category, fold(str(line.category.value or "")))
            for line in self._form.lines
            if line.mark is not None and line.mark.sort != "new"
        )

    def _called_alike(self, found: Outcomes, row: Row, taken: set[Ref | None]) -> bool:
        """Whether an entry that has a row of its own is called the same: this row is meant for it, or a copy."""
        title = fold(str(found.plain.get("title", "")))
        entries = (entry for ref, entry in self._standing.items() if ref in taken)
        return any(
            each.kind == row.kind and row.category in each.categories and fold(each.title) == title for each in entries
        )

    def _says_nothing(self, row: Row) -> bool:
        """Whether 「特になし」 stands where a new entry could."""
        title = row.line.cells.get(self._form.columns[0].number)
        filled = [cell for cell in row.line.cells.values() if cell.fault or tidy(str(cell.value or ""))]
        return title in filled and not row.line.strays and all(means_nothing(cell.value) for cell in filled)

    def _nothing_new(self, rows: Rows) -> None:
        """Take such rows for the line of their category × kind; where entries stand they only say: nothing new."""
        for row in [row for row in rows.new if self._says_nothing(row)]:
            rows.new.remove(row)
            if any(row.kind == each.kind and row.category in each.categories for each in self._standing.values()):
                self._nothing_to_add = True
                continue
            said = Cell(row.line.cells[self._form.columns[0].number].where, NOTHING)
            rows.blocks.append(Row(replace(row.line, said=said), row.category, row.kind))

    def _not_again(self, taken: set[Ref | None]) -> None:
        """Entries that an earlier answer added and this one does not have."""
        added = {ref for each in self._earlier for ref, (before, _) in each.items() if before is None}
        for ref in sorted(added & self._standing.keys() - taken):
            self.placed.append(Placed("回答", "食い違い", ref, self._snapshot.title(ref), why=_NOT_AGAIN))

    def _brought_before(self, found: Outcomes, row: Row, taken: set[Ref | None]) -> Ref | None:
        """The entry that an earlier answer, or somebody here, made of this row: called the same, or nearly so."""
        from rapidfuzz import fuzz

        title, best = fold(str(found.plain.get("title", ""))), (0.0, None)
        for ref, entry in self._standing.items():
            if ref in taken or entry.kind != row.kind:
                continue
            own = entry.source is not None and entry.source.inquiry == self._ref.id
            score = 101.0 if fold(entry.title) == title else fuzz.ratio(fold(entry.title), title) if own else 0.0
            if score >= _SURE and score > best[0]:
                best = score, ref
        return best[1]

    def _fresh(self, plain: Plain, ids: set[str]) -> Ref:
        while True:
            ref = self._workspace.new_ref(
                "entry", Entry.model_validate(plain), today=self._today, department=self._department
            )
            if ref.id not in ids:
                ids.add(ref.id)
                return ref

    # -- what was left out, and the answer itself --------------------------------------------------------------------

    def _left_out(self, rows: Rows) -> None:
        for line, why in rows.unclear:
            self.placed.append(Placed(line.where, "不明", None, shorten(line.text(self._form.columns[0])), why=why))
        for mark in rows.missing:
            ref = cast("Ref", mark.entry)
            if ref in self._standing:
                self.placed.append(Placed("回答", "不明", ref, self._snapshot.title(ref), why=_MISSING))
        present = {column for line in self._form.lines for column in line.cells}
        for column in self._form.columns:
            if column.number not in present and self._form.lines:
                self.remarks.append(f"「{column.heading}」の列が見つからないため、読んでいません。")

    def _answered(self, rows: Rows, confirmed: Confirmed | None) -> Inquiry:
        """The inquiry with what the answer says of it, and its receipt where it is an answer at all."""
        said = NothingSaid(self._workspace.snapshot, self._ref, self._inquiry, self._department, self._after())
        inquiry = said.taken(rows.blocks)
        self.placed += said.placed
        read = self._word(self._form.confirmed, CONFIRMED, "所管課の確認")
        before = self._word(self._form.as_before, (AS_BEFORE,), AS_BEFORE)
        confirmed = confirmed or cast("Confirmed | None", read)
        if not self.changes and inquiry == self._inquiry:
            last = latest(answering.target_of(self._inquiry, self._department))
            if not (confirmed or before or (self._ticked(rows) and not self.placed_out)):
                left = "取り込めるものがありません。" if self.placed_out else "様式のままで、記入や変更がありません。"
                self.remarks.append(f"{left}回答として受け付けるときは、照会の状況で受付を記録してください。")
                return self._inquiry
            if answer_receipt.said_already(last, confirmed) and not self.placed_out:
                self.remarks.append("前に取り込んだ回答と同じ内容です。何も変わりません。")
                return self._inquiry
        inquiry = answer_receipt.received(
            inquiry, self._department, self._form.file, self._form.sha256, self._on, self._today, confirmed=confirmed
        )
        return self._unchanged(inquiry) if before else inquiry

    def _ticked(self, rows: Rows) -> bool:
        """Whether 変更の有無 is chosen somewhere: 変更なし in every row is an answer too."""
        chosen = {fold(word) for word in CHANGES}
        return self._nothing_to_add or any(fold(str(row.line.said.value or "")) in chosen for row in rows.entries)

    @property
    def placed_out(self) -> bool:
        """Whether something of the file was left out."""
        return any(each.outcome in ("不明", "食い違い") for each in self.placed)

    def _after(self) -> Mapping[Ref, Entry | None]:
        """The department's entries as the changes leave them."""
        after: dict[Ref, Entry | None] = dict(self._standing)
        for change in self.changes:
            after[change.ref] = change.record if isinstance(change, Put) and isinstance(change.record, Entry) else None
        return after

    def _word(self, cell: Cell, words: Iterable[str], label: str) -> object | None:
        read = Unclear(cell.fault) if cell.fault else word_of(cell.value, tuple(words), label)
        if isinstance(read, Unclear):
            raw = "" if cell.value is None else shorten(str(cell.value))
            self.placed.append(Placed(cell.where, "不明", self._ref, self._inquiry.title, label, "", raw, read.why))
            return None
        return read.value

    def _unchanged(self, inquiry: Inquiry) -> Inquiry:
        where = self._form.as_before.where
        if any(isinstance(each, Remove) or each.ref != self._ref for each in self.changes):
            why = f"「{AS_BEFORE}」ですが、内容が変わっています。変わったところを取り込み、前回のままの印は付けません。"
            self.placed.append(Placed(where, "不明", self._ref, self._inquiry.title, AS_BEFORE, "", "", why))
            return inquiry
        try:
            changed = answering.unchanged(self._snapshot, self._ref, inquiry, [self._department], self._on, self._today)
        except InvalidValue as error:
            self.placed.append(Placed(where, "不明", self._ref, self._inquiry.title, AS_BEFORE, "", "", error.message))
            return inquiry
        self.placed.append(Placed(where, "変更", self._ref, self._inquiry.title, "前回のまま", "", "はい"))
        return changed


def subject_of(workspace: Workspace, inquiry: Ref, department: str, form: Form) -> str:
    """The save's first line: which inquiry, whose answer, which file."""
    snapshot = workspace.snapshot
    name = snapshot.full_name("department", department)
    file = f"{form.file[:60]}、照合値 {form.sha256[:12]}"
    return f"照会「{snapshot.title(inquiry)}」：{name}の回答を取り込み（{file}）"

"""The rows of an answer whose entries are there, against history and the records as they are now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, cast

from kyoju_tui.exchange.bringing import Placed
from kyoju_tui.exchange.inquiries.answer_fields import equal, held
from kyoju_tui.exchange.inquiries.answer_form import Form
from kyoju_tui.exchange.inquiries.answer_lines import Lines, Outcomes, Versions
from kyoju_tui.exchange.inquiries.answer_rows import Row, unedited
from kyoju_tui.exchange.inquiries.answer_values import CellReader, Read, Unclear, shorten, word_of
from kyoju_tui.exchange.inquiries.inquiry_layout import ADDED, CHANGES, GONE, UNCHANGED, check_of, filled
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import InvalidValue, KyojuError, StillReferred
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.workspace.inquiring import answering
from kyoju_tui.workspace.inquiring.as_sent import answers_before, records_at, turns
from kyoju_tui.workspace.requests import Base, Change, Put, Remove
from kyoju_tui.workspace.workspace import Workspace

_ENDED: Final = "終了"
_EMPTIED: Final = (
    "行の内容がすべて消されています。記録はそのまま残します。終わったものなら「廃止」を選んでもらってください。"
)


class EntryRows:
    """Works out the rows of entries. What it found is in `placed`, `changes` and `remarks`."""

    def __init__(
        self, workspace: Workspace, form: Form, inquiry: Ref, department: str, base: str, on: date, today: date
    ) -> None:
        # The bases first, the records after them: what a colleague saves in between is merged, never lost.
        refs = [ref for ref in workspace.snapshot.entries if ref.department == department]
        self._bases = {ref: workspace.base(ref) for ref in [*refs, inquiry]}
        self._workspace = workspace
        self._snapshot = workspace.snapshot
        self._form = form
        self._ref = inquiry
        self._inquiry = self._snapshot.expect(inquiry, Inquiry)
        self._department = department
        self._base = base
        self._on, self._today = on, today
        self._reader = CellReader(self._snapshot, today)
        self._lines = Lines(form.columns, self._reader, self._snapshot)
        self._standing = {ref: entry for ref, entry in self._snapshot.entries.items() if ref in self._bases}
        self._sent: Mapping[Ref, Plain | None] | None = {}
        self._earlier: list[Mapping[Ref, tuple[Plain | None, Plain | None]]] = []
        self.placed: list[Placed] = []
        self.changes: list[Change] = []
        self.remarks: list[str] = list(form.remarks)

    # -- entries that are there ------------------------------------------------------------------------------------

    def _edited(self, row: Row) -> bool:
        gone = fold(str(row.line.said.value or "")) not in ("", fold(UNCHANGED), fold(CHANGES[1]))
        return gone or bool(row.line.strays) or not unedited(row, self._form.columns)

    @property
    def _answered_before(self) -> bool:
        """Whether a file of this department was brought in before."""
        return any(each.sha256 for each in answering.target_of(self._inquiry, self._department).receipts)

    def _look_back(self, refs: list[Ref]) -> None:
        """Read what the form went out with, and what earlier answers changed since."""
        self._sent = records_at(self._workspace, self._base, refs) if refs else {}
        if self._sent is None:
            self.remarks.append("様式を出したときの記録が履歴にないため、変わっていない項目だけを照合しました。")
        if self._answered_before:
            commits = answers_before(self._workspace, self._ref, self._department, self._base)
            wanted = list(dict.fromkeys([*refs, *self._standing]))
            self._earlier = [turns(self._workspace, commit, wanted) for commit in commits]

    def _entry(self, row: Row) -> None:
        ref, line = cast("Ref", row.entry), row.line
        now = self._snapshot.by_id("entry", ref.id)
        if ref.department != self._department or (now is not None and now.department != self._department):
            whose = self._snapshot.full_name("department", (now or ref).department or "")
            self._tell(row, "不明", f"いまは{whose}の記録です。この回答からは変えません。")
            return
        entry = None if now is None else self._standing.get(now)
        if (now is None or entry is None) and self._gone_already(row, ref):
            self.placed.append(Placed(line.where, "同じ", None, shorten(line.text(self._form.columns[0]))))
            return
        if now is None or entry is None:
            known = (self._sent or {}).get(ref) is not None
            why = "様式を出したあとに、ここで削除されています。" if known else "もとの記録が見つかりません。"
            if known and self._turns(ref):
                why = "前の版の回答で「廃止」とされ、削除されています。残すものなら、削除した記録から戻してください。"
            self._tell(row, "食い違い" if known else "不明", why)
            return
        ours = to_plain(entry)
        versions = Versions(self._version(row, now, entry), ours, self._turns(now))
        if not line.edited and not self._ends(row):
            self._tell(row, "不明", _EMPTIED)
            return
        if line.edited:
            found = self._lines.entry(line, now, row.category, versions)
        else:
            found = Outcomes(entry.title, now, dict(ours))
        self._moved_row(row, found)
        self._said(row, found, versions, now)
        self.placed += found.placed or [Placed(line.where, "同じ", now, entry.title)]
        if found.plain and found.plain != ours:
            self._put(found, now)

    def _version(self, row: Row, ref: Ref, entry: Entry) -> Plain | None:
        """The record as the form was filled in with; what it is now where the check value says that it is the same."""
        sent = (self._sent or {}).get(cast("Ref", row.entry))
        if sent is not None:
            return sent
        texts = (filled(column, entry, row.category, self._snapshot) for column in self._form.columns)
        return to_plain(self._snapshot.expect(ref, Entry)) if check_of(texts) == row.check else None

    def _turns(self, ref: Ref) -> tuple[tuple[Plain | None, Plain | None], ...]:
        return tuple(each[ref] for each in self._earlier if ref in each and each[ref][0] != each[ref][1])

    def _ends(self, row: Row) -> bool:
        read = word_of(row.line.said.value, (*CHANGES, ADDED, _ENDED), "変更の有無")
        return isinstance(read, Read) and read.value in (GONE, _ENDED)

    def _gone_already(self, row: Row, ref: Ref) -> bool:
        """Whether an earlier answer took the record away, and this one says so too."""
        turn = self._turns(ref)
        return bool(turn) and turn[-1][1] is None and self._ends(row)

    def _moved_row(self, row: Row, found: Outcomes) -> None:
        """What somebody wrote over the category and the kind, which the form does not let be changed."""
        for cell, label, meant in (
            (row.line.category, "カテゴリー", self._snapshot.full_name("category", row.category)),
            (row.line.kind, "種別", row.kind),
        ):
            if isinstance(cell.value, str) and cell.value.strip() and fold(cell.value) != fold(meant):
                short = self._reader.names("category").find(cell.value) == row.category
                if not short:
                    why = f"様式の「{label}」は変えられません。変えるときは画面で直してください。"
                    found.tell(cell.where, "不明", label, meant, shorten(cell.value), why)

    def _said(self, row: Row, found: Outcomes, versions: Versions, ref: Ref) -> None:
        """変更の有無: an end is taken, a remark where it does not fit what was written."""
        cell = row.line.said
        if cell.fault:
            found.tell(cell.where, "不明", "変更の有無", "", "", cell.fault)
            return
        read = word_of(cell.value, (*CHANGES, ADDED, _ENDED), "変更の有無")
        if isinstance(read, Unclear):
            found.tell(cell.where, "不明", "変更の有無", "", shorten(str(cell.value)), read.why)
        elif read.value in (GONE, _ENDED):
            self._ended(row, found, versions, ref)
        elif read.value == UNCHANGED and any(each.outcome in ("追加", "変更", "消去") for each in found.placed):
            self.remarks.append(
                f"{cell.where}は「{UNCHANGED}」ですが、内容が変わっているので、変わったところを取り込みます。"
            )

    def _ended(self, row: Row, found: Outcomes, versions: Versions, ref: Ref) -> None:
        where, ours = row.line.said.where, versions.ours
        if ours.get("kind") == "取組":
            if ours.get("status") == _ENDED:
                return
            base = (versions.base or {}).get("status", ours.get("status"))
            if base != ours.get("status"):
                why = "様式を出したあとに、ここで状況が変わっています。終わったものか確かめてください。"
                found.tell(where, "食い違い", "状況", str(ours.get("status") or ""), _ENDED, why)
                return
            found.placed = [each for each in found.placed if each.label != "状況"]
            found.plain = found.plain | {"status": _ENDED}
            found.tell(
                where, "変更", "状況", str(ours.get("status") or ""), _ENDED, f"「{GONE}」なので、終了にします。"
            )
            return
        if versions.base is None or any(
            not equal(held(column, versions.base, row.category), held(column, ours, row.category))
            for column in self._form.columns
        ):
            why = f"「{GONE}」ですが、様式を出したあとにここで変わっています。無くしてよいか確かめてください。"
            found.tell(where, "食い違い", "", found.title, GONE, why)
            return
        try:
            remove = self._workspace.require_removable(ref)
        except StillReferred as error:
            found.tell(where, "不明", "", found.title, GONE, f"「{GONE}」ですが、{error.message}")
            return
        found.placed = []
        found.plain = {}
        found.tell(
            where,
            "消去",
            "記録",
            found.title,
            "",
            f"「{GONE}」なので、この{ours.get('kind')}を削除します（履歴に残ります）。",
        )
        self.changes.append(Remove(ref, self._bases.get(ref, remove.base)))

    def _again(self, row: Row, ref: Ref) -> None:
        """A row that is an entry already: against what the earlier answer made of it."""
        entry = self._standing[ref]
        turn = self._turns(ref)
        base = turn[-1][1] if turn else None
        category = row.category if row.category in entry.categories else entry.categories[0]
        found = self._lines.entry(row.line, ref, category, Versions(base, to_plain(entry)))
        self.placed += found.placed or [Placed(row.line.where, "同じ", ref, entry.title)]
        if found.plain and found.plain != to_plain(entry):
            self._put(found, ref)

    def _put(self, found: Outcomes, ref: Ref) -> None:
        """The record among the changes, unless the rest of the store speaks against it."""
        record = Entry.model_validate(found.plain)
        put = Put(ref, record, self._bases.get(ref) or Base(ref, None))
        try:
            self._workspace.preview([put], "import")
        except InvalidValue as error:
            self._refused(found, error)
        else:
            self.changes.append(put)

    def _refused(self, found: Outcomes, error: KyojuError) -> None:
        told = {id(each) for each in found.placed}
        self.placed = [
            Placed(each.where, "不明", each.ref, each.title, each.label, each.before, each.after, error.message)
            if id(each) in told and each.outcome in ("追加", "変更", "消去")
            else each
            for each in self.placed
        ]

    def _tell(self, row: Row, outcome: str, why: str) -> None:
        """All of a row at once."""
        title = row.line.text(self._form.columns[0])
        name = self._snapshot.title(row.entry) if row.entry is not None and row.entry in self._snapshot else title
        placed = Placed(
            row.line.where, "食い違い" if outcome == "食い違い" else "不明", row.entry, shorten(name), why=why
        )
        self.placed.append(placed)

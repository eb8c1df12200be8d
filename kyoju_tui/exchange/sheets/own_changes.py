"""What the edits of an 一覧表 that comes back make of the records: gathered one by one, and told place by place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from pydantic import ValidationError

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.bringing import Outcome, Placed
from kyoju_tui.exchange.sheets.found import Origin
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.explain import faults
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref, new_id
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.matching import same
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.wording import shown
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.workspace import Workspace

_ONCE: Final = "ここでは別の内容になっています。書き出したあとにここで変わったか、前の内容に戻したものです。"


class Changes:
    """The edits of one file against the records of one moment."""

    def __init__(self, workspace: Workspace, book: Book, today: date) -> None:
        # Taken before the records: what is saved in between is merged.
        self._bases = {ref: workspace.base(ref) for ref in workspace.snapshot.entries}
        self._workspace = workspace
        self.snapshot = workspace.snapshot
        self.book = book
        self.today = today
        self.placed: list[Placed] = []
        self.puts: dict[Ref, Put] = {}
        self._new: dict[tuple[str, str], Ref] = {}
        self._ids = set(self.snapshot.taken_ids("entry"))

    def past(self, ref: Ref) -> Iterator[Plain]:
        """What a record was before."""
        if self._workspace.has_past:
            yield from (plain for _, plain in self._workspace.past.states(ref)[1:] if plain is not None)

    def edit(self, where: str, ref: Ref, name: str, value: object | None, text: str) -> None:
        """A field is another one now; what the record once said is no edit but an old file."""
        entry, about = self.snapshot.entries[ref], field_map(Entry)[name]
        before = getattr(entry, name)
        now = shown(before, about, self.snapshot.full_name) if before is not None else ""
        outcome: Outcome = "変更" if value is not None else "消去"
        why = ""
        # The same record may stand in several cells: what was edited in one of them counts.
        standing = self.puts[ref].record if ref in self.puts else entry
        if any(same(plain.get(name), value) for plain in self.past(ref)):
            outcome, why = "食い違い", _ONCE
        else:
            try:
                self.puts[ref] = Put(ref, standing.but(**{name: value}), self._bases[ref])
            except ValidationError as error:
                outcome, why = "不明", "".join(fault.message for fault in faults(error, Entry))
        self.placed.append(Placed(where, outcome, ref, entry.title, about.label, now, text, why))

    def add(self, where: str, department: str, plain: Plain, label: str, text: str, why: str = "") -> None:
        """A new entry, if what is said of it makes one."""
        source = {"document": str(Origin(shown_name(self.book.file), *where.rsplit("!", 1)))}
        try:
            entry = Entry.model_validate({**plain, "source": source})
        except ValidationError as error:
            told = "".join(dict.fromkeys(fault.message for fault in faults(error, Entry)))
            self.unknown(where, text, told, str(plain.get("title") or ""))
            return
        record_id = new_id(self.today, self._ids)
        self._ids.add(record_id)
        ref = KINDS["entry"].ref(record_id, department)
        self.puts[ref] = Put(ref, entry, Base(ref, None))
        self._new[department, fold(entry.title)] = ref
        self.placed.append(Placed(where, "追加", ref, entry.title, label, after=text, why=why))

    def added(self, department: str, title: str) -> Ref | None:
        """The entry of this title that another sheet of the file adds to a department already."""
        return self._new.get((department, fold(title)))

    def standing(self, where: str, ref: Ref, label: str, text: str) -> None:
        """What stands there is what the record says."""
        title = self.snapshot.entries[ref].title if ref in self.snapshot.entries else text
        self.placed.append(Placed(where, "同じ", ref, title, label, after=text))

    def unknown(
        self, where: str, text: str, why: str, title: str = "", ref: Ref | None = None, label: str = ""
    ) -> None:
        """Something that cannot be taken, and why."""
        self.placed.append(Placed(where, "不明", ref, title, label, after=text, why=why))

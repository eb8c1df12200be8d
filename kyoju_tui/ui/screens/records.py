"""One list for a kind of record: 会議, 地域, 部署, カテゴリー. The columns come from the model."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from typing import Final

from rich.cells import cell_len

from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.description import Described, fields_of
from kyoju_tui.records.entering import show
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_named
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.search_texts import SearchTexts
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.workspace.requests import Put

_EMPTY: Final = {
    "meeting": "事前説明、意見交換、連携会議などがここに並びます。\n\nF4 で会議を記録します。意見もその中に書きます。",
    "area": "候補・モデル・対象となる地域がここに並びます。\n\nF4 で地域を記録します。",
    "department": "一覧表の列になる部署がここに並びます。庁外の構成員も加えられます。\n\nF4 で部署を加えます。",
    "category": "一覧表の行になるカテゴリーがここに並びます。\n\nF4 でカテゴリーを加えます。",
}
# Where others refer to them, these are closed by a date or a mark, so that the history keeps its names.
_CLOSED: Final = {"department": "廃止日", "category": "廃止"}
_ORDERED: Final = frozenset(("department", "category"))
_STEP: Final = 10
_NARROWEST, _WIDEST, _FIRST = 6, 30, 20


class RecordsScreen(ListScreen):
    """All records of a kind, in their order."""

    COMMANDS = (
        "open", "edit", "new", "search", "remove", "records.up", "records.down", "reload", "back",
    )  # fmt: skip

    def __init__(self, kind: str) -> None:
        super().__init__()
        self.kind = kind_named(kind)
        self.title_ja = self.kind.label
        self._fields = tuple(field for field in fields_of(self.kind.model) if field.column)
        self._texts = SearchTexts(self._words)

    @property
    def empty_text(self) -> str:
        """What belongs here, and how to begin."""
        return _EMPTY.get(self.kind.word, "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only departments and categories stand in an order of their own."""
        if action in ("up", "down"):
            return self.kind.word in _ORDERED
        return super().check_action(action, parameters)

    def columns(self) -> Sequence[Column]:
        """Each as wide as its fullest cell, the first as wide as the others leave; all of them are in sight."""
        rows = [self._cells(record) for record in self._records().values()]
        widths = [
            min(_WIDEST, max(_NARROWEST, cell_len(field.label), *(cell_len(row[number]) for row in rows)) + 2)
            if rows
            else cell_len(field.label) + 2
            for number, field in enumerate(self._fields)
        ]
        widths[0] = max(_FIRST, min(self.room - sum(widths[1:]), 50))
        while sum(widths) > self.room and max(widths) > _NARROWEST:
            widths[widths.index(max(widths))] -= 1
        return tuple(column(field.name, field.label, width) for field, width in zip(self._fields, widths, strict=True))

    def keys(self) -> Iterable[str]:
        """By their order; meetings the newest first."""
        if self.kind.word == "department":
            return [f"departments/{key}" for key in self.snapshot.departments]
        if self.kind.word == "category":
            return [f"categories/{key}" for key in self.snapshot.categories]
        found = self._records()
        if self.kind.word == "meeting":

            def day(ref: Ref) -> tuple[date, str]:
                return _day(found[ref]), ref

            return sorted(found, key=day, reverse=True)
        return sorted(found)

    def row(self, key: str) -> Row:
        """The columns of the model in words."""
        return Row(key, tuple(Marked.of((text, "")) for text in self._cells(self._records()[Ref(key)])))

    def search_text(self, key: str) -> SearchText:
        """Found by everything that a column shows, and by the reading."""
        return self._texts.of(Ref(key), self._records()[Ref(key)])

    def nothing_yet(self) -> bool:
        """Whether there is none of this kind."""
        return not self._records()

    def _records(self) -> Mapping[Ref, Record]:
        return self.snapshot.all(self.kind.model)

    def _cells(self, record: Record) -> tuple[str, ...]:
        return tuple(self._word(field, getattr(record, field.attribute)) for field in self._fields)

    def _word(self, field: Described, value: object) -> str:
        if value is None or value is False:
            return ""
        if isinstance(value, Part):
            # A table shows what it marks as a column itself: the level of 意欲 and 優先度.
            inner = (each for each in fields_of(type(value)) if each.column)
            return "・".join(self._word(each, getattr(value, each.attribute)) for each in inner)
        shown = show(field, value, self.snapshot.name)
        # Figures stand under each other by their ends.
        return shown.rjust(_NARROWEST) if isinstance(value, int) else shown

    def _words(self, ref: Ref, record: Record) -> tuple[str, ...]:
        return (*self._cells(record), str(getattr(record, "reading", None) or ""), record.note or "", ref.id)

    # -- acting --------------------------------------------------------------------------------------------------

    def action_new(self) -> None:
        """An empty form; what has an order goes to the end of it."""
        if self.kind.word in _ORDERED:
            orders = [getattr(record, "order", None) or 0 for record in self._records().values()]
            self.add(self.kind.word, preset={"order": max(orders, default=0) + _STEP})
        else:
            self.add(self.kind.word)

    def action_remove(self) -> None:
        """Delete, after asking; departments and categories that are in use are closed instead."""
        ref = Ref(self.key_here)
        if ref and self.kind.word in _CLOSED and self.snapshot.referrers.get(ref):
            self.kyoju.notify(
                f"「{self.snapshot.title(ref)}」は、ほかの記録から使われているため削除できません。"
                f"開いて「{_CLOSED[self.kind.word]}」を入れると、記録を残したまま一覧表から外せます。",
                timeout=10,
            )
        else:
            self.remove_record(ref)

    def action_up(self) -> None:
        """One place up."""
        self._shift(-1)

    def action_down(self) -> None:
        """One place down."""
        self._shift(1)

    def _shift(self, step: int) -> None:
        """Exchange two neighbours and number all anew, as one save."""
        refs = [Ref(key) for key in self.keys()]
        here = Ref(self.key_here)
        if here not in refs or not 0 <= refs.index(here) + step < len(refs):
            return
        at = refs.index(here)
        refs[at], refs[at + step] = refs[at + step], refs[at]
        bases = {ref: self.workspace.base(ref) for ref in refs}
        records = self._records()
        puts = [
            Put(ref, records[ref].but(order=number), bases[ref])
            for number, ref in zip(count(_STEP, _STEP), refs, strict=False)
            if getattr(records[ref], "order", None) != number
        ]
        subject = f"{self.kind.label}の並び順を変更"
        self.kyoju.save(lambda: self.workspace.batch(puts, action="update", subject=subject))


def _day(record: Record) -> date:
    held = getattr(record, "held_on", None)
    return held if isinstance(held, date) else date.min

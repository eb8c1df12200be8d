"""The second sheet of our own 一覧表: an entry a row with its REF out of sight, so that every field can be edited.

A row without a REF is a new entry of the department that it names; so is a copied row that was written over.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from kyoju_tui.exchange.books.values import Sheet
from kyoju_tui.exchange.inquiries.answer_values import CellReader
from kyoju_tui.exchange.sheets.field_values import FieldReader
from kyoju_tui.exchange.sheets.grid import Grid
from kyoju_tui.exchange.sheets.names import Decisions, Names
from kyoju_tui.exchange.sheets.own_changes import Changes
from kyoju_tui.exchange.sheets.pointing import pointing
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.plain import Plain

ROWS: Final = "取組・課題・データ"
"""The sheet's name."""

_REF: Final = "REF"
_SEARCHED: Final = 20
_DEPARTMENT: Final = "部署"
_CATEGORIES: Final = "カテゴリー"
_COMMON: Final = "共通"
_SEPARATORS: Final = re.compile(r"[、，,;；\n]+")
_FIELDS: Final = (
    "title",
    "status",
    "outline",
    "summary",
    "difficulties",
    "direction",
    "target_group",
    "as_of",
    "confirmed",
)
_GONE: Final = "この行の記録は、ここにはありません。削除されたか、別の保管場所から書き出した表です。"
_MOVE: Final = "部署は、記録の画面で移してください。"
_KIND: Final = "種別は、記録の画面で変えてください。"


class OwnRows:
    """Reads that sheet, wherever its rows and columns were moved to."""

    def __init__(self, changes: Changes, sheet: Sheet) -> None:
        self._changes = changes
        self._grid = Grid.of(sheet)
        self._snapshot = changes.snapshot
        self._names = Names(changes.snapshot, changes.today, Decisions())
        self._fields = FieldReader(CellReader(changes.snapshot, changes.today), changes.today)
        self._titled: dict[tuple[str | None, str, str], list[Ref]] = defaultdict(list)
        for ref, entry in self._snapshot.entries.items():
            self._titled[ref.department, entry.kind, fold(entry.title)].append(ref)
        self._top, self._refs = _head(self._grid)
        heads = {self._grid.text(self._top, number).strip(): number for number in range(self._grid.width)}
        self._columns = heads if self._top >= 0 else {}
        labels = {name: field_map(Entry)[name].label for name in _FIELDS}
        self._fielded = {name: self._columns[label] for name, label in labels.items() if label in self._columns}

    def read(self) -> None:
        """Take every row; without a head there is nothing to read."""
        if self._top < 0:
            return
        rows = [row for row in range(self._top + 1, self._grid.height) if self._said(row)]
        owners = self._owners(rows)
        for row in rows:
            ref, text = owners.get(row), self._grid.text(row, self._refs).strip()
            if ref is not None:
                self._edited(row, ref, self._fielded)
            elif text and self._snapshot.by_id("entry", Ref(text).id) is None:
                self._changes.unknown(self._where(row), self._line(row), _GONE)
            else:
                self._new(row)

    def _said(self, row: int) -> bool:
        return any(column != self._refs for column in self._grid.filled(row))

    def _where(self, row: int) -> str:
        return self._grid.where(row, next(each for each in self._grid.filled(row) if each != self._refs))

    def _line(self, row: int) -> str:
        return "　".join(self._grid.text(row, each) for each in self._grid.filled(row) if each != self._refs)

    def _cell(self, row: int, label: str) -> str:
        number = self._columns.get(label)
        return "" if number is None else self._grid.shared(row, number).strip()

    def _owners(self, rows: Sequence[int]) -> Mapping[int, Ref]:
        """By row the record that it is about: of rows with the same REF, the one that kept the title, or the first."""
        told: dict[Ref, list[int]] = defaultdict(list)
        for row in rows:
            text = self._grid.text(row, self._refs).strip()
            ref = self._snapshot.by_id("entry", Ref(text).id) if text else None
            if ref is not None:
                told[ref].append(row)
        owners: dict[int, Ref] = {}
        for ref, several in told.items():
            title = fold(self._snapshot.entries[ref].title)
            kept = [row for row in several if fold(self._cell(row, field_map(Entry)["title"].label)) == title]
            owners[(kept or several)[0]] = ref
        return owners

    def _edited(self, row: int, ref: Ref, columns: Mapping[str, int]) -> None:
        """A row of a record: those of these fields that differ."""
        entry = self._snapshot.entries[ref]
        for name, number in columns.items():
            taken = self._fields.read(name, self._grid.value(row, number))
            text, where = self._grid.text(row, number), self._grid.where(row, number)
            if taken.unread:
                self._changes.unknown(where, text, taken.unread, entry.title, ref, field_map(Entry)[name].label)
            elif _differs(getattr(entry, name), taken.fields.get(name)):
                self._changes.edit(where, ref, name, taken.fields.get(name), text)
        self._keyed(row, ref, entry)

    def _keyed(self, row: int, ref: Ref, entry: Entry) -> None:
        """What says whose a row is: its categories can be others; its department and kind not in a table."""
        written = self._cell(row, _CATEGORIES)
        if _CATEGORIES in self._columns and written:
            where = self._grid.where(row, self._columns[_CATEGORIES])
            categories, unknown = self._categories(written)
            if unknown:
                # A category that is no longer in use may stand there as it did.
                if fold(written) != fold("、".join(self._snapshot.full_name("category", c) for c in entry.categories)):
                    self._changes.unknown(where, written, unknown, entry.title, ref, _CATEGORIES)
            elif set(categories) != set(self._in_use(entry.categories)):
                self._changes.edit(where, ref, "categories", categories, written)
        written = self._cell(row, _DEPARTMENT)
        if written and self._department(written) != ref.department:
            where = self._grid.where(row, self._columns[_DEPARTMENT])
            if fold(written) != fold(self._snapshot.full_name("department", ref.department or COMMON)):
                self._changes.unknown(where, written, _MOVE, entry.title, ref, _DEPARTMENT)
        kind = field_map(Entry)["kind"].label
        written = self._cell(row, kind)
        if written and fold(written) != fold(entry.kind):
            where = self._grid.where(row, self._columns[kind])
            self._changes.unknown(where, written, _KIND, entry.title, ref, kind)

    def _in_use(self, categories: Sequence[str]) -> Iterator[str]:
        for each in categories:
            yield self._names.find("category", self._snapshot.full_name("category", each)) or each

    def _department(self, written: str) -> str | None:
        return COMMON if fold(written) == fold(_COMMON) else self._names.department(written).id

    def _categories(self, written: str) -> tuple[list[str], str]:
        """The categories that a cell names, and why they are not understood."""
        whole = self._names.find("category", written)
        if whole:
            return [whole], ""
        found: dict[str, None] = {}
        for part in filter(None, (each.strip() for each in _SEPARATORS.split(written))):
            category = self._names.find("category", part)
            if not category:
                return [], f"「{part[:60]}」というカテゴリーはありません。"
            found[category] = None
        return list(found), ""

    def _new(self, row: int) -> None:
        """A row that somebody added: an entry, where it says whose it is and what for."""
        where, line = self._where(row), self._line(row)
        values: Plain = {}
        notes: list[str] = []
        for name, number in self._fielded.items():
            if pointing(self._grid.text(row, number)) is not None:
                taken = None
            else:
                taken = self._fields.read(name, self._grid.value(row, number))
            if taken is None or taken.unread:
                why = taken.unread if taken is not None else "ほかの欄を指す書き方は、この表では使えません。"
                label = field_map(Entry)[name].label
                self._changes.unknown(self._grid.where(row, number), self._grid.text(row, number), why, label=label)
            else:
                values |= {key: value for key, value in taken.fields.items() if value is not None}
                notes += [taken.why] if taken.why else []
        title = str(values.get("title") or "")
        department = self._department(self._cell(row, _DEPARTMENT)) if self._cell(row, _DEPARTMENT) else None
        categories, unknown = self._categories(self._cell(row, _CATEGORIES))
        whys = [] if title else ["件名がありません。"]
        whys += [] if department else [self._nobody(_DEPARTMENT, self._cell(row, _DEPARTMENT))]
        whys += [] if categories else [unknown or self._nobody(_CATEGORIES, "")]
        if whys or not department:
            self._changes.unknown(where, line, "".join(whys), title)
            return
        kind = self._cell(row, field_map(Entry)["kind"].label)
        if not kind:
            kind = "取組"
            notes.append("種別がないため、取組として読みました。")
        if kind == "取組" and "status" not in values:
            values["status"] = "取組中"
            notes.append("状況がないため、取組中としました。")
        there = self._there(department, kind, title, categories)
        if there is not None:
            # What such a row leaves open was never emptied.
            filled = {name: number for name, number in self._fielded.items() if self._grid.text(row, number).strip()}
            self._edited(row, there, filled)
            self._changes.standing(where, there, kind, title)
            return
        if self._changes.added(department, title) is not None:
            self._changes.unknown(where, line, "同じ件名の行が、この表にもう1つあります。", title)
            return
        label = f"{values.get('status') or kind}（{self._names.title('department', department)}）"
        self._changes.add(
            where, department, {**values, "kind": kind, "categories": categories}, label, title, "".join(notes)
        )

    @staticmethod
    def _nobody(label: str, written: str) -> str:
        return f"「{written[:60]}」という{label}はありません。" if written else f"{label}が書かれていません。"

    def _there(self, department: str, kind: str, title: str, categories: Sequence[str]) -> Ref | None:
        """The record that the same row brought in before, or that somebody made meanwhile."""
        for ref in self._titled.get((department, kind, fold(title)), ()):
            if set(categories) & set(self._snapshot.entries[ref].categories):
                return ref
        return None


def _head(grid: Grid) -> tuple[int, int]:
    for row in range(min(grid.height, _SEARCHED)):
        for column in range(grid.width):
            if grid.text(row, column).strip() == _REF:
                return row, column
    return -1, -1


def _differs(before: object, after: object | None) -> bool:
    """Whether a cell says something else; a spreadsheet trims and breaks lines as it likes."""
    if isinstance(before, str) and isinstance(after, str):
        return before.split() != after.split()
    return (before or None) != (after or None)

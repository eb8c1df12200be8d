"""The rows of an answer against the records as they are now: what each cell changes, what is left out and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from pydantic import ValidationError

from kyoju_tui.exchange.bringing import Outcome, Placed
from kyoju_tui.exchange.inquiries.answer_fields import equal, held, told, with_value
from kyoju_tui.exchange.inquiries.answer_form import Cell, Line
from kyoju_tui.exchange.inquiries.answer_values import CellReader, Read, Unclear, shorten
from kyoju_tui.exchange.inquiries.inquiry_layout import Column
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.explain import faults
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.snapshot import Snapshot

_CULPRITS: Final = {
    "status_missing": "status",
    "status_refused": "status",
    "data_kind_refused": "data_kind",
    "period": "until",
}
_NOT_OF_KIND: Final = "「{kind}」にはない項目です。書かれた内容は取り込みません。"
_BACK: Final = "前の版で変わった項目が、この版では様式を出したときのままです。どちらが正しいか確かめてください。"
_OUTSIDE: Final = "様式にない欄に書かれているため、どの項目か分かりません。"


@dataclass(frozen=True, slots=True)
class Versions:
    """One record for the merge: as the form was filled in (None: not known), now, and as earlier answers changed it.

    `turns` are its states before and after each earlier answer of this department, the oldest first.
    """

    base: Plain | None
    ours: Plain
    turns: tuple[tuple[Plain | None, Plain | None], ...] = ()


@dataclass(slots=True)
class Outcomes:
    """What became of one row: the record as it is then to be, and every value told."""

    title: str
    ref: Ref | None
    plain: Plain
    placed: list[Placed] = field(default_factory=list[Placed])

    def tell(
        self, where: str, outcome: Outcome, label: str = "", before: str = "", after: str = "", why: str = ""
    ) -> None:
        """Tell one value."""
        self.placed.append(Placed(where, outcome, self.ref, self.title, label, before, after, why))


class Lines:
    """Works out rows of one form. Pure: what it knows of the store is the Snapshot it was given."""

    def __init__(self, columns: tuple[Column, ...], reader: CellReader, snapshot: Snapshot) -> None:
        self._columns = columns
        self._reader = reader
        self._name = snapshot.full_name

    def entry(self, line: Line, ref: Ref, category: str, versions: Versions) -> Outcomes:
        """A row of a record that is there: merged field by field, only what the form changed."""
        ours = versions.ours
        found = Outcomes(str(ours.get("title", "")), ref, dict(ours))
        kind = str((versions.base or ours).get("kind"))
        theirs = self._read(line, kind, found)
        for column in self._columns:
            if column.number in theirs:
                self._field(column, theirs[column.number], line, category, versions, found)
        self._strays(line, found)
        found.plain = self._valid(found, dict(ours), line, category)
        return found

    def new(self, line: Line, kind: str, category: str, more: Plain) -> Outcomes | None:
        """A row without a record: a new entry, or None for plain where it cannot be one; None for an empty row."""
        found = Outcomes("", None, {})
        theirs = self._read(line, kind, found)
        values = {column: theirs[column.number].value for column in self._columns if column.number in theirs}
        if not found.placed and not line.strays and all(value is None for value in values.values()):
            return None
        plain: Plain = {"kind": kind, "categories": [category], **more}
        for column, value in values.items():
            if value is not None:
                plain = with_value(plain, column, category, value)
        found.title = str(plain.get("title") or "（件名なし）")
        found.placed = [_titled(each, found.title) for each in found.placed]
        self._strays(line, found)
        lacking = "件名がないため、新しい記録にできません。" if not plain.get("title") else ""
        if kind == "取組" and "status" not in plain:
            lacking = lacking or "取組には状況（必要・検討中・取組中・終了）が要ります。状況を選んでもらってください。"
        if lacking:
            self._whole(line, values, found, lacking)
            return found
        for column, value in values.items():
            if value is not None:
                where, note = line.cells[column.number].where, theirs[column.number].note
                found.tell(where, "追加", column.field.label, "", self._told(column, value), note)
        found.plain = plain
        found.plain = self._valid(found, {}, line, category)
        return found

    # -- one cell --------------------------------------------------------------------------------------------------

    def _read(self, line: Line, kind: str, found: Outcomes) -> dict[int, Read]:
        """What the cells mean, by the column's number, without those that could not be read: these are told."""
        theirs: dict[int, Read] = {}
        for column in self._columns:
            cell = line.cells.get(column.number)
            if cell is None:
                continue
            label = column.heading if column.year is not None else column.field.label
            if kind not in column.kinds:
                if _said(cell):
                    found.tell(cell.where, "不明", label, "", _raw(cell), _NOT_OF_KIND.format(kind=kind))
                continue
            if cell.fault:
                found.tell(cell.where, "不明", label, "", "", cell.fault)
                continue
            read = self._reader.read_column(column, cell.value)
            if isinstance(read, Unclear):
                found.tell(cell.where, "不明", label, "", _raw(cell), read.why)
                continue
            theirs[column.number] = read
        return theirs

    def _field(
        self, column: Column, read: Read, line: Line, category: str, versions: Versions, found: Outcomes
    ) -> None:
        """One field that the form has, merged into `found.plain`."""
        value = read.value
        where, label = line.cells[column.number].where, self._label(column)
        ours = versions.ours
        now = held(column, ours, category)
        sent = None if versions.base is None else held(column, versions.base, category)
        if versions.base is not None and equal(value, sent):
            earlier = _last_change(column, category, versions.turns)
            if earlier is not None and not equal(earlier[1], value) and equal(earlier[1], now):
                why = _BACK
                found.tell(where, "食い違い", label, self._told(column, now), self._told(column, value), why)
            return
        if equal(value, now):
            return
        if versions.base is None:
            why = "様式を出したときの内容が残っていないため、どちらが新しいか決められません。"
            found.tell(where, "食い違い", label, self._told(column, now), self._told(column, value), why)
            return
        base = versions.base
        earlier = _last_change(column, category, versions.turns)
        if earlier is not None:
            base = with_value(base, column, category, earlier[1])
            if equal(value, earlier[1]):
                return
        if column.name == "title" and value is None:
            found.tell(
                where, "不明", label, self._told(column, now), "", "件名は空にできません。件名はそのままにします。"
            )
            return
        # Every other field is as it is now: only this one has three versions.
        merged = merge(
            with_value(dict(ours), column, category, held(column, base, category)),
            ours,
            with_value(dict(ours), column, category, value),
            Entry,
            name=self._name,
        )
        if isinstance(merged, Conflicts):
            why = (
                f"様式を出したときは「{shorten(self._told(column, held(column, base, category))) or '（空）'}」でした。"
            )
            why += "そのあと、こちらでも変わっています。取り込まないので、どちらにするか決めて画面で直してください。"
            found.tell(where, "食い違い", label, self._told(column, now), self._told(column, value), why)
            return
        result = held(column, merged.plain or {}, category)
        found.plain = with_value(found.plain, column, category, result)
        outcome: Outcome = "追加" if now is None else "消去" if result is None else "変更"
        both = read.note if equal(result, value) else "様式を出したあとの変更と合わせました。"
        found.tell(where, outcome, label, self._told(column, now), self._told(column, result), both)

    def _label(self, column: Column) -> str:
        return column.heading if column.year is not None else column.field.label

    def _told(self, column: Column, value: object | None) -> str:
        return told(column, value, self._name)

    # -- the row as a whole ------------------------------------------------------------------------------------------

    def _strays(self, line: Line, found: Outcomes) -> None:
        for cell in line.strays:
            if _said(cell):
                found.tell(cell.where, "不明", "", "", _raw(cell), cell.fault or _OUTSIDE)

    def _whole(self, line: Line, values: Mapping[Column, object | None], found: Outcomes, why: str) -> None:
        """No record can be made of the row: everything in it is told."""
        for column, value in values.items():
            if value is not None:
                found.tell(
                    line.cells[column.number].where, "不明", self._label(column), "", self._told(column, value), why
                )
        if not found.placed:
            found.tell(line.where, "不明", "", "", "", why)

    def _valid(self, found: Outcomes, ours: Plain, line: Line, category: str) -> Plain:
        """The record with what the model takes; what it refuses is put back and told as unclear."""
        plain = found.plain
        for _ in range(len(self._columns) + 1):
            try:
                Entry.model_validate(plain)
            except ValidationError as error:
                wrong = _culprits(error)
            else:
                return plain
            changed = [column for column in self._columns if column.name in wrong] or list(self._columns)
            for column in changed:
                plain = (
                    with_value(plain, column, category, held(column, ours, category))
                    if ours
                    else _without(plain, column)
                )
                where = line.cells[column.number].where if column.number in line.cells else line.where
                self._turn(found, where, wrong.get(column.name) or next(iter(wrong.values())))
            if len(changed) == len(self._columns):
                return dict(ours)
        return dict(ours)

    def _turn(self, found: Outcomes, where: str, why: str) -> None:
        """What was told as taken is told as unclear."""
        found.placed = [
            Placed(each.where, "不明", each.ref, each.title, each.label, each.before, each.after, why)
            if each.where == where and each.outcome in ("追加", "変更", "消去")
            else each
            for each in found.placed
        ]


def _last_change(
    column: Column, category: str, turns: tuple[tuple[Plain | None, Plain | None], ...]
) -> tuple[object | None, object | None] | None:
    """What an earlier answer changed a field from and to; None where none did."""
    for before, after in reversed(turns):
        if after is None:
            continue
        old = None if before is None else held(column, before, category)
        new = held(column, after, category)
        if not equal(old, new):
            return old, new
    return None


def _culprits(error: ValidationError) -> dict[str, str]:
    """The fields that a record cannot have as they are, with why; the empty name stands for the record as a whole."""
    return {
        _CULPRITS.get(fault.kind, str(fault.place[0]) if fault.place else ""): fault.message
        for fault in faults(error, Entry)
    }


def _without(plain: Plain, column: Column) -> Plain:
    return {name: value for name, value in plain.items() if name != column.name or column.name == "categories"}


def _said(cell: Cell) -> bool:
    return bool(cell.fault) or (cell.value is not None and bool(str(cell.value).strip()))


def _raw(cell: Cell) -> str:
    return "" if cell.value is None else shorten(str(cell.value))


def _titled(placed: Placed, title: str) -> Placed:
    return Placed(
        placed.where, placed.outcome, placed.ref, title, placed.label, placed.before, placed.after, placed.why
    )

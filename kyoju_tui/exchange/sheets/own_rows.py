"""The second sheet of our own 一覧表: an entry a row with its REF out of sight, so that every field can be edited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.sheets.field_values import FieldReader
from kyoju_tui.exchange.sheets.grid import Grid
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot

_REF: Final = "REF"
_SEARCHED: Final = 20
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


@dataclass(frozen=True, slots=True)
class RowEdit:
    """A field whose cell differs from the record (None: the row is new). `fault` says why it cannot be taken."""

    where: str
    ref: Ref | None
    field: str
    value: object | None
    text: str
    fault: str = ""


def row_edits(grid: Grid, snapshot: Snapshot, fields: FieldReader) -> Iterator[RowEdit]:
    """What the rows say otherwise than the records, wherever rows and columns were moved to."""
    top, column = _head(grid)
    if top < 0:
        return
    labels = {field_map(Entry)[name].label: name for name in _FIELDS}
    heads = {number: grid.text(top, number).strip() for number in range(grid.width)}
    named = {number: labels[text] for number, text in heads.items() if text in labels}
    for row in range(top + 1, grid.height):
        there = _entry(snapshot, grid.text(row, column).strip())
        if there is None:
            text = "　".join(grid.text(row, each) for each in grid.filled(row) if each != column)
            if text:
                where = grid.where(row, grid.filled(row)[0])
                yield RowEdit(
                    where,
                    None,
                    "",
                    None,
                    text,
                    "新しい行は取り込めません。取組・課題の画面で加えてください。",
                )
            continue
        ref, entry = there
        for number, name in named.items():
            taken = fields.read(name, grid.value(row, number))
            text, where = grid.text(row, number), grid.where(row, number)
            if taken.unread:
                yield RowEdit(where, ref, name, None, text, taken.unread)
            elif _differs(getattr(entry, name), taken.fields.get(name)):
                yield RowEdit(where, ref, name, taken.fields.get(name), text)


def _head(grid: Grid) -> tuple[int, int]:
    for row in range(min(grid.height, _SEARCHED)):
        for column in range(grid.width):
            if grid.text(row, column).strip() == _REF:
                return row, column
    return -1, -1


def _entry(snapshot: Snapshot, text: str) -> tuple[Ref, Entry] | None:
    """The entry of a REF, wherever it lies by now."""
    ref = snapshot.by_id("entry", Ref(text).id) if text else None
    return None if ref is None else (ref, snapshot.entries[ref])


def _differs(before: object, after: object | None) -> bool:
    """Whether a cell says something else; a spreadsheet trims and breaks lines as it likes."""
    if isinstance(before, str) and isinstance(after, str):
        return before.split() != after.split()
    return (before or None) != (after or None)

"""Two moments of the store side by side: records that came, that went, and that changed, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kyoju_tui.records.base import Record
from kyoju_tui.records.changes import Change, changes
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.kinds import KINDS, kind_of
from kyoju_tui.records.placing import went
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.wording import Namer

_KINDS: Final = {word: number for number, word in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class RecordDifference:
    """One record that differs. `where` is the department and the categories of an entry, else empty.

    `changes` are its fields: all of them where it came or went. `moved_from` is the place that an entry left.
    """

    ref: Ref
    kind_label: str
    title: str
    where: str
    changes: tuple[Change, ...]
    moved_from: Ref | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two moments, each in the order of kinds and then of titles."""

    added: tuple[RecordDifference, ...]
    removed: tuple[RecordDifference, ...]
    changed: tuple[RecordDifference, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.added or self.removed or self.changed)


def compare(before: Snapshot, after: Snapshot, ref: Ref | None = None) -> Comparison:
    """What differs between two moments: in all records, or in one over the places it has been.

    An entry that went to another department is one record that changed. A record whose file cannot be read at one of
    the moments is neither added nor removed there, and left out.
    """
    name = naming(before, after)
    paired = _pairs(before.records, after.records, ref)
    unreadable = before.broken | after.broken
    added: list[RecordDifference] = []
    removed: list[RecordDifference] = []
    changed: list[RecordDifference] = []
    for old, new in paired:
        if old is None and new is not None and new not in unreadable:
            added.append(_difference(new, after, None, after.records[new], name))
        elif new is None and old is not None and old not in unreadable:
            removed.append(_difference(old, before, before.records[old], None, name))
        elif old is not None and new is not None:
            found = _difference(new, after, before.records[old], after.records[new], name, old)
            if found.changes:
                changed.append(found)
    return Comparison(_in_order(added), _in_order(removed), _in_order(changed))


def _pairs(
    before: Mapping[Ref, Record], after: Mapping[Ref, Record], ref: Ref | None
) -> list[tuple[Ref | None, Ref | None]]:
    """The places of each record that differs; an entry keeps its id when it moves."""
    left = {old.id: old for old in before if old.department is not None and old not in after}
    found: list[tuple[Ref | None, Ref | None]] = []
    moved: set[Ref] = set()
    for new, record in after.items():
        if new in before:
            # Most records are the same; equal ones need no closer look.
            if before[new] is not record and before[new] != record:
                found.append((new, new))
            continue
        old = left.get(new.id) if new.department is not None else None
        if old is not None:
            moved.add(old)
        found.append((old, new))
    found += [(old, None) for old in before if old not in after and old not in moved]
    if ref is None:
        return found
    return [pair for pair in found if any(each is not None and _is_same(each, ref) for each in pair)]


def _is_same(one: Ref, other: Ref) -> bool:
    return one == other or (one.id == other.id and None not in (one.department, other.department))


def _difference(
    ref: Ref, there: Snapshot, before: Record | None, after: Record | None, name: Namer, old: Ref | None = None
) -> RecordDifference:
    record = after or before
    moved = old if old is not None and old != ref else None
    told = (
        changes(
            None if before is None else to_plain(before), None if after is None else to_plain(after), type(record), name
        )
        if record is not None
        else ()
    )
    if moved is not None:
        told = (went(moved, ref), *told)
    return RecordDifference(ref, _kind(ref, record), _title(ref, there, name), _where(ref, record, name), told, moved)


def _kind(ref: Ref, record: Record | None) -> str:
    return record.kind if isinstance(record, Entry) else kind_of(ref).label


def _title(ref: Ref, there: Snapshot, name: Namer) -> str:
    """What the record was called at its moment: the whole name; a settled point after what it is about."""
    record = there.records[ref]
    if isinstance(record, Finding):
        return "・".join(name("", subject) for subject in record.subjects) or ref.id
    return record.heading or (kind_of(ref).label if kind_of(ref).single else ref.id)


def _where(ref: Ref, record: Record | None, name: Namer) -> str:
    if not isinstance(record, Entry):
        return ""
    return "・".join([_department(ref, name), *(name("category", each) for each in record.categories)])


def _department(ref: Ref, name: Namer) -> str:
    return name("department", ref.department or COMMON)


def naming(before: Snapshot, after: Snapshot) -> Namer:
    """Names as they are after; what is gone by then is called as it was before."""

    def name(kind: str, text: str) -> str:
        if kind == "department" and text == COMMON:
            return "共通"
        there = after if after.target(kind, text) is not None else before
        return there.full_name(kind, text)

    return name


def _in_order(found: list[RecordDifference]) -> tuple[RecordDifference, ...]:
    return tuple(sorted(found, key=lambda each: (_KINDS[kind_of(each.ref).word], each.title, each.ref)))

"""Entries go to another department: their files, and every record that names them by their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from kyoju_tui.records.base import Record
from kyoju_tui.records.description import references
from kyoju_tui.records.finding import Finding, finding_key
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.requests import Base, Change, Put, PutBack, Remove


def moving(old: Ref, new: Ref, snapshot: Snapshot, base: Callable[[str], Base]) -> tuple[Change, ...]:
    """The changes that move one entry, as `moving_all`."""
    return moving_all({old: new}, snapshot, base)


def moving_all(places: Mapping[Ref, Ref], snapshot: Snapshot, base: Callable[[str], Base]) -> tuple[Change, ...]:
    """The changes that move entries: first their own files, byte by byte, each away and to its new place.

    What names them by their place (an image map, an opinion, a settled point) follows; a settled point is filed under
    the key of its subjects, so that it stays settled. References by id hold as they are.
    """
    changes: list[Change] = []
    for old, new in places.items():
        data = base(old).data
        changes += [PutBack(old, None, data), PutBack(new, data, None)]
    sources = (each.source for old in places for each in snapshot.referrers.get(old, ()) if not each.kind)
    for source in dict.fromkeys(sources):
        before = snapshot.records[source]
        after = _renamed(before, places)
        target = _filed(source, before, after)
        if target != source:
            changes.append(Remove(source, base(source)))
        changes.append(Put(target, after, base(source) if target == source else Base(target, None)))
    return tuple(changes)


def _renamed(record: Record, places: Mapping[Ref, Ref]) -> Record:
    plain = deepcopy(to_plain(record))
    for place, refers, text in references(record):
        new = None if refers.kind else places.get(Ref(text))
        if new is not None:
            *way, last = (int(step) if step.isdecimal() else step for step in place.split("."))
            inside: Any = plain
            for step in way:
                inside = inside[step]
            inside[last] = str(new)
    return type(record).model_validate(plain)


def _filed(source: Ref, before: Record, after: Record) -> Ref:
    """Where a record lies after its references were renamed."""
    if not isinstance(before, Finding) or not isinstance(after, Finding):
        return source
    if source.id != finding_key(before.rule, before.subjects):
        return source
    return Ref(f"findings/{finding_key(after.rule, after.subjects)}")

"""An entry goes to another department: its file, and every record that names it by its place."""

from __future__ import annotations

from collections.abc import Callable
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
    """The changes that move an entry: the first two are its own file's, byte by byte, away and to its new place.

    What names it by its place (an image map, an opinion, a settled point) follows; a settled point is filed under
    the key of its subjects, so that it stays settled. References by id hold as they are.
    """
    data = base(old).data
    changes: list[Change] = [PutBack(old, None, data), PutBack(new, data, None)]
    for source in dict.fromkeys(each.source for each in snapshot.referrers.get(old, ()) if not each.kind):
        before = snapshot.records[source]
        after = _renamed(before, old, new)
        target = _filed(source, before, after)
        if target != source:
            changes.append(Remove(source, base(source)))
        changes.append(Put(target, after, base(source) if target == source else Base(target, None)))
    return tuple(changes)


def _renamed(record: Record, old: Ref, new: Ref) -> Record:
    plain = deepcopy(to_plain(record))
    for place, refers, text in references(record):
        if not refers.kind and text == old:
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

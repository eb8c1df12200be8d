"""What goes along when a department's work passes to another one, and what stays as it was.

What is at work follows: whom an entry works with, who holds data, whose desk knows a group, who belongs to a series, a
theme, a collaboration, what is still to be done. What happened stays under the name it had: attendance, opinions, what
is done, inquiries and their answers, the decision on the lead department.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, cast

from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.framework import Framework
from kyoju_tui.records.group import Group, Person
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Series
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.theme import Theme
from kyoju_tui.workspace.changing.replacing import replacing

_FIELDS: Final[dict[type[Record], frozenset[str]]] = {
    Entry: frozenset({"related_departments"}),
    Dataset: frozenset({"department"}),
    Group: frozenset({"contact_desk"}),
    Person: frozenset({"contact_desk"}),
    Series: frozenset({"members"}),
    Framework: frozenset({"members"}),
    Theme: frozenset({"departments"}),
    Finding: frozenset({"needed"}),
    Policy: frozenset({"existing_bodies"}),
}


def followers(snapshot: Snapshot, new: Mapping[str, str]) -> dict[Ref, Record]:
    """The records that change when departments are succeeded as `new` says (old id to new id), as they are then."""
    sources = {each.source for old in new for each in snapshot.referrers.get(Ref(f"departments/{old}"), ())}
    found: dict[Ref, Record] = {}
    for source in sorted(sources):
        before = snapshot.records[source]
        after = followed(before, new)
        if after != before:
            found[source] = after
    return found


def followed(record: Record, new: Mapping[str, str]) -> Record:
    """One record with the departments that it works with now replaced by those that succeed them."""
    if isinstance(record, Collaboration):
        shares = _shares(record, new)
        # What two departments did together and one does now is no joint work any more: it stays as it was.
        return record.but(departments=shares) if len(shares) > 1 else record
    return replacing(record, "department", new, lambda place: _follows(record, place))


def _follows(record: Record, place: str) -> bool:
    field, *rest = place.split(".")
    if field in _FIELDS.get(type(record), ()):
        return True
    if len(rest) != 2 or rest[1] != "department" or not rest[0].isdecimal():
        return False
    item = cast("Part", getattr(record, field)[int(rest[0])])
    # A table with a day on which it was done is something to do: whoever takes over, does it.
    return "done_on" in field_map(type(item)) and getattr(item, "done_on", None) is None


def _shares(collaboration: Collaboration, new: Mapping[str, str]) -> list[Plain]:
    """One share per department: those of departments that became one are put together."""
    found: dict[str, Plain] = {}
    for share in collaboration.departments:
        department = new.get(share.department, share.department)
        plain = {**to_plain(share), "department": department}
        before = found.get(department)
        texts = [each["share"] for each in (before, plain) if each is not None and each.get("share")]
        found[department] = {**(before or {}), **plain, **({"share": "\n".join(map(str, texts))} if texts else {})}
    return list(found.values())

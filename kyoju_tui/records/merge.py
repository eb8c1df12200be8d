"""Three versions of a record into one, field by field.

Pure over plain mappings, so that saving, sync, answers from Excel and git's merge driver decide alike. What both sides
changed in different ways is never guessed: it comes back as a conflict, with everything else decided.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described
from kyoju_tui.records.lines import merged_lines
from kyoju_tui.records.matching import (
    Place,
    Table,
    as_lists,
    filled,
    identified,
    is_list,
    is_table,
    key_names,
    keys_in_order,
    known_field,
    same,
)
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.wording import Namer, bare

_NO_CHOICES: Final[Mapping[str, object | None]] = {}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place that both sides changed in different ways; None stands for absence.

    `field` is dotted (`opinions[k3q9x].text`; empty for the record as a whole), `label` is for staff, `about` is what
    the model says of the field (None for a table of a list, an unknown key and the whole record), `part` the model of
    the table or of the list's tables. Lists that could be matched item by item differ in their order alone.
    """

    field: str
    label: str
    base: object | None
    ours: object | None
    theirs: object | None
    about: Described | None = None
    part: type[Part] | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """Both sides' changes together. None: the record is gone."""

    plain: Plain | None


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What is undecided, and everything that is decided with OURS standing for the rest."""

    fields: tuple[Conflict, ...]
    merged: Plain | None


def merge(
    base: Table | None,
    ours: Table | None,
    theirs: Table | None,
    model: type[Part] | None = None,
    *,
    choices: Mapping[str, object | None] = _NO_CHOICES,
    name: Namer = bare,
) -> Merged | Conflicts:
    """Both sides' changes since `base`; None is a record that does not exist.

    Scalars are taken from the side that changed them, lists of values by membership, lists of tables by key and then
    by field, text by line where an unchanged line lies between the changes. Deleting what the other side changed is a
    conflict, and so are two ways of rearranging one list whose order says something (tables, free words), and two
    shortenings that would leave nothing of a required list. Types count: 1 is neither True nor 1.0. Swapping the sides
    gives the same values; only the order of keys that `model` does not know may differ. A field without value, an empty
    one and one with its default are the same.

    `choices` settles conflicts: their dotted field to the value that stands (None takes it away); of a list that was
    rearranged twice, the order alone is taken from it. `name` turns
    references into names for labels. The result may break rules between fields, so callers validate it.
    """
    run = _Run(choices, name)
    merged = run.decide(_Versions(base, ours, theirs), _Spot(Place(), None, model))
    plain = dict(merged) if is_table(merged) else None
    return Conflicts(tuple(run.conflicts), plain) if run.conflicts else Merged(plain)


class _Versions(NamedTuple):
    """One value in the three versions; None where it is absent."""

    base: object | None
    ours: object | None
    theirs: object | None


class _Spot(NamedTuple):
    """Where the value stands, and what the model says of it."""

    place: Place
    about: Described | None
    part: type[Part] | None


class _Undecided(Enum):
    """The mark for what neither side alone decides; None is a value here."""

    UNDECIDED = 1


class _Run:
    """One merge: what was chosen, and the conflicts met so far."""

    def __init__(self, choices: Mapping[str, object | None], name: Namer) -> None:
        self.conflicts: list[Conflict] = []
        self._choices = choices
        self._name = name

    def decide(self, versions: _Versions, spot: _Spot) -> object | None:
        """The value that stands at a spot."""
        value = _agreed(versions)
        if value is not _Undecided.UNDECIDED:
            return value
        if not spot.place.steps:
            # A record of which nothing is filled in is still a record.
            meant = versions
        else:
            meant = _Versions(*(filled(version, spot.about) for version in versions))
            value = _agreed(meant)
        if value is _Undecided.UNDECIDED:
            value = self._together(meant, spot)
        return self._undecided(versions, spot) if value is _Undecided.UNDECIDED else value

    def _together(self, versions: _Versions, spot: _Spot) -> object | None:
        """Both sides' changes of one value in one, where its nature allows."""
        base, ours, theirs = versions
        if is_table(ours) and is_table(theirs) and (base is None or is_table(base)):
            return self._table(base or {}, ours, theirs, spot)
        lists = as_lists(base, ours, theirs)
        if lists is not None:
            return self._list(lists, spot)
        if isinstance(base, str) and isinstance(ours, str) and isinstance(theirs, str) and _may_have_lines(spot.about):
            text = merged_lines(base, ours, theirs)
            return _Undecided.UNDECIDED if text is None else text or None
        return _Undecided.UNDECIDED

    def _undecided(self, versions: _Versions, spot: _Spot) -> object | None:
        field = spot.place.dotted
        if field in self._choices:
            return self._choices[field]
        self.conflicts.append(Conflict(field, spot.place.label(self._name), *versions, spot.about, spot.part))
        return versions.ours

    def _table(self, base: Table, ours: Table, theirs: Table, spot: _Spot) -> Plain | None:
        merged: Plain = {}
        for key in keys_in_order(spot.part, ours, theirs):
            field = known_field(spot.part, key)
            versions = _Versions(base.get(key), ours.get(key), theirs.get(key))
            value = self.decide(versions, _Spot(spot.place.field(key, field), field, field.part if field else None))
            if value is not None:
                merged[key] = value
        return merged if merged or not spot.place.steps else None

    def _list(self, lists: list[Sequence[object]], spot: _Spot) -> list[object] | None:
        names = key_names(spot.part, [[item for item in items if is_table(item)] for items in lists])
        base, ours, theirs = identified(lists, names)
        kept: dict[str, object] = {}
        for item in dict.fromkeys([*base, *ours, *theirs]):
            versions = _Versions(base.get(item), ours.get(item), theirs.get(item))
            found = next(version for version in versions if version is not None)
            value = self.decide(versions, _Spot(spot.place.item(found, names, spot.part), None, spot.part))
            if value is not None:
                kept[item] = value
        if not kept and ours and theirs and spot.about is not None and spot.about.required:
            # Each side left some of it, and together they would leave nothing of what has to be there.
            chosen = self._undecided(_Versions(*lists), spot)
            return list(chosen) if is_list(chosen) else None
        order = _Order(list(base), list(ours), list(theirs), kept)
        if _ordered(spot, kept) and order.contested:
            chosen = self._undecided(_Versions(*lists), spot)
            named = identified([*lists, chosen], names)[-1] if is_list(chosen) else ours
            return [kept[item] for item in order.after(list(named))] or None
        return [kept[item] for item in order.agreed()] or None


def _agreed(versions: _Versions) -> object | None:
    """The value where at most one side changed it, or both in the same way; else the mark."""
    base, ours, theirs = versions
    if same(base, theirs) or same(ours, theirs):
        return ours
    return theirs if same(base, ours) else _Undecided.UNDECIDED


def _may_have_lines(field: Described | None) -> bool:
    return field is None or field.widget == "text"


def _ordered(spot: _Spot, kept: Mapping[str, object]) -> bool:
    """Whether the order of a list says something: it does of tables and of free words, not of a choice among many."""
    if any(map(is_table, kept.values())):
        return True
    return spot.about is not None and spot.about.refers is None and not spot.about.choices


class _Order:
    """The order of a merged list's items: one that both sides would agree on, whichever of them is called ours."""

    def __init__(self, base: list[str], ours: list[str], theirs: list[str], kept: Mapping[str, object]) -> None:
        self._sides = (ours, theirs)
        self._kept = kept
        self._shared = kept.keys() & set(ours) & set(theirs)
        old = self._shared & set(base)
        self._stayed = _only(base, old)
        self._moved = tuple(_only(side, old) for side in self._sides)

    @property
    def contested(self) -> bool:
        """Whether both sides rearranged what was there, each in a way of its own."""
        mine, other = self._moved
        return mine != other and self._stayed not in (mine, other)

    def agreed(self) -> list[str]:
        """The order of the side that rearranged the items; of one by a fixed rule, where both did alike."""
        mine, other = (_only(side, self._shared) for side in self._sides)
        if self._moved[0] == self._stayed and self._moved[1] != self._stayed:
            return self.after(other)
        if self._moved[1] == self._stayed and self._moved[0] != self._stayed:
            return self.after(mine)
        return self.after(min(mine, other))

    def after(self, wanted: list[str]) -> list[str]:
        """The items that both have as `wanted` has them; what one side alone has follows the item it follows there."""
        known = _only(wanted, self._shared)
        backbone = [*known, *(item for item in self._sides[0] if item in self._shared and item not in known)]
        runs = [_runs(side, self._shared, self._kept) for side in self._sides]
        order: list[str] = []
        for anchor in (None, *backbone):
            if anchor is not None:
                order.append(anchor)
            for run in sorted(side.get(anchor, []) for side in runs):
                order += run
        return order


def _only(items: list[str], chosen: set[str]) -> list[str]:
    return [item for item in items if item in chosen]


def _runs(side: list[str], shared: set[str], kept: Mapping[str, object]) -> dict[str | None, list[str]]:
    """The items that this side alone has, under the shared item that each follows (None: the start)."""
    runs: dict[str | None, list[str]] = {}
    anchor: str | None = None
    for item in side:
        if item in shared:
            anchor = item
        elif item in kept:
            runs.setdefault(anchor, []).append(item)
    return runs

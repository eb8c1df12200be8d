"""Pieces of a record by their dotted names (`status`, `source.inquiry`, `opinions[k3q9x].text`): all of them, or one.

The names are those that `records.changes` gives to what differs. A table of a list is a piece where its key tells it
from the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.matching import (
    Place,
    Table,
    as_lists,
    by_key,
    filled,
    identified,
    is_list,
    is_table,
    key_names,
    keys_in_order,
    known_field,
)
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.wording import Namer, bare


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece: what staff call it, its plain value, and what the model says of it (None for an unknown key)."""

    label: str
    value: object
    about: Described | None


def pieces(plain: Table, model: type[Part] | None, name: Namer = bare) -> Mapping[str, Piece]:
    """Every piece of a record that has a value, by its dotted name; fields before what is below them."""
    return dict(_of_table(plain, model, Place(), name))


def is_within(dotted: str, outer: str) -> bool:
    """Whether one dotted name is the other, or lies below it."""
    return dotted == outer or (dotted.startswith(outer) and dotted[len(outer)] in ".[")


def with_piece(now: Table, then: Table, dotted: str, model: type[Part] | None) -> Plain:
    """`now`, but with one piece as it is in `then`; one that is absent there goes.

    Errors: `InvalidValue` where neither has such a piece and no field is of this name, or what it lies in is gone.
    """
    taken = _taken(now, then, dotted, model, Place())
    if taken is None and known_field(model, dotted) is not None:
        return dict(now)
    if taken is None:
        raise InvalidValue(
            f"「{dotted[:80]}」という項目は、この記録にはありません。",
            field=dotted,
            cure="項目の名前を確かめてください。表の行そのものがないときは、行の項目ごと戻してください。",
        )
    return taken


def _of_table(plain: Table, part: type[Part] | None, place: Place, name: Namer) -> Iterator[tuple[str, Piece]]:
    for key in keys_in_order(part, plain):
        field = known_field(part, key)
        value = filled(plain.get(key), field)
        if value is None:
            continue
        spot, inner = place.field(key, field), field.part if field is not None else None
        yield spot.dotted, Piece(spot.label(name), value, field)
        if is_table(value):
            yield from _of_table(value, inner, spot, name)
        elif is_list(value):
            yield from _of_list(value, field, inner, spot, name)


def _of_list(
    items: Sequence[object], field: Described | None, part: type[Part] | None, place: Place, name: Namer
) -> Iterator[tuple[str, Piece]]:
    names = key_names(part, [[item for item in items if is_table(item)]])
    (found,) = identified([items], names)
    for key, item in found.items():
        if by_key(key) and is_table(item):
            spot = place.item(item, names, part)
            yield spot.dotted, Piece(spot.label(name), item, field)
            yield from _of_table(item, part, spot, name)


def _taken(now: Table, then: Table, dotted: str, part: type[Part] | None, place: Place) -> Plain | None:
    """The table with the piece; None where the piece is not in it."""
    for key in keys_in_order(part, now, then):
        field = known_field(part, key)
        spot = place.field(key, field)
        if not is_within(dotted, spot.dotted):
            continue
        value = then.get(key)
        if dotted != spot.dotted:
            value = _taken_inside(now.get(key), value, dotted, field.part if field is not None else None, spot)
            if value is None:
                return None
        changed = {**now, key: value}
        return {each: changed[each] for each in keys_in_order(part, changed) if changed[each] not in (None, [], {})}
    return None


def _taken_inside(now: object, then: object, dotted: str, part: type[Part] | None, place: Place) -> object | None:
    if is_table(now) or is_table(then):
        inside = _taken(now if is_table(now) else {}, then if is_table(then) else {}, dotted, part, place)
        # An empty table says as much as none, and goes.
        return {} if inside is not None and not inside else inside
    lists = as_lists(now, then)
    if lists is None:
        return None
    names = key_names(part, [[item for item in items if is_table(item)] for items in lists])
    here, there = identified(lists, names)
    for key in dict.fromkeys([*here, *there]):
        item = here.get(key, there.get(key))
        if not by_key(key) or not is_table(item):
            continue
        spot = place.item(item, names, part)
        if dotted == spot.dotted:
            return _with_item(here, there, key)
        if is_within(dotted, spot.dotted) and key in here and key in there:
            inside = _taken(cast("Table", here[key]), cast("Table", there[key]), dotted, part, spot)
            return None if inside is None else [inside if each == key else here[each] for each in here]
    return None


def _with_item(here: Mapping[str, object], there: Mapping[str, object], key: str) -> list[object]:
    """The list with one item as it is there: replaced, taken away, or put after the item that it follows there."""
    if key in here or key not in there:
        return [there[key] if each == key else item for each, item in here.items() if each != key or key in there]
    order = list(here)
    before = [each for each in list(there)[: list(there).index(key)] if each in here]
    order.insert(order.index(before[-1]) + 1 if before else 0, key)
    return [there[each] if each == key else here[each] for each in order]

"""Which table of a list is which before and after a change, and defaults that a file states though it need not."""

from __future__ import annotations

from typing import TypeAlias, cast

from kyoju_tui.files.canonical import is_tables
from kyoju_tui.records.base import Part
from kyoju_tui.records.matching import by_key, filled, identified, is_list, is_table, key_names, known_field
from kyoju_tui.records.plain import Plain

# For each new table its number and that of the old one it came from, if it came from one.
Pairs: TypeAlias = list[tuple[int | None, int]]


def with_stated_defaults(old: Plain, new: Plain, part: type[Part] | None) -> Plain:
    """`new` with the defaults that `old` states and `new` leaves out, at every depth."""
    goal = dict(new)
    for key, before in old.items():
        about = known_field(part, key)
        if about is None:
            continue
        if key not in new:
            if before not in ("", [], {}) and filled(before, about) is None:
                goal[key] = before
        elif about.part is not None and is_table(before) and is_table(new[key]):
            goal[key] = with_stated_defaults(cast("Plain", before), cast("Plain", new[key]), about.part)
        elif about.part is not None and is_many(before) and is_many(new[key]):
            goal[key] = _tables_with_defaults(cast("list[Plain]", before), cast("list[Plain]", new[key]), about.part)
    return goal


def _tables_with_defaults(old: list[Plain], new: list[Plain], part: type[Part]) -> list[Plain]:
    return [
        new[after] if before is None else with_stated_defaults(old[before], new[after], part)
        for before, after in pairs_of(old, new, part)
    ]


def pairs_of(old: list[Plain], new: list[Plain], part: type[Part] | None) -> Pairs:
    """For each new table in order the index of the old one it came from, or None.

    Tables are the same by key, else by content. Old ones without a key that are left over are taken in turn for those
    that seem new, if there are as many: then a person gave no key, and one value or the key was changed since.
    """
    named_old, named_new = identified([old, new], key_names(part, [old, new]))
    index = {name: number for number, name in enumerate(named_old)}
    left = [number for name, number in index.items() if name not in named_new and not by_key(name)]
    strangers = [name for name in named_new if name not in index]
    turns = dict(zip(strangers, left, strict=True)) if len(strangers) == len(left) else {}
    return [(index.get(name, turns.get(name)), number) for number, name in enumerate(named_new)]


def is_many(value: object) -> bool:
    """Whether a value is a list of nothing but tables."""
    return is_list(value) and is_tables(value)

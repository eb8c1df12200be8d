"""Which value is which between versions of a record: equality that respects types, tables of a list by their key.

Plain values are those of TOML: text, whole numbers, figures, flags, dates, times, lists and mappings; None is absence.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Final, TypeAlias, TypeGuard, cast

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.wording import Namer, one_line, shown, title_of

Table: TypeAlias = Mapping[str, object]

# What tells tables of a list apart where no model says it.
USUAL_KEYS: Final = ("id", "department", "fiscal_year", "ref")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]*[A-Za-z_][A-Za-z0-9_-]*")


def is_table(value: object) -> TypeGuard[Table]:
    """Whether a plain value is a table."""
    return isinstance(value, Mapping)


def is_list(value: object) -> TypeGuard[Sequence[object]]:
    """Whether a plain value is a list."""
    return isinstance(value, list | tuple)


def same(left: object, right: object) -> bool:
    """Whether two plain values are equal in type and value; the order of keys does not matter, that of lists does."""
    if left is right:
        return True
    if isinstance(left, str):
        return isinstance(right, str) and left == right
    if is_table(left):
        return (
            is_table(right)
            and left.keys() == right.keys()
            and all(same(value, right[key]) for key, value in left.items())
        )
    if is_list(left):
        return is_list(right) and len(left) == len(right) and all(map(same, left, right))
    return type(left) is type(right) and token(left) == token(right)


def token(value: object) -> str:
    """A text that is equal for two plain values exactly where they are `same`; it gives values a fixed order too."""
    if isinstance(value, str):
        return repr(str(value))
    if is_table(value):
        return "{" + ",".join(f"{key!r}:{token(value[key])}" for key in sorted(value)) + "}"
    if is_list(value):
        return "[" + ",".join(map(token, value)) + "]"
    if isinstance(value, date | time):
        # Not repr: two readers of TOML may name the same offset by different objects.
        return f"{type(value).__name__}({value.isoformat()})"
    return repr(value)


def filled(value: object, about: Described | None) -> object | None:
    """The value, or None where it says no more than its absence would: empty, or the field's default."""
    if value in ("", [], {}, ()):
        return None
    if about is not None and about.default is not None and same(value, about.default):
        return None
    return value


def key_names(part: type[Part] | None, versions: Sequence[Sequence[Table]]) -> tuple[str, ...]:
    """The fields that tell the tables of a list apart: the model's `KEY`, else the first usual one that all have."""
    if part is not None:
        return part.KEY
    for name in USUAL_KEYS:
        columns = [[token(table.get(name)) for table in tables] for tables in versions]
        everywhere = all(filled(table.get(name), None) is not None for tables in versions for table in tables)
        if everywhere and (name == "id" or all(len(set(column)) == len(column) for column in columns)):
            return (name,)
    return ()


def identified(versions: Sequence[Sequence[object]], names: tuple[str, ...]) -> list[dict[str, object]]:
    """Each version of a list as a mapping in which what is the same item has the same name in every version.

    A table is named by its key. Values, tables without a key, and tables whose key stands twice in any one version
    are named by their content and by how often it came before, so that no item is ever folded into another.
    """
    keys = [[_key(item, names) for item in items] for items in versions]
    doubled = {key for column in keys for key, times in Counter(column).items() if times > 1}
    named: list[dict[str, object]] = []
    for items, column in zip(versions, keys, strict=True):
        found: dict[str, object] = {}
        seen: Counter[str] = Counter()
        for item, key in zip(items, column, strict=True):
            if key is not None and key not in doubled:
                found[f"key {key}"] = item
            else:
                content = token(item)
                seen[content] += 1
                found[f"content {seen[content]} {content}"] = item
        named.append(found)
    return named


def by_key(name: str) -> bool:
    """Whether a name that `identified` gave is of an item's key, not of its content."""
    return name.startswith("key ")


def _key(item: object, names: tuple[str, ...]) -> str | None:
    if not names or not is_table(item) or filled(item.get(names[0]), None) is None:
        return None
    return "\n".join(token(item.get(name)) for name in names)


@dataclass(frozen=True, slots=True)
class _Field:
    """A step to a field of a table."""

    name: str
    about: Described | None


@dataclass(frozen=True, slots=True)
class _Item:
    """A step to an item of a list; `names` are the fields of its key."""

    item: object
    names: tuple[str, ...]
    part: type[Part] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands in a record: as a dotted name for programs, and as a label for staff."""

    steps: tuple[_Field | _Item, ...] = ()

    def field(self, name: str, about: Described | None) -> Place:
        """The place of a field of the table that stands here."""
        return Place((*self.steps, _Field(name, about)))

    def item(self, item: object, names: tuple[str, ...], part: type[Part] | None) -> Place:
        """The place of one item of the list that stands here; `names` are the fields of its key."""
        return Place((*self.steps, _Item(item, names, part)))

    @property
    def dotted(self) -> str:
        """`opinions[k3q9x].text`; a table without a key is `[]`, and names that are no bare words are quoted."""
        text = ""
        for step in self.steps:
            if isinstance(step, _Field):
                text += ("." if text else "") + _quoted(step.name)
            else:
                key = [step.item.get(name) for name in step.names] if is_table(step.item) else []
                text += "[" + ",".join(map(_quoted, key)) + "]"
        return text

    def label(self, name: Namer) -> str:
        """`意見・考え方等［高齢福祉課］ 意見`; a key that no model knows is `項目「…」`, the whole is `記録全体`."""
        if not self.steps:
            return "記録全体"
        text = ""
        for step in self.steps:
            if isinstance(step, _Item):
                item = step.item
                text += f"［{title_of(item, step.part, name, step.names) if is_table(item) else shown(item)}］"
            else:
                label = step.about.label if step.about is not None else f"項目「{one_line(step.name)}」"
                text += (" " if text else "") + label
        return text


def _quoted(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and _BARE.fullmatch(value) is None:
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def known_field(part: type[Part] | None, name: str) -> Described | None:
    """What the model says of a field; None for a key that it does not know."""
    return None if part is None else field_map(part).get(name)


def keys_in_order(part: type[Part] | None, *versions: Table) -> list[str]:
    """The keys of all versions, once each: the model's in its order, then unknown ones as they come."""
    present = dict.fromkeys(key for version in versions for key in version)
    known = () if part is None else field_map(part)
    return [*(key for key in known if key in present), *(key for key in present if key not in known)]


def as_lists(*values: object) -> list[Sequence[object]] | None:
    """The values as lists that can be matched item by item (absence is an empty one), or None.

    Items are matched where all are tables or none is a table or a list.
    """
    if not all(value is None or is_list(value) for value in values) or all(value is None for value in values):
        return None
    lists = [() if value is None else cast("Sequence[object]", value) for value in values]
    items = [item for items in lists for item in items]
    if all(map(is_table, items)) or not any(is_table(item) or is_list(item) for item in items):
        return lists
    return None

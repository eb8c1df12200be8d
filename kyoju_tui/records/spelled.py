"""Plain values in full, over as many lines as they need: texts with their line breaks, tables with all their fields."""

from __future__ import annotations

from collections.abc import Sequence

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described
from kyoju_tui.records.matching import Table, is_list, is_table, keys_in_order, known_field
from kyoju_tui.records.text import FORBIDDEN
from kyoju_tui.records.wording import NOTHING, Namer, bare, one_line, shown


def spelled(value: object, about: Described | None = None, name: Namer = bare) -> str:
    """A value in words, nothing left out; without the characters that steer a terminal."""
    if isinstance(value, str) and (about is None or about.refers is None):
        return FORBIDDEN.sub("�", value.replace("\r\n", "\n").replace("\t", " "))
    part = about.part if about is not None else None
    if is_table(value):
        return "\n".join(_fields(value, part, name)) or NOTHING
    if is_list(value) and any(is_table(item) for item in value):
        return "\n".join(_items(value, part, name))
    return shown(value, about, name)


def _fields(table: Table, part: type[Part] | None, name: Namer) -> list[str]:
    lines: list[str] = []
    for key in keys_in_order(part, table):
        field = known_field(part, key)
        if key == "id" or table[key] is None:
            continue
        first, *more = spelled(table[key], field, name).split("\n")
        lines += [f"{one_line(key) if field is None else field.label}: {first}", *(f"　{line}" for line in more)]
    return lines


def _items(items: Sequence[object], part: type[Part] | None, name: Namer) -> list[str]:
    lines: list[str] = []
    for item in items:
        first, *more = (_fields(item, part, name) if is_table(item) else [shown(item, None, name)]) or [NOTHING]
        lines += [f"・{first}", *(f"　{line}" for line in more)]
    return lines

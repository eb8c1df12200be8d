"""The canonical form of a record: the same values are always the same bytes, and one changed field is one hunk.

tomli-w renders values; the headers are ours, because tomli-w writes a short list of tables inline and turns it over
to headers once it grows, which would make a small change a large difference.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, cast

import tomli_w

from kyoju_tui.records.plain import Plain, without_empty

_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")


def dumps(plain: Mapping[str, object]) -> bytes:
    """A record's file. Empty values are left out; keys keep their order, a table's own values before its tables."""
    return "".join(table_lines(without_empty(plain), ())).lstrip("\n").encode()


def table_lines(table: Mapping[str, object], path: tuple[str, ...]) -> list[str]:
    """The text of a table without its own header: its values, then each of its tables under a header."""
    pieces = [f"{render_key(key)} = {render_value(value)}\n" for key, value in table.items() if not is_tables(value)]
    for key, value in table.items():
        if is_tables(value):
            pieces += section_lines(value, (*path, key))
    return pieces


def section_lines(value: object, path: tuple[str, ...]) -> list[str]:
    """A table, or each table of a list, under its header, which a blank line precedes."""
    name = ".".join(render_key(part) for part in path)
    if isinstance(value, Mapping):
        return [f"\n[{name}]\n", *table_lines(cast("Plain", value), path)]
    pieces: list[str] = []
    for item in cast("list[Plain]", value):
        pieces += [f"\n[[{name}]]\n", *table_lines(item, path)]
    return pieces


def is_tables(value: object) -> bool:
    """Whether a value is written under headers: a table, or a list of nothing but tables."""
    if isinstance(value, list):
        items = cast("list[object]", value)
        return bool(items) and all(isinstance(item, Mapping) for item in items)
    return isinstance(value, Mapping)


def render_key(key: str) -> str:
    """A key, quoted where it must be."""
    if _BARE.fullmatch(key):
        return key
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def render_value(value: object) -> str:
    """A value: text of several lines in triple quotes, one item a line in a list."""
    if isinstance(value, str) and value.isprintable() and '"' not in value and "\\" not in value:
        return f'"{value}"'  # most values: what tomli-w makes of them too, at a tenth of the time
    # tomli-w takes CR LF for a line end in its multi-line form; such text (in unknown keys only) is escaped instead.
    text = tomli_w.dumps({"v": value}, multiline_strings=not _has_crlf(value))
    return text.removeprefix("v = ").removesuffix("\n")


def _has_crlf(value: object) -> bool:
    if isinstance(value, str):
        return "\r\n" in value
    if isinstance(value, Mapping):
        return any(_has_crlf(item) for item in cast("Plain", value).values())
    return isinstance(value, list) and any(_has_crlf(item) for item in cast("list[object]", value))

"""Plain values and tables as short text for staff, on one line."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Final, TypeAlias, cast

from kyoju_tui.records.base import Part
from kyoju_tui.records.dates import format_date, format_fiscal_year, format_time
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.text import FORBIDDEN

# From the kind of a record (empty for a full REF) and its id to the name that staff know it by.
Namer: TypeAlias = Callable[[str, str], str]

NOTHING: Final = "（なし）"
TITLE_LENGTH: Final = 20
_YEARS: Final = range(1868, 2201)
_BREAKS: Final = re.compile(r"[\t\r\n]+")


def bare(kind: str, record_id: str) -> str:  # noqa: ARG001
    """The namer for where no records are at hand: the id itself."""
    return record_id


def one_line(text: str) -> str:
    """Text without line breaks and control codes: what comes from a file by hand may hold them."""
    return FORBIDDEN.sub("�", _BREAKS.sub(" ", text))


def shown(value: object, about: Described | None = None, name: Namer = bare) -> str:
    """A plain value in words: dates in 和暦, flags as はい and いいえ, references by name, absence as the default."""
    if value is None and about is not None and about.default not in (None, ()):
        value = about.default
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, str):
        return one_line(name(about.refers.kind, value) if about is not None and about.refers is not None else value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, date):
        return format_date(value, weekday=False)
    if isinstance(value, time):
        return format_time(value)
    if isinstance(value, Mapping):
        return title_of(cast("Mapping[str, object]", value), None if about is None else about.part, name)
    if isinstance(value, list | tuple):
        return "、".join(shown(item, about, name) for item in cast("Sequence[object]", value)) or NOTHING
    if about is not None and about.name == "fiscal_year" and isinstance(value, int) and value in _YEARS:
        return format_fiscal_year(value)
    return str(value)


def title_of(table: Mapping[str, object], part: type[Part] | None, name: Namer, key: tuple[str, ...] = ()) -> str:
    """What to call a table of a list: its natural key, else its department, else the first thing it says."""
    known = {} if part is None else field_map(part)
    said = [
        (field, text)
        for field in dict.fromkeys([*known, *table])
        if field != "id"
        and table.get(field) is not None
        and (text := shown(table[field], known.get(field), name).strip())
    ]
    natural = part.KEY if part is not None else key
    title = " ".join(text for field, text in said if field in natural)
    title = title or next((text for field, text in said if field == "department"), "")
    title = title or (said[0][1] if said else one_line(str(table.get("id", NOTHING))))
    return title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1]}…"

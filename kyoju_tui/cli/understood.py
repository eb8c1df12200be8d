"""Days that were taken with a correction (平成32年 as 令和2年): said on standard error, beside the answer."""

from __future__ import annotations

from collections.abc import Sequence

from kyoju_tui.cli.answers import shown
from kyoju_tui.cli.assignments import split
from kyoju_tui.cli.context import Context
from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.dates import format_date, parse_date
from kyoju_tui.records.description import Described, field_map


def tell_corrections(context: Context, assignments: Sequence[str], model: type[Record]) -> None:
    """Say of each day among the assignments, all of which could be read, how it was understood if not as written."""
    for assignment in assignments:
        key, toml, text = split(assignment)
        field = _field(key.split("."), model)
        if toml or field is None or field.widget != "date" or not text.strip():
            continue
        read = parse_date(text, today=context.today)
        if read.note:
            told = f"注意: 「{field.label}」は{format_date(read.value)}としました（{read.note}）。"
            print(shown(told), file=context.err)


def _field(path: Sequence[str], model: type[Part]) -> Described | None:
    """The field that a dotted key ends in; numbers, ids and other keys of rows lead to no field of their own."""
    found: Described | None = None
    part: type[Part] | None = model
    for name in path:
        known = None if part is None else field_map(part).get(name)
        if known is not None:
            found, part = known, known.part
    return found

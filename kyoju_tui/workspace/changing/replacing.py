"""One reference becomes another in a record: in a list the new one stands once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

from kyoju_tui.records.base import RecordT
from kyoju_tui.records.description import references
from kyoju_tui.records.plain import to_plain


def replacing(record: RecordT, kind: str, new: Mapping[str, str], follows: Callable[[str], bool]) -> RecordT:
    """The record with its references to a kind exchanged as `new` says, at the places (dotted) that `follows` allows.

    Tables that are told apart by such a reference must not come to hold the same one: `follows` keeps them out.
    """
    plain = deepcopy(to_plain(record))
    found = [
        (place, new[text])
        for place, refers, text in references(record)
        if refers.kind == kind and text in new and follows(place)
    ]
    # From the end, so that what is taken out of a list moves none of the places that are still to come.
    for place, wanted in reversed(found):
        *way, last = (int(step) if step.isdecimal() else step for step in place.split("."))
        inside: Any = plain
        for step in way:
            inside = inside[step]
        if isinstance(last, int) and wanted in inside:
            del inside[last]
        else:
            inside[last] = wanted
    return type(record).model_validate(plain)

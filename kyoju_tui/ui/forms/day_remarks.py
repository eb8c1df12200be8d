"""What a form says about a due date: that the town hall is closed on that day, and how much time there is.

The order of days is the business of `records.soundness`; this speaks of what is right and may still not be meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from kyoju_tui.overview.composing import closed_remark, due_remarks
from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.ui.forms.remark import Said

_DUE: Final = frozenset({"due_on", "extended_due"})
_READINGS: Final[Mapping[tuple[type[Part], str], Callable[[Mapping[str, object], date], Iterator[str]]]] = {
    (Inquiry, "due_on"): due_remarks,
}


def said_on_days(model: type[Part], field: Described, values: Mapping[str, object], today: date) -> Iterator[Said]:
    """What there is to say under a due date; nothing under any other field. `values` are those of the whole form."""
    day = values.get(field.name)
    if field.name in _DUE and isinstance(day, date):
        yield Said("caution", closed_remark(day))
        if (model, field.name) in _READINGS:
            yield from (Said("reading", text) for text in _READINGS[model, field.name](values, today))

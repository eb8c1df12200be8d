"""What is said under one field of a form, in the order in which it is said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from kyoju_tui.records.base import Part
from kyoju_tui.records.entering import note_on
from kyoju_tui.records.plain import Plain
from kyoju_tui.ui.forms.checking import MISSING, Checked
from kyoju_tui.ui.forms.day_remarks import said_on_days
from kyoju_tui.ui.forms.field_row import FieldRow
from kyoju_tui.ui.forms.remark import Said
from kyoju_tui.ui.forms.remarks import caution, prompt


def said_of(row: FieldRow, model: type[Part], checked: Checked, values: Plain, today: date) -> Iterator[Said]:
    """The fault, what to mind, what else to fill in, how a date was understood."""
    field, written = row.editor.field, row.editor.written()
    yield Said("fault", checked.faults.get(row.path, MISSING if row.path in checked.missing else ""))
    for text in checked.cautions.get(row.path, ()):
        yield Said("caution", text)
    yield Said("caution", caution(field, written))
    if len(row.path) == 1:
        yield Said("prompt", prompt(model, field, values))
        yield from said_on_days(model, field, values, today)
    reading = note_on(field, written, today=today)
    # A date that stands there as it is always written needs no reading aloud.
    yield Said("help" if reading.startswith(f"{written}(") and "　" not in reading else "reading", reading)

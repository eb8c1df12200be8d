"""Where an entry lies, told as if it were a field: its department is its folder, never a key of its file."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from kyoju_tui.records.changes import Change
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import Ref

DEPARTMENT: Final = replace(
    field_map(Entry)["related_departments"],
    name="department",
    attribute="department",
    label="部署",
    help="",
    widget="reference",
    many=False,
    default=None,
)
"""What is said of it."""


def went(former: Ref, latter: Ref) -> Change:
    """The change of an entry that went from one department to another."""
    return Change(DEPARTMENT.name, DEPARTMENT.label, former.department, latter.department, about=DEPARTMENT)

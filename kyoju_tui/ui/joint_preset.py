"""What a new collaboration begins with, from a place of the matrix or a point (handbook 1-2(2), 1-3(1))."""

from __future__ import annotations

from collections.abc import Iterable

from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.snapshot import Snapshot


def joint_preset(
    snapshot: Snapshot, refs: Iterable[Ref], categories: Iterable[str] = (), departments: Iterable[str] = ()
) -> dict[str, object]:
    """The fields of a collaboration over these records: their departments, categories and entries, each once."""
    rows, columns, entries = dict.fromkeys(categories), dict.fromkeys(departments), dict[str, None]()
    own_rows = not rows
    for ref in refs:
        entry = snapshot.entries.get(ref)
        if entry is not None:
            entries[ref.id] = None
            if own_rows:
                rows.update(dict.fromkeys(entry.categories))
            if ref.department not in (None, COMMON):
                columns[str(ref.department)] = None
        elif ref.top == "categories":
            rows[ref.id] = None
        elif ref.top == "departments":
            columns[ref.id] = None
    found = {
        "departments": [{"department": each} for each in columns],
        "categories": list(rows),
        "entries": list(entries),
    }
    return {name: value for name, value in found.items() if value}

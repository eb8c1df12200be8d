"""Two moments compared, for programs."""

from __future__ import annotations

from collections.abc import Iterable

from kyoju_tui.overview.comparison import Comparison, RecordDifference


def comparison_json(comparison: Comparison, before: str, after: str) -> dict[str, object]:
    """`before` and `after` (the moments in words), and the records `added`, `removed` and `changed` with their fields.

    Values are those of the files: ids, ISO dates, lists and tables.
    """
    return {
        "before": before,
        "after": after,
        "added": _records(comparison.added),
        "removed": _records(comparison.removed),
        "changed": _records(comparison.changed),
    }


def _records(found: Iterable[RecordDifference]) -> list[dict[str, object]]:
    return [
        {
            "ref": each.ref,
            "kind": each.kind_label,
            "title": each.title,
            "where": each.where,
            "moved_from": each.moved_from,
            "changes": [
                {"field": change.field, "label": change.label, "before": change.before, "after": change.after}
                for change in each.changes
            ],
        }
        for each in found
    ]

"""The tree of causes as plain data for programs; its shape is fixed in docs/format.md."""

from __future__ import annotations

from collections.abc import Iterable

from kyoju_tui.overview.causes import Branch
from kyoju_tui.records.snapshot import Snapshot


def causes_json(branches: Iterable[Branch], snapshot: Snapshot) -> dict[str, object]:
    """`{schema, issues}` in reading order, ready for `json.dumps`; `cause` is null for a root, `ring` mostly empty."""
    return {
        "schema": 1,
        "issues": [
            {
                "ref": branch.ref,
                "title": snapshot.title(branch.ref),
                "depth": branch.depth,
                "cause": branch.cause,
                "mark": branch.mark,
                "ring": list(branch.ring),
            }
            for branch in branches
        ],
    }

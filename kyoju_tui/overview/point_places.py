"""Where in the matrix a point or a reminder belongs: the cells that it is about (handbook 1-2(2))."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from kyoju_tui.overview.asked import CellKey
from kyoju_tui.overview.matrix import Matrix

if TYPE_CHECKING:
    from kyoju_tui.overview.findings import FindingView

WHOLE_ROW: Final = "@category"
BASE_DATA: Final = "@data"
"""What stands for a department where a point is about a row as a whole, or about its 基礎データ."""


def places(view: FindingView, matrix: Matrix) -> frozenset[CellKey]:
    """The cells that a point is about: (category, department), or one of the two names above for a department."""
    if view.rule == "overdue":
        subject = view.subjects[-1].id
        return frozenset(
            key for key, asked in matrix.asked.items() if key[1] == subject and asked.inquiry == view.subjects[0]
        )
    entries = matrix.snapshot.entries
    found: set[CellKey] = set()
    for ref in view.subjects:
        if ref.top == "categories":
            found.add((ref.id, BASE_DATA if view.rule == "no-data" else WHOLE_ROW))
        elif (entry := entries.get(ref)) is not None:
            column = BASE_DATA if entry.kind == "データ" else ref.department or ""
            found.update((category, column) for category in entry.categories)
    return frozenset(found)


def by_place(views: Iterable[FindingView], matrix: Matrix) -> Mapping[CellKey, tuple[FindingView, ...]]:
    """The points of every place, in their order."""
    found: dict[CellKey, list[FindingView]] = {}
    for view in views:
        for place in places(view, matrix):
            found.setdefault(place, []).append(view)
    return {place: tuple(raised) for place, raised in found.items()}

"""How much stands in each category, and who is expected to fill it (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kyoju_tui.records.category import Category
from kyoju_tui.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Use:
    """The entries of one category by kind (取組 of status 終了 apart), and how many departments are asked for it."""

    initiatives: int = 0
    ended: int = 0
    issues: int = 0
    data: int = 0
    departments: int = 0

    @property
    def entries(self) -> int:
        """All entries of the category."""
        return self.initiatives + self.ended + self.issues + self.data


def category_use(snapshot: Snapshot, today: date) -> Mapping[str, Use]:
    """What stands in every category, those that are no longer in use too."""
    counts = {each: [0, 0, 0, 0] for each in snapshot.categories}
    for entry in snapshot.entries.values():
        column = {"課題": 2, "データ": 3}.get(entry.kind, 1 if entry.status == "終了" else 0)
        for category in set(entry.categories) & counts.keys():
            counts[category][column] += 1
    departments = snapshot.departments_in_use(today).values()
    return {
        each: Use(*found, departments=sum(1 for one in departments if not one.categories or each in one.categories))
        for each, found in counts.items()
    }


def department_use(snapshot: Snapshot) -> Mapping[str, int]:
    """How many entries lie with every department."""
    found = dict.fromkeys(snapshot.departments, 0)
    for ref in snapshot.entries:
        if ref.department in found:
            found[ref.department] += 1
    return found


def merged_rows(categories: Mapping[str, Category]) -> Mapping[str, str]:
    """The category that each merged one has become part of in the end; a circle leads nowhere."""
    found: dict[str, str] = {}
    for start, category in categories.items():
        way, into = {start}, category.merged_into
        while into is not None and into in categories and into not in way:
            way.add(into)
            found[start] = into
            into = categories[into].merged_into
        if into in way:
            found.pop(start, None)
    return found

"""Which cells of the matrix departments are expected to fill in (handbook 1-2(1)); none named means all rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from kyoju_tui.records.department import Department


@dataclass(frozen=True, slots=True)
class Expected:
    """The rows (in their order) and what each department is expected to fill in of them, by its id."""

    rows: tuple[str, ...]
    asked: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, rows: Sequence[str], departments: Mapping[str, Department]) -> Expected:
        """What stands in the departments' records."""
        known = frozenset(rows)
        return cls(
            tuple(rows),
            {each: known & set(one.categories) if one.categories else known for each, one in departments.items()},
        )

    def turned(self, department: str, row: str) -> Expected:
        """The same with one cell expected, or no more."""
        return self._with(department, self.asked[department] ^ {row})

    def all_asked(self, department: str) -> Expected:
        """The same with all of a department's cells expected."""
        return self._with(department, frozenset(self.rows))

    def _with(self, department: str, asked: frozenset[str]) -> Expected:
        return Expected(self.rows, {**self.asked, department: asked})

    def categories(self, department: str, before: Collection[str]) -> tuple[str, ...]:
        """What a department's record then says: nothing where it is all rows, so that rows to come are expected too.

        Rows that are out of use stay named as they were `before`.
        """
        asked = self.asked[department]
        if asked == frozenset(self.rows):
            return ()
        others = (each for each in before if each not in self.rows)
        return (*(row for row in self.rows if row in asked), *others)

"""What the 一覧表 is limited to: categories, departments, areas, lenses. Several of one sort widen, sorts narrow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from kyoju_tui.overview.matrix import Axis, Matrix, OpinionLine
from kyoju_tui.records.base import Lens
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.candidates import Candidate, candidates

CATEGORY: Final = "カテゴリー"
DEPARTMENT: Final = "部署"
AREA: Final = "地域"
LENS: Final = "視点"
_KINDS: Final = ((CATEGORY, "category"), (DEPARTMENT, "department"), (AREA, "area"))


@dataclass(frozen=True, slots=True)
class Filter:
    """The chosen ids by sort; nothing chosen of a sort means all of it."""

    categories: frozenset[str] = frozenset()
    departments: frozenset[str] = frozenset()
    areas: frozenset[str] = frozenset()
    lenses: frozenset[str] = frozenset()

    @classmethod
    def of(cls, values: Iterable[str]) -> Filter:
        """From what was chosen among `offered`."""
        chosen: dict[str, set[str]] = {CATEGORY: set(), DEPARTMENT: set(), AREA: set(), LENS: set()}
        for value in values:
            sort, _, name = value.partition(":")
            chosen[sort].add(name)
        return cls(*(frozenset(chosen[sort]) for sort in (CATEGORY, DEPARTMENT, AREA, LENS)))

    @property
    def values(self) -> tuple[str, ...]:
        """The same as values of `offered`."""
        sorts = ((CATEGORY, self.categories), (DEPARTMENT, self.departments), (AREA, self.areas), (LENS, self.lenses))
        return tuple(f"{sort}:{name}" for sort, names in sorts for name in sorted(names))

    @property
    def limits_entries(self) -> bool:
        """Whether cells show only some of their entries."""
        return bool(self.areas)

    def rows(self, matrix: Matrix) -> tuple[Axis, ...]:
        """The categories that are shown."""
        return tuple(axis for axis in matrix.categories if not self.categories or axis.id in self.categories)

    def columns(self, matrix: Matrix) -> tuple[Axis, ...]:
        """The departments that are shown."""
        return tuple(axis for axis in matrix.departments if not self.departments or axis.id in self.departments)

    def entries(self, refs: Iterable[Ref], snapshot: Snapshot) -> tuple[Ref, ...]:
        """Those of these entries that name one of the areas."""
        if not self.areas:
            return tuple(refs)
        entries = snapshot.entries
        return tuple(ref for ref in refs if ref in entries and not self.areas.isdisjoint(entries[ref].areas))

    def opinions(self, lines: Iterable[OpinionLine]) -> tuple[OpinionLine, ...]:
        """Those of these opinions that have one of the lenses and one of the departments."""
        return tuple(
            line
            for line in lines
            if (not self.lenses or line.lens in self.lenses)
            and (not self.departments or line.department is None or line.department in self.departments)
        )

    def words(self, snapshot: Snapshot) -> str:
        """What stands in the title line; the empty string where nothing is limited."""
        named = [
            *(snapshot.name("category", name) for name in sorted(self.categories)),
            *(snapshot.name("department", name) for name in sorted(self.departments)),
            *(snapshot.name("area", name) for name in sorted(self.areas)),
            *sorted(self.lenses),
        ]
        return f"絞り込み：{'・'.join(named)}" if named else ""


def offered(snapshot: Snapshot, today: date) -> tuple[Candidate, ...]:
    """Everything that can be chosen, to be found by kanji, kana and romaji."""
    found = [
        Candidate(f"{sort}:{each.value}", each.name, sort, (*each.search, each.value))
        for sort, kind in _KINDS
        for each in candidates(snapshot, kind, today)
    ]
    return (*found, *(Candidate(f"{LENS}:{lens}", lens, LENS, ("してん",)) for lens in get_args(Lens)))

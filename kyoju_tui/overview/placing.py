"""Where every entry stands in the matrix: one pass over the entries, and after an edit only the cells it touches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from kyoju_tui.overview.asked import CellKey
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import COMMON, Ref

PlaceT = TypeVar("PlaceT", str, CellKey)
Placed: TypeAlias = Sequence[tuple[Ref, Entry]]


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures of a cell: initiatives by status, issues, and initiatives whose difficulties are filled.

    A 取組 of status 必要 is an entry of the cell but in none of these figures: it is still to begin.
    """

    under_way: int = 0
    considered: int = 0
    ended: int = 0
    issues: int = 0
    with_difficulties: int = 0

    @property
    def initiatives(self) -> int:
        """取組中, 検討中 and 終了 together."""
        return self.under_way + self.considered + self.ended

    def by_word(self) -> dict[str, int]:
        """The figures by the words of docs/format.md, in their order."""
        return {
            "取組中": self.under_way,
            "検討中": self.considered,
            "終了": self.ended,
            "課題": self.issues,
            "取組上の課題": self.with_difficulties,
        }


@dataclass(frozen=True, slots=True)
class Placing:
    """All entries by their places. Folders and categories are as the entries name them, in use or not.

    `cells` holds initiatives and issues by (category, folder), `counts` their figures; `data` and `needed` hold the
    データ entries and the 取組 of status 必要 by category, wherever they lie; all in the order of their paths.
    `answered` counts the initiatives that address an issue (by its id), `at_work` the 取組中 that name an area.
    """

    cells: Mapping[CellKey, tuple[Ref, ...]]
    counts: Mapping[CellKey, Counts]
    data: Mapping[str, tuple[Ref, ...]]
    needed: Mapping[str, tuple[Ref, ...]]
    answered: Mapping[str, int]
    at_work: Mapping[str, int]


def place(entries: Mapping[Ref, Entry]) -> Placing:
    """Where these entries stand."""
    return placed_again(Placing({}, {}, {}, {}, {}, {}), {}, entries, entries)


def placed_again(
    placing: Placing, before: Mapping[Ref, Entry], after: Mapping[Ref, Entry], changed: Iterable[Ref]
) -> Placing:
    """Where the entries stand once those that `changed` names are no longer as `before` but as `after` has them."""
    refs = frozenset(changed)
    old = [(ref, before[ref]) for ref in refs if ref in before]
    new = [(ref, after[ref]) for ref in refs if ref in after]
    moved = _moved(placing.cells, old, new, _cells)
    counts = {cell: _count(after[ref] for ref in entries) for cell, entries in moved.items()}
    return Placing(
        _merged(placing.cells, moved),
        {cell: count for cell, count in {**placing.counts, **counts}.items() if moved.get(cell, True)},
        _merged(placing.data, _moved(placing.data, old, new, _data_rows)),
        _merged(placing.needed, _moved(placing.needed, old, new, _needed_rows)),
        _recounted(placing.answered, old, new, _answers),
        _recounted(placing.at_work, old, new, _areas_at_work),
    )


def _cells(ref: Ref, entry: Entry) -> Iterable[CellKey]:
    if entry.kind == "データ":
        return ()
    department = ref.department or COMMON
    return [(category, department) for category in dict.fromkeys(entry.categories)]


def _data_rows(_: Ref, entry: Entry) -> Iterable[str]:
    return dict.fromkeys(entry.categories) if entry.kind == "データ" else ()


def _needed_rows(_: Ref, entry: Entry) -> Iterable[str]:
    return dict.fromkeys(entry.categories) if entry.status == "必要" else ()


def _answers(_: Ref, entry: Entry) -> Iterable[str]:
    return dict.fromkeys(entry.addresses) if entry.kind == "取組" else ()


def _areas_at_work(_: Ref, entry: Entry) -> Iterable[str]:
    return dict.fromkeys(entry.areas) if entry.status == "取組中" else ()


def _count(entries: Iterable[Entry]) -> Counts:
    words: Counter[str] = Counter()
    for entry in entries:
        words[entry.status or entry.kind] += 1
        if entry.kind == "取組" and entry.difficulties:
            words["取組上の課題"] += 1
    return Counts(words["取組中"], words["検討中"], words["終了"], words["課題"], words["取組上の課題"])


def _moved(
    groups: Mapping[PlaceT, tuple[Ref, ...]], old: Placed, new: Placed, places: Callable[[Ref, Entry], Iterable[PlaceT]]
) -> dict[PlaceT, tuple[Ref, ...]]:
    """The groups that lose or gain an entry, as they are afterwards (some of them empty)."""
    gone: dict[PlaceT, set[Ref]] = defaultdict(set)
    come: dict[PlaceT, list[Ref]] = defaultdict(list)
    for ref, entry in old:
        for at in places(ref, entry):
            gone[at].add(ref)
    for ref, entry in new:
        for at in places(ref, entry):
            come[at].append(ref)
    return {
        at: tuple(sorted([*(ref for ref in groups.get(at, ()) if ref not in gone[at]), *come[at]]))
        for at in {**gone, **come}
    }


def _merged(
    groups: Mapping[PlaceT, tuple[Ref, ...]], moved: Mapping[PlaceT, tuple[Ref, ...]]
) -> Mapping[PlaceT, tuple[Ref, ...]]:
    return {at: refs for at, refs in {**groups, **moved}.items() if refs}


def _recounted(
    counts: Mapping[str, int], old: Placed, new: Placed, names: Callable[[Ref, Entry], Iterable[str]]
) -> Mapping[str, int]:
    after = Counter(counts)
    after.update(name for ref, entry in new for name in names(ref, entry))
    after.subtract(name for ref, entry in old for name in names(ref, entry))
    return +after

"""Where every entry stands in the matrix: one pass over the entries, and after an edit only the cells it touches."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from kyoju_tui.overview.asked import CellKey
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import COMMON, Ref

PlaceT = TypeVar("PlaceT", str, CellKey)


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
    gone, come = _Places(), _Places()
    for ref in dict.fromkeys(changed):
        if (old := before.get(ref)) is not None:
            gone.add(ref, old)
        if (new := after.get(ref)) is not None:
            come.add(ref, new)
    cells = _moved(placing.cells, gone.cells, come.cells)
    counts = dict(placing.counts)
    for cell in {**gone.figures, **come.figures}:
        figures = zip(_figures(counts.get(cell)), come.figures[cell], gone.figures[cell], strict=True)
        counts[cell] = Counts(*(count + more - fewer for count, more, fewer in figures))
    return Placing(
        cells,
        {cell: count for cell, count in counts.items() if cell in cells},
        _moved(placing.data, gone.data, come.data),
        _moved(placing.needed, gone.needed, come.needed),
        _recounted(placing.answered, gone.answered, come.answered),
        _recounted(placing.at_work, gone.at_work, come.at_work),
    )


# The place of each status and kind among the figures of `Counts`.
_FIGURE: Final = {"取組中": 0, "検討中": 1, "終了": 2, "課題": 3}
_WITH_DIFFICULTIES: Final = 4


class _Places:
    """The places of a few entries or of all, gathered in one pass."""

    def __init__(self) -> None:
        self.cells: dict[CellKey, list[Ref]] = defaultdict(list)
        self.figures: dict[CellKey, list[int]] = defaultdict(lambda: [0, 0, 0, 0, 0])
        self.data: dict[str, list[Ref]] = defaultdict(list)
        self.needed: dict[str, list[Ref]] = defaultdict(list)
        self.answered: Counter[str] = Counter()
        self.at_work: Counter[str] = Counter()

    def add(self, ref: Ref, entry: Entry) -> None:
        """Note where an entry stands. A category that it names twice counts once."""
        kind, status, categories = entry.kind, entry.status, entry.categories
        rows = categories if len(categories) == 1 else dict.fromkeys(categories)
        if kind == "データ":
            for row in rows:
                self.data[row].append(ref)
            return
        department = ref.department or COMMON
        figure = _FIGURE.get(status or kind)
        for row in rows:
            cell = row, department
            self.cells[cell].append(ref)
            figures = self.figures[cell]
            if figure is not None:
                figures[figure] += 1
            if kind == "取組" and entry.difficulties:
                figures[_WITH_DIFFICULTIES] += 1
        if status == "必要":
            for row in rows:
                self.needed[row].append(ref)
        if kind == "取組":
            self.answered.update(frozenset(entry.addresses))
        if status == "取組中":
            self.at_work.update(frozenset(entry.areas))


def _figures(counts: Counts | None) -> tuple[int, int, int, int, int]:
    if counts is None:
        return 0, 0, 0, 0, 0
    return counts.under_way, counts.considered, counts.ended, counts.issues, counts.with_difficulties


def _moved(
    groups: Mapping[PlaceT, tuple[Ref, ...]], gone: Mapping[PlaceT, list[Ref]], come: Mapping[PlaceT, list[Ref]]
) -> Mapping[PlaceT, tuple[Ref, ...]]:
    """The groups after some entries left and some came. One that is touched is a new tuple; an empty one is no more."""
    after = dict(groups)
    for at in {**gone, **come}:
        left = frozenset(gone.get(at, ()))
        refs = sorted([*(ref for ref in groups.get(at, ()) if ref not in left), *come.get(at, ())])
        if refs:
            after[at] = tuple(refs)
        else:
            del after[at]
    return after


def _recounted(counts: Mapping[str, int], gone: Counter[str], come: Counter[str]) -> Mapping[str, int]:
    if not gone and not come:
        return counts
    after = Counter(counts)
    after.update(come)
    after.subtract(gone)
    return +after

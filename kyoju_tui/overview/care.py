"""Community-based integrated care (地域包括ケア): what each daily living area has of each element (handbook 2-2).

The five supports stand on the ground of 住まい, so that one is the last row. Columns are the 日常生活圏域 of the areas,
then the areas that name none, then what is not bound to an area.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from kyoju_tui.records.entry import CareElement, Entry
from kyoju_tui.records.group import Group
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot

ELEMENTS: Final[tuple[CareElement, ...]] = get_args(CareElement)
UNPLACED: Final = "圏域の記入なし"
EVERYWHERE: Final = "全域"
_DESKS: Final = ("地域包括", "NPO", "事業者", "活動団体", "コミュニティ", "連合町内会", "町内会", "商店街")

Cover = Literal["あり", "課題のみ", "全域のみ", "なし"]


@dataclass(frozen=True, slots=True)
class CareCell:
    """One element in one living area: 取組 that are not 終了, 課題, and the areas that are tagged with it."""

    initiatives: tuple[Ref, ...] = ()
    issues: tuple[Ref, ...] = ()
    areas: tuple[Ref, ...] = ()

    @property
    def refs(self) -> tuple[Ref, ...]:
        """All that stands in it."""
        return (*self.initiatives, *self.issues, *self.areas)


@dataclass(frozen=True, slots=True)
class Care:
    """The table: `columns` in order, their areas (`areas`), cells by (element, column)."""

    columns: tuple[str, ...]
    areas: Mapping[str, tuple[Ref, ...]]
    cells: Mapping[tuple[str, str], CareCell]

    def cell(self, element: str, column: str) -> CareCell:
        """A cell, empty where nothing was tagged."""
        return self.cells.get((element, column), _EMPTY)

    def cover(self, element: str, column: str) -> Cover:
        """Whether the element is there; 全域のみ where only something not bound to an area has it."""
        cell = self.cell(element, column)
        if cell.initiatives or cell.areas:
            return "あり"
        if column != EVERYWHERE and self.cell(element, EVERYWHERE).initiatives:
            return "全域のみ"
        return "課題のみ" if cell.issues else "なし"

    @property
    def gaps(self) -> tuple[tuple[str, str], ...]:
        """(element, column) of the living areas in which nothing covers it, not even something for the whole town."""
        return tuple(
            (element, column)
            for element in ELEMENTS
            for column in self.columns
            if column != EVERYWHERE and self.cover(element, column) in ("なし", "課題のみ")
        )


_EMPTY: Final = CareCell()


def care(snapshot: Snapshot) -> Care:
    """The table of a store."""
    areas: dict[str, list[Ref]] = defaultdict(list)
    column_of: dict[str, str] = {}
    for ref, area in snapshot.areas.items():
        column_of[ref.id] = area.daily_living_area or UNPLACED
        areas[column_of[ref.id]].append(ref)
    named = sorted(column for column in areas if column != UNPLACED)
    columns = (*named, *((UNPLACED,) if UNPLACED in areas else ()), EVERYWHERE)
    initiatives: dict[tuple[str, str], list[Ref]] = defaultdict(list)
    issues: dict[tuple[str, str], list[Ref]] = defaultdict(list)
    for ref, entry in snapshot.entries.items():
        if entry.kind == "データ" or entry.status == "終了":
            continue
        # A 取組 that is only needed covers nothing yet: it shows what is missing, as an issue does.
        cells = initiatives if entry.kind == "取組" and entry.status != "必要" else issues
        places = dict.fromkeys(column_of[area] for area in entry.areas if area in column_of) or (EVERYWHERE,)
        for element in dict.fromkeys(entry.care_elements):
            for column in places:
                cells[element, column].append(ref)
    supported: dict[tuple[str, str], list[Ref]] = defaultdict(list)
    for ref, area in snapshot.areas.items():
        for element in dict.fromkeys(area.care_elements):
            supported[element, column_of[ref.id]].append(ref)
    cells_of = {
        key: CareCell(tuple(initiatives.get(key, ())), tuple(issues.get(key, ())), tuple(supported.get(key, ())))
        for key in initiatives.keys() | issues.keys() | supported.keys()
    }
    return Care(columns, {column: tuple(refs) for column, refs in areas.items()}, cells_of)


def bodies(snapshot: Snapshot, areas: Collection[Ref]) -> tuple[Ref, ...]:
    """Whom to contact about these areas: their groups, 地域包括支援センター first; those bound to none come along."""
    wanted = {ref.id for ref in areas}
    found = [
        (_DESKS.index(group.kind), ref)
        for ref, group in snapshot.all(Group).items()
        if group.kind in _DESKS
        and (not wanted.isdisjoint(group.areas) or (not group.areas and group.kind == "地域包括"))
    ]
    return tuple(ref for _, ref in sorted(found))


def tagged(snapshot: Snapshot, refs: Iterable[Ref], element: CareElement, areas: Iterable[str]) -> dict[Ref, Entry]:
    """These entries with the element and the areas (ids) added; those that differ only."""
    added = tuple(areas)
    found: dict[Ref, Entry] = {}
    for ref in refs:
        entry = snapshot.expect(ref, Entry)
        elements = tuple(dict.fromkeys((*entry.care_elements, element)))
        places = tuple(dict.fromkeys((*entry.areas, *added)))
        if (elements, places) != (entry.care_elements, entry.areas):
            found[ref] = entry.but(care_elements=list(elements), areas=list(places))
    return found

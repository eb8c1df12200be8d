"""Figures of whole areas from those of their small areas: counts, and shares with what they are shares of.

Nothing is computed from a suppressed figure, nor from a part of an area; nothing is ever subtracted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from kyoju_tui.exchange.statistics.cells import Cell
from kyoju_tui.exchange.statistics.concepts import Concept, concepts
from kyoju_tui.exchange.statistics.matching import Member
from kyoju_tui.exchange.statistics.table import Table

SUPPRESSED: Final = "秘匿のため算出しない"
_FOREIGN: Final = "地域の外の小地域と合算されているため算出しない"
WITHOUT_UNKNOWN: Final = "年齢不詳を除く人口"
WITH_UNKNOWN: Final = "年齢不詳を含む人口"

_AGES: Final[tuple[Concept, ...]] = ("15歳未満", "15〜64歳", "65歳以上")
_COUNTS: Final[tuple[tuple[Concept, str], ...]] = (("人口", "人"), ("人口の増減", "人"), ("世帯数", "世帯"))
_SHARES: Final[tuple[Concept, ...]] = ("65歳以上", "75歳以上", "15歳未満")
_HOUSEHOLD_SHARES: Final[tuple[Concept, ...]] = ("高齢単身世帯", "子どものいる世帯")


@dataclass(frozen=True, slots=True)
class Computed:
    """One indicator of an area. Without a `value`, `why` says why there is none.

    `coverage` says of how many of the area's small areas it is, and `few` that it is of fewer people than the floor.
    """

    name: str
    value: int | float | None
    unit: str
    denominator: str
    coverage: str
    why: str = ""
    few: bool = False


def computed(table: Table, members: Sequence[Member], lacking: Sequence[str], floor: int) -> tuple[Computed, ...]:
    """The indicators of one area, as far as the table's columns allow."""
    there = concepts(table.columns)
    if not there or not members:
        return ()
    counts = _Counts(table, members, there)
    coverage, partly = _coverage(members, lacking, counts)
    people = counts.of("人口")
    few = people.value is not None and people.value < floor
    return tuple(
        Computed(name, None if partly else value, unit, denominator, coverage, partly or why, few and bool(denominator))
        for name, value, unit, denominator, why in _all(counts, there)
    )


@dataclass(frozen=True, slots=True)
class _Sum:
    value: int | float | None
    why: str = ""


class _Counts:
    """Sums over an area's rows. A suppressed row is left out where another row of the area tells its figures too."""

    def __init__(self, table: Table, members: Sequence[Member], there: Mapping[Concept, int]) -> None:
        lines = {member.row.line for member in members}
        self.told_with = {line for holder, held in table.holds.items() if holder in lines for line in held}
        self.foreign = any(
            line not in lines for holder, held in table.holds.items() if holder in lines for line in held
        )
        self._rows = [member.row for member in members if member.row.line not in self.told_with]
        self._there = there

    def of(self, concept: Concept) -> _Sum:
        """The sum of a column; none where a figure of it is suppressed or missing."""
        if concept not in self._there:
            return _Sum(None, "列がありません")
        cells: list[Cell] = [row.cells[self._there[concept]] for row in self._rows]
        if any(cell.status == "秘匿" for cell in cells):
            return _Sum(None, SUPPRESSED)
        if any(cell.value is None for cell in cells) or not cells:
            return _Sum(None, "欠損のため算出しない")
        return _Sum(sum(cell.value for cell in cells if cell.value is not None))


def _coverage(members: Sequence[Member], lacking: Sequence[str], counts: _Counts) -> tuple[str, str]:
    """How much of the area it is, in words, and why it is not computed where that is not all of it."""
    if any(member.whole for member in members):
        return "地域全体", _FOREIGN if counts.foreign else ""
    found, listed = len(members), len(members) + len(lacking)
    words = f"小地域{listed}のうち{found}"
    if lacking:
        return words, f"{words}だけが表にあるため算出しない（ない小地域：{'、'.join(lacking[:3])}）"
    if counts.foreign:
        return words, _FOREIGN
    merged = len(counts.told_with)
    return (f"{words}（合算{merged}を含む）" if merged else words), ""


def _all(counts: _Counts, there: Mapping[Concept, int]) -> Iterator[tuple[str, int | float | None, str, str, str]]:
    """Name, value, unit, denominator, and why there is no value."""
    for concept, unit in _COUNTS:
        if concept in there:
            found = counts.of(concept)
            yield concept, found.value, unit, "", found.why
    whole, words = _people(counts, there)
    for concept in _SHARES:
        if concept in there and whole is not None:
            yield (f"{concept}の割合", *_share(counts.of(concept), whole), words, _why(counts.of(concept), whole))
    base: Concept = "一般世帯数" if "一般世帯数" in there else "世帯数"
    for concept in _HOUSEHOLD_SHARES:
        if concept in there:
            found = counts.of(concept)
            yield concept, found.value, "世帯", "", found.why
            if base in there:
                whole_households = counts.of(base)
                share = _share(found, whole_households)
                yield (f"{concept}の割合", *share, base, _why(found, whole_households))


def _people(counts: _Counts, there: Mapping[Concept, int]) -> tuple[_Sum | None, str]:
    """What shares of ages are of: those whose age is known, where the table has all three ages; else everybody."""
    if all(concept in there for concept in _AGES):
        ages = [counts.of(concept) for concept in _AGES]
        lacking = next((each for each in ages if each.value is None), None)
        return (lacking or _Sum(sum(each.value or 0 for each in ages))), WITHOUT_UNKNOWN
    if "人口" in there:
        return counts.of("人口"), WITH_UNKNOWN
    return None, ""


def _share(part: _Sum, whole: _Sum) -> tuple[float | None, str]:
    if part.value is None or not whole.value:
        return None, "%"
    # Rounded as offices round, which is not how binary fractions do.
    share = Decimal(str(part.value)) * 100 / Decimal(str(whole.value))
    return float(share.quantize(Decimal("0.1"), ROUND_HALF_UP)), "%"


def _why(part: _Sum, whole: _Sum) -> str:
    if part.value is None:
        return part.why
    if whole.value is None:
        return whole.why
    return "" if whole.value else "分母が0のため算出しない"

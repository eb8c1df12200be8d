"""Areas beside each other: their order, the plot of the two axes, indicators side by side (handbook 3-1).

The axes are words, each with its evidence; nothing here adds them up, and nothing is computed from indicators.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kyoju_tui.records.area import Area, Indicator
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot

WILLINGNESS: Final = ("活発", "一部で動き", "これから", "未把握")
PRIORITY: Final = ("高", "中", "低", "未判定")

_STATUS: Final = ("モデル", "対象", "候補", "今回は対象外", None)
_INTENT: Final = ("始めたい", "未把握", None, "実施中")
_POPULATION: Final = frozenset(map(fold, ("人口", "総人口", "人口総数")))
_RATES: Final = frozenset(map(fold, ("%", "‰", "パーセント", "割")))
NO_VALUE: Final = "値なし（秘匿・欠損など）"


def by_status(ref: Ref, area: Area) -> tuple[object, ...]:
    """Where an area stands in the list: models, targets, candidates, the others."""
    return _STATUS.index(area.status), ref


def by_intent(ref: Ref, area: Area) -> tuple[object, ...]:
    """Where an area stands where those that want to begin are looked for: first; last those under way."""
    return _INTENT.index(area.intent), _STATUS.index(area.status), ref


def last_visit(area: Area) -> date | None:
    """The day of the newest visit; None where nobody has been there."""
    return max((visit.on for visit in area.visits if visit.on is not None), default=None)


def willingness_of(area: Area) -> str:
    """意欲 in its word; what nobody has judged is 未把握."""
    return (area.willingness.level if area.willingness is not None else None) or WILLINGNESS[-1]


def priority_of(area: Area) -> str:
    """優先度 in its word; what nobody has judged is 未判定."""
    return (area.priority.level if area.priority is not None else None) or PRIORITY[-1]


def plot(areas: Mapping[Ref, Area]) -> Mapping[tuple[str, str], tuple[Ref, ...]]:
    """The areas by (優先度, 意欲), in the order of the list; each area stands in one place."""
    places: dict[tuple[str, str], list[Ref]] = {(high, keen): [] for high in PRIORITY for keen in WILLINGNESS}
    for ref, area in sorted(areas.items(), key=lambda pair: by_status(*pair)):
        places[priority_of(area), willingness_of(area)].append(ref)
    return {place: tuple(refs) for place, refs in places.items()}


@dataclass(frozen=True, slots=True)
class Compared:
    """An area's newest figure of an indicator. `number` is its index in the record, `uncertain` marks a rate of few."""

    number: int
    value: str
    as_of: str
    denominator: str
    source: str
    uncertain: bool


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One indicator over the areas that have it; `uneven` says what makes the figures hard to compare."""

    name: str
    figures: Mapping[Ref, Compared]
    uneven: tuple[str, ...]


def comparison(snapshot: Snapshot, refs: Sequence[Ref]) -> tuple[IndicatorRow, ...]:
    """The indicators of these areas side by side, each area's newest figure, in the order in which they are met."""
    found: dict[str, dict[Ref, tuple[int, Indicator]]] = {}
    for ref in refs:
        for number, indicator in enumerate(snapshot.expect(ref, Area).indicators):
            row = found.setdefault(fold(indicator.name), {})
            if ref not in row or _newer(indicator, row[ref][1]):
                row[ref] = number, indicator
    few = {ref for ref in refs if few_people(snapshot, snapshot.expect(ref, Area))}
    return tuple(_row(snapshot, row, few) for row in found.values())


def few_people(snapshot: Snapshot, area: Area) -> bool:
    """Whether the newest population is under the store's floor, so that rates jump (an unknown one is not)."""
    newest = newest_population(area)
    return newest is not None and newest.value is not None and newest.value < snapshot.store.population_floor


def newest_population(area: Area) -> Indicator | None:
    """The newest figure of how many people live there; None where nobody has noted one."""
    newest: Indicator | None = None
    for indicator in area.indicators:
        if fold(indicator.name) in _POPULATION and (newest is None or _newer(indicator, newest)):
            newest = indicator
    return newest


def figure_words(indicator: Indicator) -> str:
    """The value with its unit; suppressed and missing ones are said to be so, and are never a zero."""
    if indicator.value is None:
        return NO_VALUE
    return f"{indicator.value:,}{indicator.unit or ''}"


def _newer(one: Indicator, other: Indicator) -> bool:
    return (one.as_of or date.min) > (other.as_of or date.min)


def _row(snapshot: Snapshot, figures: Mapping[Ref, tuple[int, Indicator]], few: Iterable[Ref]) -> IndicatorRow:
    each = [indicator for _, indicator in figures.values()]
    checked = {
        "時点": {indicator.as_of for indicator in each},
        "分母": {fold(indicator.denominator or "") for indicator in each},
        "単位": {fold(indicator.unit or "") for indicator in each},
    }
    return IndicatorRow(
        each[0].name,
        {
            ref: Compared(
                number,
                figure_words(indicator),
                format_date(indicator.as_of, weekday=False) if indicator.as_of else "",
                indicator.denominator or "",
                snapshot.name("dataset", indicator.dataset) if indicator.dataset else "",
                ref in few and is_rate(indicator),
            )
            for ref, (number, indicator) in figures.items()
        },
        tuple(label for label, values in checked.items() if len(values) > 1),
    )


def is_rate(indicator: Indicator) -> bool:
    """Whether a figure is a share of others: it names a denominator, or its unit is one of shares."""
    return indicator.denominator is not None or fold(indicator.unit or "") in _RATES

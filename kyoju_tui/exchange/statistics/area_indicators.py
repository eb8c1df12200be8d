"""The indicators that a table offers for the areas of the store, as changes of their records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kyoju_tui.exchange.bringing import Placed
from kyoju_tui.exchange.statistics.indicators import Computed, computed
from kyoju_tui.exchange.statistics.made import made
from kyoju_tui.exchange.statistics.matching import match
from kyoju_tui.exchange.statistics.reading import listed
from kyoju_tui.exchange.statistics.table import Table
from kyoju_tui.records.area import Area, Indicator
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.requests import Put
from kyoju_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Offered:
    """Changes of areas, the values in them one by one, and what is to be told of the places."""

    changes: tuple[Put, ...] = ()
    placed: tuple[Placed, ...] = ()
    remarks: tuple[str, ...] = ()


def offered(workspace: Workspace, table: Table, aliases: Mapping[str, str], ref: Ref, dataset: Dataset) -> Offered:
    """The indicators of every area that the table has places of. Without a day there are none."""
    snapshot = workspace.snapshot
    if not snapshot.all(Area):
        return Offered()
    bases = {each: workspace.base(each) for each in snapshot.all(Area)}
    found = match((*table.rows, *(each.row for each in table.left_out if not each.doubtful)), snapshot, aliases)
    taken = {row.line for row in table.rows}
    unmatched = [row.name for row in found.unmatched if row.line in taken]
    remarks: list[str] = []
    if unmatched:
        remarks.append(f"この保管場所の地域に結び付かない行：{len(unmatched)}件（{listed(unmatched)}）。")
    if found.unclear:
        remarks.append(f"どの地域か決められない名前：{listed(found.unclear)}。地域の指標は計算していません。")
    if dataset.as_of is None:
        return Offered(remarks=tuple(remarks))
    changes: list[Put] = []
    placed: list[Placed] = []
    for area_ref, members in found.members.items():
        area = snapshot.expect(area_ref, Area)
        indicators = list(area.indicators)
        results = computed(table, members, found.lacking.get(area_ref, ()), snapshot.store.population_floor)
        results += _change(area, results, ref, dataset)
        placed += [_put(indicators, each, area_ref, area, ref, dataset) for each in results]
        if tuple(indicators) != area.indicators:
            changes.append(Put(area_ref, area.but(indicators=[to_plain(each) for each in indicators]), bases[area_ref]))
    return Offered(tuple(changes), tuple(placed), tuple(remarks))


def _put(indicators: list[Indicator], each: Computed, area_ref: Ref, area: Area, ref: Ref, dataset: Dataset) -> Placed:
    """Put one indicator in its place, and say so."""
    fresh = made(
        Indicator,
        {
            "name": each.name,
            "as_of": dataset.as_of,
            "value": each.value,
            "unit": each.unit,
            "denominator": each.denominator,
            "dataset": ref.id,
            "coverage": each.coverage if each.value is not None else each.why,
        },
    )
    at = next(
        (number for number, old in enumerate(indicators) if (old.name, old.as_of) == (fresh.name, fresh.as_of)), None
    )
    words = "　".join(filter(None, (each.coverage, f"分母：{each.denominator}" if each.denominator else "", each.why)))
    if each.few:
        words += "　人口が少ないため参考"
    if at is None:
        if each.value is None:
            return Placed("", "不明", area_ref, area.name, each.name, why=f"{words}。")
        indicators.append(fresh)
        return Placed("", "追加", area_ref, area.name, each.name, after=_words(fresh), why=words)
    old = indicators[at]
    if each.value is None and old.dataset != ref.id:
        return Placed(
            "", "不明", area_ref, area.name, each.name, before=_words(old), why=f"{words}。いまの値を残します。"
        )
    indicators[at] = fresh
    outcome = "同じ" if old == fresh else "変更"
    return Placed("", outcome, area_ref, area.name, each.name, _words(old), _words(fresh), words)


def _change(area: Area, results: tuple[Computed, ...], ref: Ref, dataset: Dataset) -> tuple[Computed, ...]:
    """The change of the population since the newest earlier figure of the same data set; others count differently."""
    people = next((each for each in results if each.name == "人口" and each.value is not None), None)
    if people is None or people.value is None or dataset.as_of is None:
        return ()
    earlier = [
        (each.as_of, each.value)
        for each in area.indicators
        if each.name == "人口" and each.dataset == ref.id and each.value is not None and each.as_of is not None
    ]
    before = [pair for pair in earlier if pair[0] < dataset.as_of]
    if not before or any(each.name == "人口の増減" for each in results):
        return ()
    day, value = max(before)
    since = f"{format_date(day, weekday=False)}から"
    since_then = replace(people, name="人口の増減", value=people.value - value, coverage=since)
    return (since_then,)


def _words(indicator: Indicator) -> str:
    if indicator.value is None:
        return indicator.coverage or "値なし"
    return f"{indicator.value:,}{indicator.unit or ''}"

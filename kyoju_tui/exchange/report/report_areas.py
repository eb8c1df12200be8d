"""The report's areas: what they are, where they stand on the two axes, their indicators (handbook 3-1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.papers.paper import Box, Column, Table, box
from kyoju_tui.exchange.report.publishing import WITHHELD, Audience, withheld
from kyoju_tui.exchange.report.report_charts import Bar, axes, bars
from kyoju_tui.overview.areas import IndicatorRow, by_status, comparison, plot, priority_of
from kyoju_tui.records.area import Area
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot

_UNCERTAIN: Final = "参考値（人口が少ないため）"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with its caption, and what to mind about it."""

    caption: str
    svg: str
    remarks: tuple[str, ...]


def areas_part(
    snapshot: Snapshot, audience: Audience
) -> tuple[tuple[Table, ...], str, tuple[Chart, ...], tuple[str, ...]]:
    """The table, the plot (for the secretariat), a chart per indicator, and what to mind about all of them."""
    areas = dict(sorted(snapshot.areas.items(), key=lambda pair: by_status(*pair)))
    if not areas:
        return (), "", (), ()
    public = audience == "公開"
    hidden = {ref: withheld(area) for ref, area in areas.items()} if public else {}
    rows = comparison(snapshot, tuple(areas))
    table = Table("地域", _columns(audience), tuple(_row(snapshot, area, audience) for area in areas.values()))
    charts = tuple(_chart(snapshot, row, hidden) for row in rows)
    plotted = axes({place: [areas[ref].name for ref in refs] for place, refs in plot(areas).items()})
    return (table,), plotted if audience == "事務局" else "", charts, tuple(_notes(snapshot, rows, public=public))


def _columns(audience: Audience) -> tuple[Column, ...]:
    judged = [Column("優先度", 6)] if audience != "公開" else []
    return (
        Column("地域名", 10),
        Column("位置づけ", 8),
        Column("範囲", 12),
        *judged,
        Column("成り立ち・立地", 26),
        Column("位置づけの理由", 24),
    )


def _row(snapshot: Snapshot, area: Area, audience: Audience) -> tuple[Box, ...]:
    scope = "　".join(filter(None, (area.scope or "", f"町内会{len(area.members)}" if area.members else "")))
    community = snapshot.by_id("group", area.community) if area.community else None
    if community is not None:
        scope = f"{scope}　{snapshot.title(community)}"
    place = "\n".join(filter(None, (area.formation, area.location)))
    reason = area.status_reason or ""
    judged = [box(priority_of(area))] if audience != "公開" else []
    return box(area.name), box(area.status or "候補にしていない"), box(scope), *judged, box(place), box(reason)


def _chart(snapshot: Snapshot, row: IndicatorRow, hidden: Mapping[Ref, Mapping[int, str]]) -> Chart:
    found: list[Bar] = []
    for ref, figure in row.figures.items():
        area = snapshot.expect(ref, Area)
        indicator = area.indicators[figure.number]
        why = hidden.get(ref, {}).get(figure.number, "")
        if why:
            found.append(Bar(area.name, None, why))
            continue
        uncertain = figure.uncertain and indicator.value is not None
        remarks = [figure.as_of and f"{figure.as_of}時点", _UNCERTAIN if uncertain else ""]
        if indicator.value is None:
            remarks.append(indicator.coverage or "")
        remark = "　".join(filter(None, remarks))
        found.append(Bar(area.name, indicator.value, figure.value, remark, uncertain=uncertain))
    remarks = [f"{label}がそろっていないため、比べるときは注意してください。" for label in row.uneven]
    parts = sorted({f"分母：{each.denominator}" for each in row.figures.values() if each.denominator})
    named = [each for ref, each in row.figures.items() if each.source and _named(snapshot, ref, each.number)]
    sources = sorted({f"出所：{each.source}" for each in named})
    return Chart(row.name, bars(row.name, found), (*parts, *sources, *remarks))


def _named(snapshot: Snapshot, ref: Ref, number: int) -> bool:
    """Whether the data set of a figure may be named."""
    dataset = snapshot.expect(ref, Area).indicators[number].dataset
    return dataset is not None and snapshot.by_id("dataset", dataset) is not None


def _notes(snapshot: Snapshot, rows: tuple[IndicatorRow, ...], *, public: bool) -> Iterator[str]:
    if any(figure.uncertain for row in rows for figure in row.figures.values()):
        floor = snapshot.store.population_floor
        yield f"人口{floor}人に満たない地域の率は、数人の増減で大きく変わるため参考値です（色を薄くしています）。"
    if public:
        yield f"「{WITHHELD}」は、人や世帯の数が少ないため公表しない値です。0とは違います。"
    if rows:
        yield "指標は地域を選ぶ材料の1つで、順位や点数ではありません。"

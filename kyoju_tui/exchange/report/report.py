"""The report (報告書): what the records say on a day, for managers, for the secretariat, or for the public.

Nobody's overdue answers and no persons are in it; how willing an area is, and who is late, only where the secretariat
asks for it (`事務局`). For the public (`公開`) it is made of records marked 公開可 alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kyoju_tui.exchange.image_map_svg import image_map_svg
from kyoju_tui.exchange.matrix_paper import STATES, TEXTS, Layer, Shown, legend, matrix_table, title_of
from kyoju_tui.exchange.papers.paper import Said, Table
from kyoju_tui.exchange.report.publishing import Audience, left_out, publishable
from kyoju_tui.exchange.report.report_areas import Chart, areas_part
from kyoju_tui.exchange.report.report_changes import changes_table
from kyoju_tui.exchange.report.report_meetings import MeetingPart, meeting_parts
from kyoju_tui.exchange.report.report_points import points_tables, steps_table
from kyoju_tui.exchange.report.report_themes import ThemesPart, themes_part
from kyoju_tui.overview.figures import figures
from kyoju_tui.overview.findings import examine
from kyoju_tui.overview.image_map import picture
from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.store import Store

MARKS: Final[dict[Audience, str]] = {"庁内": "庁内限り", "事務局": "事務局限り", "公開": "公開可"}
Told = Callable[[str, int, int], None]
_STEPS: Final = 5


@dataclass(frozen=True)
class Since:
    """The moment from which changes are told: in words, and the records as they stood."""

    words: str
    snapshot: Snapshot = field(repr=False)


@dataclass(frozen=True)
class Report:
    """All that a report says, in the order in which it is read. Empty parts are left out of the page."""

    title: str
    town: str
    mark: str
    as_of: str
    purpose: str
    direction: str
    figures: tuple[str, ...]
    matrices: tuple[Table, ...]
    legend: tuple[Said, ...]
    points: tuple[Table, ...]
    areas: tuple[Table, ...]
    plot: str
    charts: tuple[Chart, ...]
    area_notes: tuple[str, ...]
    image_map: str
    meetings: tuple[MeetingPart, ...]
    themes: ThemesPart
    since: str
    changes: Table | None
    steps: Table | None
    notes: tuple[str, ...]


def report(
    snapshot: Snapshot,
    today: date,
    audience: Audience = "庁内",
    since: Since | None = None,
    told: Told = lambda _what, _done, _of: None,
) -> Report:
    """The report of these records. `told` hears how far it is, and ends the work by raising."""
    public = audience == "公開"
    told("記録を選んでいます", 0, _STEPS)
    seen = publishable(snapshot) if public else snapshot
    whole = matrix(seen, today)
    told("論点を調べています", 1, _STEPS)
    views = examine(whole).views
    told("会議と地域をまとめています", 2, _STEPS)
    area_tables, plot, charts, area_notes = areas_part(seen, audience)
    meetings = meeting_parts(seen, today, public=public)
    told("変わったところを調べています", 3, _STEPS)
    changes = changes_table(since.snapshot, snapshot, audience) if since is not None else None
    told("まとめています", 4, _STEPS)
    policy, store = seen.get("policy"), seen.get("store")
    return Report(
        title=title_of(whole),
        town=store.municipality if isinstance(store, Store) else "",
        mark=MARKS[audience],
        as_of=format_date(today),
        purpose=(policy.purpose or "") if isinstance(policy, Policy) else "",
        direction=(policy.direction or "") if isinstance(policy, Policy) else "",
        figures=() if public else _figures(whole),
        matrices=tuple(matrix_table(whole, _shown(layer, audience)) for layer in (STATES, TEXTS)),
        legend=legend(_shown(STATES, audience)),
        points=points_tables(seen, views, public=public),
        areas=area_tables,
        plot=plot,
        charts=charts,
        area_notes=area_notes,
        image_map=image_map_svg(seen) if picture(seen).boxes else "",
        meetings=meetings,
        themes=themes_part(seen),
        since=since.words if since is not None else "",
        changes=changes,
        steps=None if public else steps_table(whole, views, audience),
        notes=_notes(snapshot, seen, audience),
    )


def _shown(layer: Layer, audience: Audience) -> Shown:
    return Shown(layer, discreet=audience != "事務局", published=audience == "公開")


def _figures(whole: Matrix) -> tuple[str, ...]:
    found = figures(whole)
    return (
        f"記載のある欄 {found.filled}、空いている欄 {found.empty}（うち記入なし {found.gaps}）",
        f"取組のある欄 {found.with_initiative}、課題だけの欄 {found.issues_only}",
        f"2つ以上の部署に取組があるカテゴリー {found.shared}、1つの部署だけのカテゴリー {found.single}",
        f"基礎データのないカテゴリー {found.without_data}",
    )


def _notes(snapshot: Snapshot, seen: Snapshot, audience: Audience) -> tuple[str, ...]:
    if audience == "公開":
        kept = left_out(snapshot, seen)
        return (
            f"公開区分が「公開可」の記録だけで作りました。ほかの記録{kept}件は、載せていません。",
            "空いている欄や、ここに書かれていないことは、取組や課題がないことを示すものではありません。",
            "10人に満たない数と、そこから計算できる値は、載せていません。",
            "キーパーソン、連絡先、地域の意欲・優先度の判断は、載せていません。",
        )
    told = ["キーパーソンと連絡先は、載せていません。"]
    if audience == "庁内":
        told.append("回答の期限を過ぎた部署と、地域の意欲の判断は、載せていません。")
    return tuple(told)

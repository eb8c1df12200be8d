"""Points (論点) and reminders (確認事項) as a paper, with what was settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from kyoju_tui.exchange.papers.paper import Box, Column, Paper, Said, Table, box
from kyoju_tui.overview.findings import FindingView
from kyoju_tui.records.dates import format_date, format_short
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.store import Store

_COLUMNS: Final = (
    Column("種別・名称", 10),
    Column("対象", 16),
    Column("理由", 30),
    Column("整理結果", 9),
    Column("段階", 6),
    Column("整理の理由", 20),
    Column("整理した日", 7),
)
_OPEN: Final = (*_COLUMNS[:3], Column("整理のしかた", 24))
_MOST_SUBJECTS: Final = 6


def findings_paper(snapshot: Snapshot, today: date, views: Iterable[FindingView]) -> Paper:
    """The paper: what is open first, then what was settled, each in its order."""
    found = sorted(views, key=lambda view: view.settled)
    store = snapshot.get("store")
    town = store.municipality if isinstance(store, Store) else ""
    open_points = sum(not view.settled for view in found)
    facts = (f"{format_date(today)}時点", f"{len(found)}件のうち未整理{open_points}件")
    return Paper(f"{town}　論点・確認事項", facts, (findings_table(snapshot, found),))


def findings_table(snapshot: Snapshot, views: Iterable[FindingView], caption: str = "論点・確認事項") -> Table:
    """A row per point; those that a meeting should not pass over are marked in words, too."""
    return Table(caption, _COLUMNS, tuple(_row(snapshot, view) for view in views))


def open_table(snapshot: Snapshot, views: Iterable[FindingView], caption: str) -> Table:
    """A row per point that is not settled, with what would settle it."""
    rows = ((*_row(snapshot, view)[:3], box(view.cure)) for view in views)
    return Table(caption, _OPEN, tuple(rows))


def subject_words(snapshot: Snapshot, view: FindingView) -> str:
    """What a point is about, by name."""
    named = [snapshot.title(ref) for ref in view.subjects[:_MOST_SUBJECTS]]
    more = f"ほか{len(view.subjects) - _MOST_SUBJECTS}件" if len(view.subjects) > _MOST_SUBJECTS else ""
    return "・".join(filter(None, (*named, more)))


def _row(snapshot: Snapshot, view: FindingView) -> tuple[Box, ...]:
    urgent = (Said("急ぐもの", "gap"),) if view.strong and not view.settled else ()
    day = format_short(view.decided_on) if view.decided_on else ""
    verdict = box(view.verdict) if view.verdict else box("未整理", "strong" if view.kind == "論点" else "calm")
    return (
        Box((Said(f"{view.kind}　{view.name}"), *urgent), refs=view.subjects),
        box(subject_words(snapshot, view)),
        box(view.why),
        verdict,
        box(view.stage or ""),
        box(view.reason or ""),
        box(day),
    )

"""The report's points with what was settled, and how far each step of the handbook is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kyoju_tui.exchange.findings_paper import findings_table, open_table
from kyoju_tui.exchange.papers.paper import Box, Column, Said, Table, Tone, box
from kyoju_tui.exchange.report.publishing import Audience
from kyoju_tui.overview.findings import FindingView
from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.progress import Step, progress_of
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot

_MOST: Final = 60
_STEPS: Final = (Column("段階", 14), Column("手引き", 6), Column("進み", 5, centred=True), Column("わけ", 40))
_TONES: Final[dict[str, Tone]] = {"済": "calm", "実施中": "usual", "未着手": "strong"}
# Their reasons may name who is late.
_LATE: Final = frozenset({"inquiry", "meetings", "reviews"})


def points_tables(snapshot: Snapshot, views: Sequence[FindingView], *, public: bool) -> tuple[Table, ...]:
    """What is open, then what was settled. For the public what was settled and may be told, and nothing computed."""
    points = [view for view in views if view.kind == "論点"]
    settled = [view for view in points if view.settled]
    if public:
        told = [view for view in settled if Ref(f"findings/{view.key}") in snapshot and _whole(snapshot, view)]
        return (findings_table(snapshot, told, "整理した論点"),) if told else ()
    open_points = [view for view in points if not view.settled and view.fires]
    caption = f"整理していない論点（{len(open_points)}件）"
    if len(open_points) > _MOST:
        caption = f"整理していない論点（{len(open_points)}件のうち、先に話し合う{_MOST}件）"
    return (
        open_table(snapshot, open_points[:_MOST], caption),
        findings_table(snapshot, settled, f"整理した論点（{len(settled)}件）"),
    )


def steps_table(whole: Matrix, views: Sequence[FindingView], audience: Audience) -> Table:
    """A row per step; the reasons that name who is late are for the secretariat."""
    steps = progress_of(whole, views)
    return Table("手引きの段階", _STEPS, tuple(_row(step, hushed=audience != "事務局") for step in steps))


def _whole(snapshot: Snapshot, view: FindingView) -> bool:
    """Whether all that a point is about may be named."""
    return all(ref in snapshot for ref in view.subjects)


def _row(step: Step, *, hushed: bool) -> tuple[Box, ...]:
    reason = "" if hushed and step.key in _LATE and step.state == "実施中" else step.reason
    return box(step.label), box(step.place), Box((Said(step.state, _TONES[step.state]),)), box(reason)

"""The process map: every step of the handbook with its state computed from the records (handbook, all parts).

From naming a lead department (1-1) to passing a model area's lessons on (3-1). A state is never typed in.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NamedTuple

from kyoju_tui.overview.findings import FindingView
from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.overview.opening import Opening
from kyoju_tui.overview.steps import overall, places, policy, together
from kyoju_tui.overview.steps.step import Around, Standing, State
from kyoju_tui.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its key, its name, its place in the handbook, its state with the reason, and where to go on."""

    key: str
    label: str
    place: str
    state: State
    reason: str
    opening: Opening


class _Known(NamedTuple):
    """What is fixed of a step: `record` is the REF of a kind of which a store has one."""

    key: str
    label: str
    place: str
    screen: str
    rule: Callable[[Around], Standing]
    record: str = ""


_STEPS: Final = (
    _Known("lead", "担当部局を決める", "1-1(1)", "policy", policy.lead, "policy"),
    _Known("purpose", "目的と方向性を定める", "1-1(2)", "policy", policy.purpose, "policy"),
    _Known("roles", "担当部局の役割を割り振る", "1-1(3)", "policy", policy.roles, "policy"),
    _Known("axes", "カテゴリーと部署をそろえる", "1-2(1)", "departments", overall.axes),
    _Known("inquiry", "各部署へ照会する", "1-2(1)", "inquiries", overall.inquiry),
    _Known("table", "一覧表にまとめる", "1-2(2)", "matrix", overall.table),
    _Known("points", "論点を整理する", "1-2(2)", "findings", overall.points),
    _Known("meetings", "会議を続け、意見を加える", "1-3(1)(2)", "meetings", together.meetings),
    _Known("joint-work", "連携協働の分担を決める", "1-3(1)", "collaborations", overall.joint_work),
    _Known("themes", "優先テーマを実践に移す", "1-3(3)", "themes", together.themes),
    _Known("framework", "推進体制を決める", "2-1", "framework", together.framework, "framework"),
    _Known("reviews", "実績を重ね、検証する", "2-2", "framework", together.reviews, "framework"),
    _Known("areas", "対象地域を選ぶ", "3-1", "areas", places.areas),
    _Known("visits", "地域へ出向く", "3-1", "areas", places.visits),
    _Known("groups", "団体・キーパーソンを知る", "3-2", "groups", places.groups),
    _Known("surveys", "アンケート・ヒアリングを行う", "3-2", "surveys", places.surveys),
    _Known("passing-on", "ほかの地域へ伝える（横展開）", "3-1", "areas", places.passing_on),
)


def progress(snapshot: Snapshot, today: date, findings: Sequence[FindingView] | None = None) -> tuple[Step, ...]:
    """The steps in the handbook's order.

    `findings` are the points and reminders of the same moment. They take longest to compute: without them the step
    that hangs on them is never said to be done.
    """
    return progress_of(matrix(snapshot, today), findings)


def progress_of(whole: Matrix, findings: Sequence[FindingView] | None = None) -> tuple[Step, ...]:
    """The same from a matrix that is at hand."""
    around = Around(whole, findings)
    return tuple(_step(known, known.rule(around)) for known in _STEPS)


def _step(known: _Known, standing: Standing) -> Step:
    opening = Opening(known.screen, standing.record or known.record)
    return Step(known.key, known.label, known.place, standing.state, standing.reason, opening)

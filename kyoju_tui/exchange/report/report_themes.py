"""The report's priority themes, the framework, and the joint work that goes on (handbook 1-3(3), 2-1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.papers.paper import Box, Column, Table, box
from kyoju_tui.overview.themes import in_order
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.framework import Framework
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.theme import Theme

_THEMES: Final = (
    Column("テーマ", 14),
    Column("順位", 4),
    Column("状況", 6),
    Column("必要なこと・順位の理由", 24),
    Column("部署", 12),
    Column("制度上の課題と対応", 24),
    Column("連携協働のあり方", 16),
)
_JOINT: Final = (
    Column("連携協働", 16),
    Column("状況", 6),
    Column("カテゴリー", 10),
    Column("部署と分担", 32),
    Column("方向性", 24),
)


@dataclass(frozen=True, slots=True)
class ThemesPart:
    """Themes and joint work as tables, the framework as facts with their labels; any may be empty."""

    themes: Table | None
    framework: tuple[tuple[str, str], ...]
    joint: Table | None


def themes_part(snapshot: Snapshot) -> ThemesPart:
    """What there is of them. Only records that this moment holds are named."""
    found, joint = snapshot.all(Theme), snapshot.all(Collaboration)
    order = [*in_order(found), *(ref for ref in found if found[ref].status == "完了")]
    return ThemesPart(
        Table("優先テーマ", _THEMES, tuple(_theme(snapshot, found[ref]) for ref in order)) if order else None,
        tuple(_framework(snapshot)),
        Table("連携協働", _JOINT, tuple(_joint(snapshot, each) for each in joint.values())) if joint else None,
    )


def _theme(snapshot: Snapshot, theme: Theme) -> tuple[Box, ...]:
    obstacles = "\n".join(
        f"{each.issue}\n→ {each.response or each.alternative or '対応は検討中'}"
        for each in theme.obstacles
        if each.issue
    )
    need = "\n".join(filter(None, (theme.need, f"理由：{theme.reason}" if theme.reason else "")))
    rank = str(theme.rank) if theme.rank and theme.status != "完了" else ""
    departments = "、".join(_names(snapshot, "department", theme.departments))
    texts = (theme.title, rank, theme.status or "候補", need, departments, obstacles, theme.collaboration_form or "")
    return tuple(map(box, texts))


def _framework(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    policy, framework = snapshot.get("policy"), snapshot.get("framework")
    lead = policy.lead if isinstance(policy, Policy) else None
    if lead is not None and lead.department:
        since = f"（{format_date(lead.effective_on, weekday=False)}から）" if lead.effective_on else ""
        yield "担当部局", "".join((*_names(snapshot, "department", [lead.department]), since))
    if not isinstance(framework, Framework):
        return
    decided = f"（{format_date(framework.decided_on, weekday=False)}決定）" if framework.decided_on else ""
    yield from (
        (label, text)
        for label, text in (
            ("推進体制", f"{framework.type}タイプ{decided}" if framework.type else ""),
            ("段階", framework.stage or ""),
            ("会議体・組織", framework.body or ""),
            ("構成部署", "、".join(_names(snapshot, "department", framework.members))),
            ("選んだ理由", framework.reason or ""),
            ("実績", "\n".join(each.text for each in framework.results if each.text)),
            ("課題", "\n".join(each.text for each in framework.problems if each.text)),
        )
        if text
    )


def _joint(snapshot: Snapshot, each: Collaboration) -> tuple[Box, ...]:
    shares = "\n".join(
        f"{name}：{share.share or '（分担はこれから）'}"
        for share in each.departments
        for name in _names(snapshot, "department", [share.department])
    )
    rows = "、".join(_names(snapshot, "category", each.categories))
    return tuple(map(box, (each.title, each.status or "", rows, shares, each.direction or "")))


def _names(snapshot: Snapshot, kind: str, ids: Iterable[str]) -> list[str]:
    """The names of those that are among the records."""
    return [snapshot.full_name(kind, each) for each in ids if snapshot.by_id(kind, each) is not None]

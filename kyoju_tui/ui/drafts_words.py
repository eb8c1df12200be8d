"""What is said of a draft before somebody goes on with it: when, what was typed, what others recorded since."""

from __future__ import annotations

from datetime import datetime

from kyoju_tui.records.dates import format_short, format_time
from kyoju_tui.workspace.drafts.kept import Draft
from kyoju_tui.workspace.drafts.waiting import Waiting

_TYPED = 6
_SINCE = 3
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_RECENT = 2


def kept(at: datetime | None, now: datetime) -> str:
    """When a draft was kept, and how long ago: 「R8.11.20 14:05（3日前）」."""
    if at is None:
        return ""
    local = at.astimezone(now.tzinfo)
    return f"{format_short(local.date())} {format_time(local.time())}（{age(at, now)}）"


def day_or_time(at: datetime, now: datetime) -> str:
    """For a narrow column: the time of today, the day of earlier."""
    local = at.astimezone(now.tzinfo)
    return format_time(local.time()) if local.date() == now.date() else format_short(local.date())


def age(at: datetime, now: datetime) -> str:
    """How long ago, in the largest unit that says something; clocks may disagree."""
    seconds = (now - at).total_seconds()
    if seconds < _RECENT * _MINUTE:
        return "さきほど"
    if seconds < _RECENT * _HOUR:
        return f"{int(seconds // _MINUTE)}分前"
    if seconds < _RECENT * _DAY:
        return f"{int(seconds // _HOUR)}時間前"
    return f"{int(seconds // _DAY)}日前"


def detail(waiting: Waiting, now: datetime) -> str:
    """The lines under the question."""
    draft = waiting.draft
    lines = [f"入力：{kept(draft.at, now)}{_where(draft)}"]
    if draft.reason:
        lines.append(f"理由：{draft.reason}")
    lines += _items(waiting.lines, _TYPED)
    if waiting.since:
        lines.append("そのあとに記録された内容：")
        lines += _items(waiting.since, _SINCE)
    if waiting.clashing:
        lines.append(f"食い違い：{'、'.join(waiting.clashing)}（記録するときに選びます）")
    lines += waiting.notes
    return "\n".join(lines)


def _where(draft: Draft) -> str:
    """Of another host nothing can be told: somebody may be typing there."""
    if draft.by is None or draft.held or draft.by.lives is not None:
        return ""
    return f"　別の端末（{draft.by.host}）で入力。そこで続いている場合があります。"


def _items(lines: tuple[str, ...], most: int) -> list[str]:
    few = (*lines[:most], f"ほか{len(lines) - most}件") if len(lines) > most else lines
    return [f"・{line.replace(': ', '：', 1)}" for line in few]

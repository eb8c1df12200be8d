"""The two types of promotion framework compared, and what its record asks for next (handbook 2-1, 2-2)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from kyoju_tui.overview.leading import Prompt
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.framework import Framework

REVIEW_MONTHS: Final = 6
TYPES: Final = ("庁内連携", "庁内体制整備")


@dataclass(frozen=True, slots=True)
class Compared:
    """One aspect of both types."""

    aspect: str
    by_meetings: str
    by_unit: str


COMPARED: Final = (
    Compared(
        "進め方",
        "今ある部署が会議で集まり、担当部局がまとめ役をつとめます。",
        "総合的な仕事を受け持つ部署を新しく置きます。",
    ),
    Compared(
        "メリット",
        "組織を変えずに始められます。すでにある計画や事業を、多世代の住まい方という見方で並べ直すだけでも動き出せます。",
        "一つの部署で最後まで進められるので、判断と実施が速くなります。",
    ),
    Compared(
        "デメリット",
        "関わる部署が多いほど、日程や分担の調整に手間がかかります。",
        "組織と人の配置を改める準備がいります。全体を見て企画し調整できる職員も必要です。",
    ),
    Compared(
        "向いている時期",
        "はじめの段階。実績を積み、うまくいかない点を確かめます。",
        "連携の実績と課題がそろい、専任の部署が要ると判断できたとき。",
    ),
    Compared(
        "決めたあとも",
        "一定の期間ごとに、続けるか、準備するか、移るかを検証します。",
        "部署ができても、ほかの部署との連携協働は続きます。",
    ),
)
"""Merits and demerits of both types, in words of our own."""


def moves(framework: Framework) -> bool:
    """Whether the record says that a unit of its own is set up."""
    transition = framework.transition
    moved = transition is not None and (
        transition.unit is not None or transition.decided_on is not None or transition.effective_on is not None
    )
    return moved or any(review.judgement == "移行" for review in framework.reviews)


def moved_on(framework: Framework) -> date | None:
    """The first day of the move: of its decision, or of the first judgement for it."""
    transition = framework.transition
    days = [review.on for review in framework.reviews if review.judgement == "移行" and review.on is not None]
    if transition is not None:
        days += [day for day in (transition.decided_on, transition.effective_on) if day is not None]
    return min(days, default=None)


def moves_unreviewed(framework: Framework) -> bool:
    """Whether it moves without any review before: a review of 継続 or 準備, none of them later than the move."""
    if not moves(framework):
        return False
    start = moved_on(framework)
    return not any(
        review.judgement in ("継続", "準備") and (start is None or review.on is None or review.on <= start)
        for review in framework.reviews
    )


def wants_override(framework: Framework) -> bool:
    """Whether a reason for moving without a review is asked for and not given."""
    given = framework.transition is not None and framework.transition.override_reason
    return moves_unreviewed(framework) and not given


def review_due(framework: Framework) -> date | None:
    """When the next review is due: half a year after the last one, after the move, or after the decision."""
    days = [review.on for review in framework.reviews if review.on is not None]
    days += [day for day in (framework.decided_on, _begun(framework)) if day is not None]
    return _months_later(max(days), REVIEW_MONTHS) if days else None


def _begun(framework: Framework) -> date | None:
    transition = framework.transition
    return None if transition is None else transition.effective_on or transition.decided_on


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def framework_prompts(framework: Framework, today: date) -> Iterator[Prompt]:
    """What the framework's sheet says above its lines, the urgent first."""
    if wants_override(framework):
        yield Prompt(
            "検証の記録がないまま移行することになっています。「移行」の行を開き、検証を経ずに移る理由を書いてください。",
            urgent=True,
        )
    due = review_due(framework)
    if due is not None and due <= today:
        since = format_date(due, weekday=False)
        yield Prompt(
            f"検証の時期です（{since}が目安）。実績と課題を見て、継続・準備・移行を判断し「検証」に記録してください。",
            urgent=True,
        )
    if moves(framework):
        yield Prompt("新しい部署ができても、関係部署との連携協働は続けます。会議と「実績」の記録を続けてください。")
    yield from _steps(framework)
    if due is not None and due > today:
        yield Prompt(f"次の検証の目安：{format_date(due, weekday=False)}")


def _steps(framework: Framework) -> Iterator[Prompt]:
    if framework.type is None:
        yield Prompt("タイプがまだ決まっていません。「比べる」で2つを見比べ、決まったら「タイプ決定」で記録します。")
        return
    if framework.decided_on is None:
        yield Prompt("決定日がまだ記入されていません。")
    if framework.stage != "連携協働":
        yield Prompt("今は意見交換の段階です。ともに取り組む場になったら「連携協働へ」で記録します。")
    if not framework.results or not framework.problems:
        yield Prompt("実績と課題を記録していくと、専任の部署が要るかを判断する材料になります。")

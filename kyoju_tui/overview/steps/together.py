"""Steps of handbook 1-3 and 2: meetings with their opinions, themes, the framework and its reviews."""

from __future__ import annotations

from kyoju_tui.overview.framing import review_due
from kyoju_tui.overview.meeting_series import held, overdue_series, upcoming
from kyoju_tui.overview.steps.step import DONE, NOT_BEGUN, UNDER_WAY, Around, Standing, listed
from kyoju_tui.overview.themes import PRACTICE, in_order, is_active, why_not_yet
from kyoju_tui.records.dates import format_short
from kyoju_tui.records.meeting import Series
from kyoju_tui.records.theme import Theme


def meetings(around: Around) -> Standing:
    """Done while departments meet within their interval and opinions are appended (handbook 1-3(1), 1-3(2)).

    A briefing before an inquiry and a talk in an area are no exchange of views between departments.
    """
    snapshot, today = around.snapshot, around.matrix.today
    records = snapshot.meetings
    past = [ref for ref in held(snapshot, today) if records[ref].kind not in ("事前説明", "地域")]
    ahead = [ref for ref in upcoming(snapshot, today) if records[ref].kind not in ("事前説明", "地域")]
    series = snapshot.all(Series)
    if not past:
        if ahead:
            return Standing(UNDER_WAY, f"「{records[ahead[0]].title}」を予定しています。", ahead[0])
        if series:
            return Standing(UNDER_WAY, "会議の系列は決まっています。会議はまだ開かれていません。")
        return Standing(NOT_BEGUN, "意見を交わす会議は、まだ開かれていません。")
    late = overdue_series(snapshot, today)
    if late:
        names = listed(f"「{series[ref].title}」" for ref in late)
        return Standing(UNDER_WAY, f"{names}の間隔を過ぎています。次の会議が決まっていません。")
    opinions = sum(len(records[ref].opinions) for ref in past)
    if not opinions:
        return Standing(UNDER_WAY, f"会議を{len(past)}回開きました。意見はまだ記録されていません。", past[0])
    if not ahead and not series and records[past[0]].next_on is None:
        return Standing(UNDER_WAY, f"会議を{len(past)}回開きました。続けて開く予定が決まっていません。", past[0])
    return Standing(DONE, f"会議を{len(past)}回開き、意見{opinions}件を一覧表に加えました。", past[0])


def themes(around: Around) -> Standing:
    """Done once a theme is practised, what stood in its way settled or passed over for a reason (handbook 1-3(3))."""
    found = around.snapshot.all(Theme)
    if not found:
        return Standing(NOT_BEGUN, "優先テーマは、まだ挙がっていません。")
    for ref in in_order(found):
        theme = found[ref]
        why = why_not_yet(theme)
        if theme.status == PRACTICE and why and not theme.override_reason:
            return Standing(UNDER_WAY, f"「{theme.title}」は実践中ですが、{why}", ref)
    practised = [theme.title for theme in found.values() if theme.status in (PRACTICE, "完了")]
    if practised:
        return Standing(DONE, f"テーマ{len(found)}件のうち、「{listed(practised)}」が実践に移っています。")
    first = next(iter(in_order(found)), None)
    if first is None:
        return Standing(UNDER_WAY, "テーマはすべて見送りとなっています。")
    left = sum(1 for theme in found.values() if is_active(theme))
    return Standing(UNDER_WAY, f"テーマ{left}件を話し合っています。実践中のものはまだありません。", first)


def framework(around: Around) -> Standing:
    """Done once a type was decided on (handbook 2-1)."""
    framework, today = around.framework, around.matrix.today
    if framework.type is not None and framework.decided_on is not None and framework.decided_on <= today:
        return Standing(DONE, f"{framework.type}タイプに決まっています（{format_short(framework.decided_on)}）。")
    if framework.type is not None:
        return Standing(UNDER_WAY, f"{framework.type}タイプとする案です。決定日がまだ記録されていません。")
    if framework.merits or framework.demerits or framework.members or framework.reason or framework.body:
        return Standing(UNDER_WAY, "推進体制を比べています。タイプはまだ選ばれていません。")
    return Standing(NOT_BEGUN, "推進体制のタイプは、まだ選ばれていません。")


def reviews(around: Around) -> Standing:
    """Done until the next review is due (handbook 2-2)."""
    framework, today = around.framework, around.matrix.today
    days = [review.on for review in framework.reviews if review.on is not None and review.on <= today]
    logged = f"実績{len(framework.results)}件・課題{len(framework.problems)}件"
    if not days:
        if framework.results or framework.problems or framework.reviews:
            return Standing(UNDER_WAY, f"{logged}を記録しました。検証はまだです。")
        return Standing(NOT_BEGUN, "連携の実績も検証も、まだ記録されていません。")
    last = max(days)
    due = review_due(framework)
    if due is not None and due < today:
        return Standing(
            UNDER_WAY, f"次の検証の時期（{format_short(due)}）を過ぎています。前回は{format_short(last)}です。"
        )
    return Standing(DONE, f"{format_short(last)}に検証しています（{logged}）。")

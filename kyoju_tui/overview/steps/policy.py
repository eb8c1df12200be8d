"""Steps of handbook 1-1: who leads, what for, which roles."""

from __future__ import annotations

from kyoju_tui.overview.leading import to_look_again
from kyoju_tui.overview.steps.step import DONE, NOT_BEGUN, UNDER_WAY, Around, Standing
from kyoju_tui.records.dates import format_short


def lead(around: Around) -> Standing:
    """Done once a department that still exists was decided on (handbook 1-1(1))."""
    policy, today = around.policy, around.matrix.today
    lead = policy.lead
    if lead is not None and lead.department is not None:
        name = around.department(lead.department)
        known = around.snapshot.departments.get(lead.department)
        if known is not None and known.until is not None and known.until < today:
            return Standing(UNDER_WAY, f"担当部局の{name}は{format_short(known.until)}で廃止されています。")
        decided = lead.decided_on or lead.effective_on
        if decided is not None and decided <= today:
            return Standing(DONE, f"{name}に決まっています（{format_short(decided)}）。")
        return Standing(UNDER_WAY, f"{name}とする案です。決裁がまだ記録されていません。")
    if policy.candidates or policy.consultations:
        told = f"候補が{len(policy.candidates)}件、協議の記録が{len(policy.consultations)}件あります"
        return Standing(UNDER_WAY, f"{told}。担当部局はまだ決まっていません。")
    return Standing(NOT_BEGUN, "担当部局の候補も協議の記録も、まだありません。")


def purpose(around: Around) -> Standing:
    """Done once both are written and 確定; a framework decided since asks for another look (handbook 1-1(2))."""
    policy, decided = around.policy, around.framework.decided_on
    if not policy.purpose and not policy.direction:
        return Standing(NOT_BEGUN, "目的も方向性も、まだ書かれていません。")
    if not policy.purpose or not policy.direction:
        missing = "目的" if not policy.purpose else "方向性"
        return Standing(UNDER_WAY, f"{missing}がまだ書かれていません。")
    if decided is not None and decided <= around.matrix.today and to_look_again(policy, around.framework):
        return Standing(
            UNDER_WAY, f"推進体制が{format_short(decided)}に決まりました。目的と方向性をもう一度見直します。"
        )
    if policy.position == "確定":
        return Standing(DONE, "目的と方向性が確定しています。")
    return Standing(UNDER_WAY, f"目的と方向性は「{policy.position or '位置づけ未定'}」で、まだ確定していません。")


def roles(around: Around) -> Standing:
    """Done once every role has a department and a day (handbook 1-1(3))."""
    roles = around.policy.roles
    if not roles:
        return Standing(NOT_BEGUN, "担当部局の役割が、まだ書き出されていません。")
    loose = [role for role in roles if role.department is None or (role.due_on is None and role.done_on is None)]
    if loose:
        return Standing(UNDER_WAY, f"役割{len(roles)}件のうち{len(loose)}件に、担当か期日がありません。")
    done = sum(1 for role in roles if role.done_on is not None)
    return Standing(DONE, f"役割{len(roles)}件すべてに担当と期日があります（済んだもの{done}件）。")

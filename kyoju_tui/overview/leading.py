"""Who leads and with what: change of lead, roles and their days, arguments by viewpoint and audience (handbook 1-1).

The purpose is looked at again once the framework is decided (handbook 1-1(2), 2-2).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, get_args

from kyoju_tui.records.base import RecordT
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.framework import Framework
from kyoju_tui.records.ids import new_part_id
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.policy import Argument, Audience, EarlierLead, Policy, Role, Viewpoint
from kyoju_tui.records.snapshot import Snapshot

FIRST_ROLES: Final = (
    "各部署の取組と課題を集め、全体像にまとめる",
    "部署どうしが話し合い、一緒に進める場をつくる",
)
"""The lead department's two roles (handbook 1-1(2)), to begin a checklist with."""

VIEWPOINTS: Final[tuple[str, ...]] = get_args(Viewpoint)
AUDIENCES: Final[tuple[str, ...]] = get_args(Audience)
OTHER: Final = "その他"
_SOON: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Prompt:
    """One sentence for staff; `urgent` where something is late or was skipped."""

    text: str
    urgent: bool = False


def with_lead_kept(before: Policy, after: Policy, name: str, today: date) -> Policy:
    """`after`, in which the department that led in `before` is among the earlier leads if another one leads now.

    `name` is what it is called today. It led until the day before the new one's first day: 施行, else 決裁, else today.
    """
    old, new = before.lead, after.lead
    if old is None or old.department is None or new is None or new.department in (None, old.department):
        return after
    if len(_leads_of(after, old.department)) > len(_leads_of(before, old.department)):
        # Somebody has written it down already.
        return after
    first = new.effective_on or new.decided_on or today
    kept = {
        "id": new_part_id({each.id for each in after.earlier_leads if each.id}),
        "department": old.department,
        "name": name,
        "effective_on": old.effective_on,
        "until": first - timedelta(days=1),
        "document": old.document,
    }
    filled = {key: value for key, value in kept.items() if value is not None}
    return after.but(earlier_leads=[*(to_plain(each) for each in after.earlier_leads), filled])


def _leads_of(policy: Policy, department: str) -> Sequence[EarlierLead]:
    return [each for each in policy.earlier_leads if each.department == department]


def role_state(role: Role, today: date) -> str:
    """済, 期限超過, まもなく期日 (two weeks before) or 進行中; 担当未定 and 期日未定 where that is not filled in."""
    if role.done_on is not None:
        return "済"
    if role.due_on is not None and role.due_on < today:
        return "期限超過"
    if role.department is None:
        return "担当未定"
    if role.due_on is None:
        return "期日未定"
    return "まもなく期日" if role.due_on - today <= _SOON else "進行中"


def late_roles(policy: Policy, today: date) -> tuple[Role, ...]:
    """The roles whose day has passed."""
    return tuple(role for role in policy.roles if role_state(role, today) == "期限超過")


def arguments_by_pair(policy: Policy) -> Mapping[tuple[str, str], tuple[tuple[int, Argument], ...]]:
    """Arguments with their number in the list by (viewpoint, audience); one that names neither is その他."""
    found: dict[tuple[str, str], list[tuple[int, Argument]]] = defaultdict(list)
    for number, argument in enumerate(policy.arguments):
        found[argument.viewpoint or OTHER, argument.audience or OTHER].append((number, argument))
    return {pair: tuple(several) for pair, several in found.items()}


def doubled_pairs(policy: Policy) -> tuple[tuple[str, str], ...]:
    """The pairs of viewpoint and audience with more than one argument, in the order of the table."""
    found = arguments_by_pair(policy)
    return tuple(
        (viewpoint, audience)
        for viewpoint in VIEWPOINTS
        for audience in AUDIENCES
        if len(found.get((viewpoint, audience), ())) > 1
    )


def to_look_again(policy: Policy, framework: Framework) -> bool:
    """Whether purpose and direction were last looked at before the framework was decided."""
    if framework.decided_on is None or not (policy.purpose or policy.direction):
        return False
    return policy.reviewed_on is None or policy.reviewed_on < framework.decided_on


def policy_prompts(snapshot: Snapshot, today: date) -> Iterator[Prompt]:
    """What the policy's sheet says above its lines, the urgent first."""
    policy = only(snapshot, Policy)
    framework = only(snapshot, Framework)
    for role in late_roles(policy, today):
        due = f"（期日 {format_date(role.due_on, weekday=False)}）" if role.due_on else ""
        yield Prompt(f"期日を過ぎた役割があります：{role.text or '（役割の記入なし）'}{due}", urgent=True)
    if to_look_again(policy, framework) and framework.decided_on is not None:
        day = format_date(framework.decided_on, weekday=False)
        yield Prompt(
            f"推進体制が{day}に決まりました。目的と方向性をもう一度見直し、「位置づけ」を記録してください。",
            urgent=True,
        )
    for viewpoint, audience in doubled_pairs(policy):
        yield Prompt(
            f"「{viewpoint}」を「{audience}」に説明する文が2つ以上あります。1つにまとめてください。", urgent=True
        )
    if policy.lead is None or policy.lead.department is None:
        what = "候補を挙げて協議し、" if not policy.candidates else "候補の中から、"
        yield Prompt(f"担当部局がまだ決まっていません。{what}決まったら「担当決定」で記録します。")
    elif policy.lead.decided_on is None:
        yield Prompt("担当部局の決裁日がまだ記入されていません。")
    if not policy.roles:
        yield Prompt("担当の役割を挙げると、期日の遅れに気付けます。")
    if not (policy.purpose or policy.direction):
        yield Prompt("目的と方向性がまだ書かれていません。たたき台から始められます。")


def only(snapshot: Snapshot, model: type[RecordT]) -> RecordT:
    """The record of a kind of which a store has one; an empty one where there is none yet."""
    return next(iter(snapshot.all(model).values()), None) or model.model_validate({})

"""The change of lead, late roles, doubled arguments, and when the purpose is looked at again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from kyoju_tui.overview.leading import (
    FIRST_ROLES,
    arguments_by_pair,
    doubled_pairs,
    late_roles,
    policy_prompts,
    role_state,
    to_look_again,
    with_lead_kept,
)
from kyoju_tui.records.framework import Framework
from kyoju_tui.records.policy import Lead, Policy, Role
from tests.building import TODAY, record, snapshot


def led_by(department: str | None, **fields: object) -> Policy:
    return Policy.model_validate({"lead": {"department": department, **fields}} if department else {})


def test_the_lead_before_is_kept_with_its_name_and_its_last_day() -> None:
    before = led_by("shimin", effective_on=date(2022, 4, 1), document="4市第3号")
    after = before.but(lead={"department": "jutaku", "effective_on": date(2026, 12, 1)})
    kept = with_lead_kept(before, after, "市民協働課", TODAY)
    assert kept.lead == after.lead
    [earlier] = kept.earlier_leads
    assert (earlier.department, earlier.name, earlier.document) == ("shimin", "市民協働課", "4市第3号")
    assert (earlier.effective_on, earlier.until) == (date(2022, 4, 1), date(2026, 11, 30))
    assert earlier.id


def test_leads_add_up() -> None:
    first = led_by("a")
    second = with_lead_kept(first, first.but(lead={"department": "b", "decided_on": date(2026, 5, 2)}), "A課", TODAY)
    third = with_lead_kept(second, second.but(lead={"department": "c"}), "B課", TODAY)
    assert [(each.name, each.until) for each in third.earlier_leads] == [
        ("A課", date(2026, 5, 1)),
        ("B課", TODAY - timedelta(days=1)),
    ]
    assert len({each.id for each in third.earlier_leads}) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (led_by(None), led_by("jutaku")),
        (led_by("jutaku"), led_by("jutaku", document="8住第1号")),
        (led_by("jutaku"), led_by(None)),
        (Policy(lead=Lead(document="起案中")), led_by("jutaku")),
    ],
)
def test_nothing_is_kept_where_no_other_department_led(before: Policy, after: Policy) -> None:
    assert with_lead_kept(before, after, "住宅課", TODAY) == after


def test_a_lead_that_somebody_wrote_down_is_not_kept_twice() -> None:
    before = Policy.model_validate({"lead": {"department": "jutaku"}})
    after = before.but(lead={"department": "korei"}, earlier_leads=[{"id": "a", "department": "jutaku"}])
    assert with_lead_kept(before, after, "住宅課", TODAY) == after


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"done_on": TODAY, "due_on": date(2026, 1, 1)}, "済"),
        ({"due_on": TODAY - timedelta(days=1), "department": "jutaku"}, "期限超過"),
        ({"due_on": TODAY, "department": "jutaku"}, "まもなく期日"),
        ({"due_on": TODAY + timedelta(days=14), "department": "jutaku"}, "まもなく期日"),
        ({"due_on": TODAY + timedelta(days=15), "department": "jutaku"}, "進行中"),
        ({"due_on": TODAY + timedelta(days=15)}, "担当未定"),
        ({"department": "jutaku"}, "期日未定"),
    ],
)
def test_how_a_role_stands(fields: dict[str, object], state: str) -> None:
    role = Role.model_validate({"text": FIRST_ROLES[0], **fields})
    assert role_state(role, TODAY) == state
    assert late_roles(Policy(roles=(role,)), TODAY) == ((role,) if state == "期限超過" else ())


def test_one_argument_a_pair() -> None:
    rows = [
        {"viewpoint": "地域包括ケア", "audience": "議会", "text": "い"},
        {"viewpoint": "地域まちづくり", "audience": "議会", "text": "ろ"},
        {"viewpoint": "地域包括ケア", "audience": "議会", "text": "は"},
        {"text": "に"},
    ]
    policy = Policy.model_validate({"arguments": rows})
    found = arguments_by_pair(policy)
    assert [number for number, _ in found["地域包括ケア", "議会"]] == [0, 2]
    assert [argument.text for _, argument in found["その他", "その他"]] == ["に"]
    assert doubled_pairs(policy) == (("地域包括ケア", "議会"),)


DECIDED = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("policy", "decided", "again"),
    [
        ({"purpose": "暮らし"}, DECIDED, True),
        ({"direction": "地区ごと", "reviewed_on": date(2026, 9, 30)}, DECIDED, True),
        ({"purpose": "暮らし", "reviewed_on": DECIDED}, DECIDED, False),
        ({"purpose": "暮らし"}, None, False),
        ({}, DECIDED, False),
    ],
)
def test_the_purpose_is_looked_at_again_once_the_framework_is_decided(
    policy: dict[str, object], decided: date | None, again: bool
) -> None:
    assert to_look_again(Policy.model_validate(policy), Framework(decided_on=decided)) is again


def test_what_the_sheet_says() -> None:
    store = snapshot(
        record(
            "policy",
            "",
            purpose="暮らし",
            roles=[{"id": "a", "text": "場をつくる", "due_on": date(2026, 10, 1)}],
            arguments=[{"id": "b", "text": "い"}, {"id": "c", "text": "ろ"}],
        ),
        record("framework", "", decided_on=DECIDED),
    )
    told = list(policy_prompts(store, TODAY))
    assert [prompt.urgent for prompt in told] == [True, True, True, False]
    assert "場をつくる" in told[0].text and "令和8年10月1日" in told[0].text
    assert "見直し" in told[1].text
    assert "「その他」を「その他」に" in told[2].text
    assert "担当部局がまだ決まっていません" in told[3].text


def test_an_empty_store_is_told_how_to_begin() -> None:
    told = [prompt.text for prompt in policy_prompts(snapshot(), TODAY)]
    assert len(told) == 3
    assert not any(prompt.urgent for prompt in policy_prompts(snapshot(), TODAY))

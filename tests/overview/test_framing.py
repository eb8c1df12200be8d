"""The framework: when a review is due, when moving asks for a reason, what the sheet says."""

from __future__ import annotations

from datetime import date

import pytest

from kyoju_tui.overview.framing import (
    COMPARED,
    framework_prompts,
    moves,
    moves_unreviewed,
    review_due,
    wants_override,
)
from kyoju_tui.records.framework import Framework
from tests.building import TODAY

CONTINUED = {"on": date(2026, 5, 1), "judgement": "継続"}
MOVED = {"on": date(2026, 11, 1), "judgement": "移行"}


def framework(**fields: object) -> Framework:
    return Framework.model_validate(fields)


def test_both_types_are_told_in_every_aspect() -> None:
    assert {"メリット", "デメリット"} <= {compared.aspect for compared in COMPARED}
    assert all(compared.by_meetings and compared.by_unit for compared in COMPARED)


@pytest.mark.parametrize(
    ("fields", "moving", "unreviewed"),
    [
        ({}, False, False),
        ({"reviews": [CONTINUED]}, False, False),
        ({"reviews": [MOVED]}, True, True),
        ({"reviews": [CONTINUED, MOVED]}, True, False),
        ({"reviews": [MOVED, {"on": date(2026, 11, 20), "judgement": "継続"}]}, True, True),
        ({"transition": {"unit": "居住コミュニティ課"}}, True, True),
        ({"transition": {"decided_on": date(2026, 6, 1)}, "reviews": [CONTINUED]}, True, False),
        ({"transition": {"decided_on": date(2026, 4, 1)}, "reviews": [CONTINUED]}, True, True),
        ({"transition": {"override_reason": "市長の指示"}}, False, False),
    ],
)
def test_moving_without_a_review(fields: dict[str, object], moving: bool, unreviewed: bool) -> None:
    found = framework(**fields)
    assert (moves(found), moves_unreviewed(found)) == (moving, unreviewed)
    assert wants_override(found) is unreviewed


def test_a_reason_settles_it() -> None:
    found = framework(reviews=[MOVED], transition={"override_reason": "組織の見直しと時期が重なるため"})
    assert moves_unreviewed(found) and not wants_override(found)


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({}, None),
        ({"decided_on": date(2026, 5, 1)}, date(2026, 11, 1)),
        ({"decided_on": date(2026, 5, 1), "reviews": [{"on": date(2026, 8, 31)}]}, date(2027, 2, 28)),
        ({"reviews": [MOVED], "transition": {"effective_on": date(2027, 4, 1)}}, date(2027, 10, 1)),
        ({"decided_on": date(2026, 7, 31)}, date(2027, 1, 31)),
    ],
)
def test_a_review_is_due_half_a_year_later(fields: dict[str, object], due: date | None) -> None:
    assert review_due(framework(**fields)) == due


def test_what_the_sheet_says() -> None:
    assert "タイプがまだ決まっていません" in next(framework_prompts(framework(), TODAY)).text
    late = list(framework_prompts(framework(type="庁内連携", decided_on=date(2026, 4, 1)), TODAY))
    assert late[0].urgent and "検証の時期です（令和8年10月1日" in late[0].text
    assert any("意見交換の段階" in prompt.text for prompt in late)


def test_joint_work_goes_on_being_asked_for_after_the_move() -> None:
    moved = framework(
        type="庁内体制整備",
        stage="連携協働",
        decided_on=date(2026, 4, 1),
        results=[{"text": "連絡票"}],
        problems=[{"text": "調整"}],
        reviews=[CONTINUED, MOVED],
        transition={"effective_on": date(2026, 11, 15)},
    )
    told = list(framework_prompts(moved, TODAY))
    assert ["続けます" in prompt.text for prompt in told] == [True, False]
    assert "令和9年5月15日" in told[1].text
    assert next(framework_prompts(moved, date(2027, 5, 15))).urgent

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from kyoju_tui.overview.surveys import GUIDES, Rate, answers_of, hearable, into_group, is_late, rate, unanswered
from kyoju_tui.records.group import Group
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.survey import Survey
from tests.building import TODAY, Built, record, snapshot

CAFE, WATCH, SHOPS = "groups/cafe", "groups/watch", "groups/shops"


def questions() -> list[dict[str, object]]:
    return [
        {"id": f"q{n}aaa", "section": section, "text": text}
        for n, (section, text, _) in enumerate(GUIDES["アンケート"])
    ]


def survey(record_id: str = "s1", **fields: object) -> Built:
    return record(
        "survey", record_id, **{"title": "活動の調べ", "method": "アンケート", "questions": questions(), **fields}
    )


def made(**fields: Any) -> Survey:
    found = survey(**fields)[1]
    assert isinstance(found, Survey)
    return found


def test_the_response_rate_counts_what_came_in() -> None:
    asked = made(
        targets=[{"ref": CAFE, "received_on": TODAY}, {"ref": WATCH}, {"ref": SHOPS}], due_on=date(2026, 11, 20)
    )
    assert rate(asked).words == "1/3（33%）"
    assert unanswered(asked) == (WATCH, SHOPS)
    assert is_late(asked, TODAY) and not is_late(asked, date(2026, 11, 20))
    assert rate(made()).words == "" and rate(made()).percent is None


@pytest.mark.parametrize(
    ("received", "asked", "percent"),
    [(1, 8, 13), (5, 8, 63), (3, 8, 38), (199, 200, 99), (200, 200, 100), (0, 3, 0), (1, 300, 0), (0, 0, None)],
)
def test_halves_are_rounded_up_and_all_is_all(received: int, asked: int, percent: int | None) -> None:
    assert Rate(received, asked).percent == percent


def test_answers_stand_by_question_and_go_into_empty_fields_only() -> None:
    asked = made(
        answers=[
            {"id": "a1aaa", "target": CAFE, "question": "q0aaa", "text": "当番は12人"},
            {"id": "a2aaa", "target": CAFE, "question": "q1aaa", "text": "カフェ\n体操"},
            {"id": "a3aaa", "target": CAFE, "question": "q2aaa", "text": "担い手"},
            {"id": "a4aaa", "target": WATCH, "question": "q3aaa", "text": "見回りを増やす"},
        ]
    )
    assert [answer.text if answer else None for _, answer in answers_of(asked, CAFE)] == [
        "当番は12人",
        "カフェ\n体操",
        "担い手",
        None,
    ]
    group = Group(name="つどいの会", activities=("カフェ",), difficulties="前からの記載")
    assert into_group(asked, CAFE, group) == {"structure": "当番は12人", "activities": ["カフェ", "体操"]}


def test_who_plans_something_or_could_work_together_is_worth_hearing() -> None:
    answers = [
        {"id": "a1aaa", "target": CAFE, "question": "q3aaa", "text": "平日も開けたい"},
        {"id": "a2aaa", "target": CAFE, "question": "q1aaa", "text": "市と一緒に", "lens": "連携の可能性"},
        {"id": "a3aaa", "target": WATCH, "question": "q2aaa", "text": "担い手がいない"},
        {"id": "a4aaa", "target": SHOPS, "question": "q3aaa", "text": "朝市を続ける"},
    ]
    town = (
        record("group", "cafe", name="つどいの会", plans="夕方の開放"), record("group", "watch", name="見守り隊"),
        record("group", "shops", name="商店会"), survey(answers=answers),
    )  # fmt: skip
    found = hearable(snapshot(*town))
    assert [(each.ref, len(each.reasons)) for each in found] == [(Ref(CAFE), 3), (Ref(SHOPS), 1)]
    assert "夕方の開放" in found[0].reasons[-1]
    heard = record("survey", "h1", title="聞き取り", method="ヒアリング", targets=[{"ref": CAFE}])
    assert [each.ref for each in hearable(snapshot(*town, heard))] == [Ref(SHOPS)]


def test_answers_of_groups_that_are_gone_are_left_out() -> None:
    answers = [{"id": "a1aaa", "target": "groups/gone", "question": "q3aaa", "text": "続ける"}]
    assert hearable(snapshot(survey(answers=answers))) == ()

"""`survey`: how many answered, what they said, and whom to hear next."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def survey(run: Run) -> str:
    """A questionnaire to two groups; one has answered."""
    refs: list[str] = []
    for name in ("つどいの会", "見守り隊"):
        made = run("new", "group", f"name={name}")
        refs.append(made.out.strip().splitlines()[-1])
    questions = '[{id = "q1aaa", section = "今後の予定", text = "これから行いたいこと"}]'
    targets = f'[{{ref = "{refs[0]}", received_on = 2026-11-01}}, {{ref = "{refs[1]}"}}]'
    answers = (
        f'[{{id = "a1aaa", target = "{refs[0]}", question = "q1aaa", text = "平日も開けたい", lens = "連携の可能性"}}]'
    )
    made = run(
        *("new", "survey", "title=活動の調べ", "method=アンケート", f"questions:={questions}"),
        *(f"targets:={targets}", f"answers:={answers}"),
    )
    assert made.code == 0, made.err
    return made.out.strip().splitlines()[-1]


def test_the_summary_tells_rate_answers_and_who_is_waited_for(run: Run, survey: str) -> None:
    told = run("survey", "summary", survey)
    assert told.code == 0
    assert "回答率 1/2（50%）" in told.out and "回答待ち　見守り隊" in told.out
    assert "つどいの会：平日も開けたい［連携の可能性］" in told.out
    answer = run("survey", "summary", survey, "--json").json
    assert (answer["asked"], answer["received"], answer["percent"]) == (2, 1, 50)
    assert answer["questions"][0]["answers"][0]["text"] == "平日も開けたい"


def test_candidates_for_a_hearing_come_with_their_reason(run: Run, survey: str) -> None:
    assert survey
    told = run("survey", "candidates")
    assert told.code == 0 and "つどいの会\n　連携の可能性がある回答：平日も開けたい" in told.out
    assert len(run("survey", "candidates", "--json").json["candidates"]) == 1


def test_what_is_no_survey_is_wrong_use(run: Run) -> None:
    assert run("survey", "summary").code == 2
    assert run("survey", "summary", "departments/jutaku").code == 2
    assert run("survey", "export").code == 2

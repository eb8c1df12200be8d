"""Words that were chosen: as services join them, as scales are numbered, and free words beside 「その他」."""

from __future__ import annotations

import time

import pytest

from kyoju_tui.exchange.inquiries.answer_values import Read, Unclear
from kyoju_tui.exchange.surveys.survey_choices import chosen
from kyoju_tui.records.survey import Question


def question(*words: str, sort: str = "選択") -> Question:
    return Question.model_validate({"id": "q1aaa", "type": sort, "choices": list(words)})


SEVERAL = question("朝市", "見守り、買い物", "清掃・花壇", "その他（具体的に）")
NUMBERED = question("5 とても良い", "4 良い", "3 普通")
SCALE = question("とても満足", "満足", "どちらともいえない", "不満")
AGES = question("10代", "20代", "65 歳以上", "3回")


def said(asked: Question, text: str) -> str | None:
    found = chosen(asked, text)
    return str(found.value) if isinstance(found, Read) else None


@pytest.mark.parametrize(
    "text",
    [
        "朝市;見守り、買い物",
        "朝市, 見守り、買い物",
        "朝市、見守り、買い物;",
        "朝市\n見守り、買い物",
        "朝市 / 見守り、買い物",
    ],
)
def test_words_that_hold_separators_are_told_from_words_that_are_joined(text: str) -> None:  # fmt: skip
    assert said(SEVERAL, text) == "朝市、見守り、買い物"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("朝市, 町内の祭り", "朝市、その他（町内の祭り）"),
        ("その他：祭り;朝市;", "朝市、その他（祭り）"),
        ("祭り、踊り;朝市;その他", "朝市、その他（祭り、踊り）"),
        ("その他", "その他（具体的に）"),
        ("その他（祭り）", "その他（祭り）"),
    ],
)
def test_free_words_are_the_other_answer_where_there_is_one(text: str, expected: str) -> None:
    assert said(SEVERAL, text) == expected
    assert said(SEVERAL, expected) == expected, "what is recorded reads the same again"


def test_without_another_answer_unknown_words_are_asked_about() -> None:
    assert isinstance(chosen(SCALE, "満足;まあまあ"), Unclear)


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        (NUMBERED, "5", "5 とても良い"), (NUMBERED, "とても良い", "5 とても良い"), (NUMBERED, "４：良い", "4 良い"),
        (NUMBERED, "④良い", "4 良い"), (SCALE, "5：とても満足", "とても満足"), (SCALE, "1. 不満", "不満"),
        # What is not said on both sides is not guessed, and other numbers are other answers.
        (NUMBERED, "5 良い", None), (NUMBERED, "2", None), (SCALE, "5", None), (SCALE, "まんぞく", None),
        (AGES, "70 歳以上", None), (AGES, "2-3回", None), (AGES, "10", None), (AGES, "10代", "10代"),
    ],
)  # fmt: skip
def test_scales_are_read_with_and_without_their_numbers(asked: Question, text: str, expected: str | None) -> None:
    assert said(asked, text) == expected


def test_yes_and_no_are_read_in_many_words() -> None:
    asked = question(sort="はい・いいえ")
    assert [said(asked, text) for text in ("ある", "×", "ＹＥＳ", "はい、ときどき")] == ["はい", "いいえ", "はい", None]


def test_hostile_texts_take_no_time() -> None:
    started = time.perf_counter()
    for text in (f"5{' ' * 19_000}1", f"5{')' * 19_000}1", "、あ" * 9_000, "(" * 19_000, "その他" * 6_000):
        chosen(SEVERAL, text)
        chosen(NUMBERED, text)
    assert time.perf_counter() - started < 2

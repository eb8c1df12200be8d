"""Words that name somebody, and questions that ask who somebody is: seen with few false alarms."""

from __future__ import annotations

import pytest

from kyoju_tui.records.personal import asks_for_people, named


@pytest.mark.parametrize(
    "question",
    [
        "代表者のお名前を教えてください。", "お名前（任意）", "担当の方のお名前・ご連絡先をご記入ください",
        "緊急時の連絡先",
        "電話番号を教えてください", "ご住所", "会長の氏名", "メールアドレスをお願いします",
        "氏名をご記入いただけますか？",
        "フリガナ", "ﾌﾘｶﾞﾅ", "ご自宅の住所は？", "生年月日",
    ],
)  # fmt: skip
def test_a_question_for_a_person_is_seen(question: str) -> None:
    assert asks_for_people(question)


@pytest.mark.parametrize(
    "question",
    [
        "団体のお名前", "団体の名前を教えてください", "会の名前", "商店街のお店のお名前",
        "電話での相談を受けていますか",
        "住所録を作っていますか", "活動場所の住所を教えてください",
        "困っていることは何ですか。（氏名は書かないでください）",
        "メールで連絡できますか", "連絡先を交換していますか", "活動を担っている人は何人ですか。", "",
    ],
)  # fmt: skip
def test_other_questions_are_not(question: str) -> None:
    assert not asks_for_people(question)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("佐藤さんが休むと回らない", "佐藤さん"), ("自治会の会長が替わる", "会長"), ("田中氏に頼む", "田中氏"),
        ("みなさんで散歩", ""), ("お子さんと朝市", ""), ("氏名は聞かない", ""), ("利用者さん", ""),
    ],
)  # fmt: skip
def test_words_that_name_somebody_are_told(text: str, expected: str) -> None:
    assert named(text) == expected

"""The heads of a form service's table: which column is a question's, a time stamp, a group's name, or personal.

Columns that hold who somebody is or how to reach them are recognised, by their head, by what the question asks for, or
by what stands in them, and are not read any further: personal data never enters the store.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from kyoju_tui.exchange.books.values import Sheet, Value
from kyoju_tui.exchange.inquiries.answer_values import nearest, shorten, tidy
from kyoju_tui.exchange.surveys.survey_layout import choices_of
from kyoju_tui.records.folding import fold
from kyoju_tui.records.personal import asks_for_people, has_mail, has_phone
from kyoju_tui.records.survey import Question, Survey

Sort: TypeAlias = Literal["question", "stamp", "who", "personal", "number", "unknown"]

_SEARCHED: Final = 20
_WIDE: Final = 300
_SAMPLE: Final = 400
_HEAD: Final = 500


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


_STAMP: Final = _folded(
    "タイムスタンプ 回答日時 送信日時 受付日時 登録日時 日時 回答日 完了時刻 開始時刻 "
    "timestamp submittedat completiontime starttime"
)
_WHO: Final = _folded("団体名 団体 団体などの名前 団体の名前 団体名称 組織名 事業所名 所属団体 町内会名 貴団体名")
_NUMBER: Final = _folded("id no 番号 回答番号 受付番号 回答id 通番")
_PERSONAL: Final = _folded(
    "氏名 名前 お名前 おなまえ 姓 名 ふりがな 代表者 代表者名 代表者氏名 回答者 回答者名 回答者氏名 "
    "担当者 担当者名 記入者 記入者名 メール メールアドレス eメール email e-mail mail mailaddress "
    "username ユーザー名 ユーザ名 "
    "電話 電話番号 tel phone 携帯 携帯電話 fax 連絡先 ご連絡先 住所 ご住所 address 郵便番号 生年月日 ipアドレス name"
)
_NAMING: Final = re.compile(
    "(氏名|お名前|ふりがな|め-る|あどれす|mail|電話|携帯|連絡先|住所|郵便番号|生年月日|ゆ-ざ-名|代表者|回答者名|担当者名|記入者)"
)
# What services put before and behind a question, one of them at a time.
_BEFORE: Final = re.compile(
    r"^\s*(?:[(（\[［【〔](?:必須|任意|\d{1,3})[)）\]］】〕]|[①-⑳]|(?:問|質問|設問|q)\s*\d{1,3}(?:[-－]\d{1,3})?[.．、:：)）\s]*"
    r"|\d{1,3}(?:[-－]\d{1,3})?[.．、:：)）\s-]+)\s*",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"(?:[*＊※]|[(（\[［【〔](?:必須|任意|複数(?:回答|選択)?可?|いくつでも可?|[1１一]つだけ)[)）\]］】〕])+\s*$"
)
_DEPTH: Final = 3


@dataclass(frozen=True, slots=True)
class Head:
    """A column: what it is, its head as it stands, the question it answers, and the nearest one where it is unknown."""

    column: int
    sort: Sort
    text: str
    question: str = ""
    like: str = ""


def top(sheet: Sheet) -> Iterator[tuple[int, Sequence[Value]]]:
    """The rows that may be the heads, counted from 0."""
    return ((number, row[:_WIDE]) for number, row in enumerate(sheet.rows[:_SEARCHED]))


def questions_in(row: Sequence[Value], survey: Survey) -> int:
    """How many of the questions stand in a row."""
    return len({question.id for value in row if (question := _question(value, survey)) is not None})


def heads_found(sheet: Sheet, survey: Survey) -> int:
    """How many of the questions stand side by side, as heads do."""
    return max((questions_in(row, survey) for _, row in top(sheet)), default=0)


def heads_of(sheet: Sheet, head: int, survey: Survey) -> Iterator[Head]:
    """The columns under the heads of a row. One question may have several: services repeat it for every branch."""
    asked = [question.text or question.section or "" for question in survey.questions]
    taken: set[str] = set()
    for column, value in enumerate(sheet.rows[head][:_WIDE]):
        filled = [row[column] for row in sheet.rows[head + 1 : head + 1 + _SAMPLE] if row[column] is not None]
        text = shorten(str(value)) if value is not None else ""
        if not text and not filled:
            continue
        name = fold(_bare(str(value or "")[: 4 * _HEAD])[:_HEAD])
        question = _question(value, survey, taken)
        if _is_personal(name, question) or _reaches_people(filled):
            yield Head(column, "personal", text)
        elif question is not None:
            taken.add(question.id or "")
            yield Head(column, "question", text, question.id or "")
        elif name in _STAMP:
            yield Head(column, "stamp", text)
        elif name in _WHO:
            yield Head(column, "who", text)
        elif name in _NUMBER:
            yield Head(column, "number", text)
        else:
            yield Head(column, "unknown", text, like=nearest(text, asked) if text else "")


def _question(value: Value, survey: Survey, taken: Collection[str] = ()) -> Question | None:
    """The question that a head is: by its words, else by its section where that has no other question.

    Where two questions have the same words, the one that is not `taken`.
    """
    said = _names(value) if isinstance(value, str) else frozenset[str]()
    if not said:
        return None
    called = [each for each in survey.questions if each.id and each.text and _names(each.text) & said]
    if called:
        return next((each for each in called if each.id not in taken), called[0])
    sections = [question.section for question in survey.questions]
    for question in survey.questions:
        alone = question.section is not None and sections.count(question.section) == 1
        if question.id and alone and fold(question.section or "") in said:
            return question
    return None


@lru_cache(maxsize=512)
def _names(text: str) -> frozenset[str]:
    """What a text is called; nothing for one that no head is as long as."""
    return frozenset({fold(text), fold(_bare(text))} - {""}) if 0 < len(text) < _HEAD * 4 else frozenset()


def _bare(text: str) -> str:
    """The words of a question alone."""
    bare = tidy(text)
    for _ in range(_DEPTH):
        bare = _BEHIND.sub("", _BEFORE.sub("", bare, count=1))
    return bare


def _is_personal(name: str, question: Question | None) -> bool:
    if question is None:
        return name in _PERSONAL or _NAMING.search(name) is not None
    asked = question.text or question.section or ""
    return name in _PERSONAL or (not choices_of(question) and asks_for_people(asked))


def _reaches_people(values: Sequence[Value]) -> bool:
    """Whether most of a column is mail addresses or telephone numbers."""
    texts = [str(value)[:200] for value in values if isinstance(value, str | int)]
    return bool(texts) and sum(has_mail(text) or has_phone(text) for text in texts) * 2 > len(texts)

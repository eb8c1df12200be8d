"""How the form of a questionnaire or hearing is laid out: the one description by which it is written and read.

Rows and columns are counted from 1. On the sheet 回答票 a question takes two rows: its words, below them its answer.
Column 1 is hidden and tells on the row of an answer which question it answers. The sheet 控え says the same once more.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypeAlias

from kyoju_tui.exchange.inquiries import inquiry_layout
from kyoju_tui.overview.surveys import answers_of
from kyoju_tui.records.ids import Ref, check_ref, is_id
from kyoju_tui.records.survey import Question, Survey

VERSION: Final = 1
"""Of this layout. A form of another version is refused in words, never guessed at."""

ANSWERS: Final = "回答票"
CHOICES: Final = inquiry_layout.CHOICES
COPY: Final = inquiry_layout.COPY
"""The sheets in their order: 選択肢 is hidden, 控え very hidden."""

ID_COLUMN: Final = 1
NUMBER_COLUMN: Final = 2
TEXT_COLUMN: Final = 3
"""Question and answer stand in `TEXT_COLUMN`, one under the other."""

FORM_ROW: Final = inquiry_layout.FORM_ROW
"""The row of the form's id: on 回答票 in `ID_COLUMN`, in 控え in `COPY_MARK_COLUMN`."""
COPY_FIRST_ROW: Final = inquiry_layout.COPY_FIRST_ROW
COPY_ROW_COLUMN: Final = inquiry_layout.COPY_ROW_COLUMN
COPY_MARK_COLUMN: Final = inquiry_layout.COPY_MARK_COLUMN

WHO: Final = "who"
"""Stands for a question in the mark of the row that takes the group's name: only a form for nobody in particular."""
WHO_ASKED: Final = "団体などの名前"

YES_NO: Final = ("はい", "いいえ")
AnswerSort: TypeAlias = Literal["text", "choice", "number"]

_FORM: Final = "kyoju-survey"
_ROW: Final = "kyoju-question"
_REVISION: Final = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")
_CHECK: Final = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class FormId:
    """Which form this is.

    `store` is the id of the oldest commit of the store's history, `base` that of the commit from which the form was
    filled in. `target` is a REF; the empty text on a form for nobody in particular.
    """

    layout: int
    store: str
    survey: Ref
    target: str
    base: str
    made_on: date

    def text(self) -> str:
        """As it stands in a cell."""
        return "|".join(
            (_FORM, *map(str, (self.layout, self.store, self.survey, self.target, self.base, self.made_on)))
        )

    @classmethod
    def parse(cls, text: object) -> FormId | None:
        """What a cell says; None where it holds no form's id. One of another layout version is told by `layout`."""
        parts = text.split("|") if isinstance(text, str) and len(text) < 600 else []
        if len(parts) != 7 or parts[0] != _FORM or not all(part.isascii() for part in parts):
            return None
        _, layout, store, survey, target, base, made_on = parts
        ref = Ref(survey)
        if not is_id(ref.id) or ref != f"surveys/{ref.id}" or not _is_target(target):
            return None
        if not re.fullmatch(r"\d{1,4}", layout) or not _REVISION.fullmatch(store) or not _REVISION.fullmatch(base):
            return None
        try:
            day = date.fromisoformat(made_on)
        except ValueError:
            return None
        return cls(int(layout), store, ref, target, base, day)


@dataclass(frozen=True, slots=True)
class Mark:
    """What the row of an answer is: the question's id (or `WHO`), and `check_of` the text that was filled in."""

    question: str
    check: str

    def text(self) -> str:
        """As it stands in a cell."""
        return "|".join((_ROW, self.question, self.check))

    @classmethod
    def parse(cls, text: object) -> Mark | None:
        """What a cell says; None where it is no row's mark."""
        parts = text.split("|") if isinstance(text, str) and len(text) < 200 else []
        if len(parts) != 3 or parts[0] != _ROW or not is_id(parts[1]) or not _CHECK.fullmatch(parts[2]):
            return None
        return cls(parts[1], parts[2])


def sort_of(question: Question) -> AnswerSort:
    """What an answer is: free text too where a choice has nothing to choose from."""
    if question.type == "数":
        return "number"
    return "choice" if choices_of(question) else "text"


def choices_of(question: Question) -> tuple[str, ...]:
    """The words that a question offers; none where it takes any."""
    if question.type == "はい・いいえ":
        return YES_NO
    return question.choices if question.type == "選択" else ()


def hint(question: Question) -> str:
    """How it is answered, in a few words; the empty text where that goes without saying."""
    if sort_of(question) == "choice":
        return "右の▼から選んでください"
    return "数字で書いてください" if sort_of(question) == "number" else ""


def filled(survey: Survey, target: str) -> dict[str, str]:
    """What the form of a target is filled in with, by the id of the question: its own answers, nobody else's."""
    if not target:
        return {}
    return {
        question.id: answer.text
        for question, answer in answers_of(survey, target)
        if question.id and answer is not None and answer.text
    }


def check_of(text: str) -> str:
    """A short value that tells whether a text is the one that was filled in."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _is_target(text: str) -> bool:
    if not text:
        return True
    try:
        check_ref(text)
    except ValueError:
        return False
    return True

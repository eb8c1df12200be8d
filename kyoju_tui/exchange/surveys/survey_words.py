"""What stands at the head of a survey's form, on the screen of a spreadsheet and on paper alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kyoju_tui.overview.composing import lead_name
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.group import Group, Person
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.survey import Question, Survey

ANSWERING: Final = "回答する団体など"
_NO_NAMES: Final = "個人の氏名・電話番号・メールアドレスは書かないでください。"
GUIDE: Final = f"黄色の欄に記入し、このファイルのまま返送してください。{_NO_NAMES}"
PAPER_GUIDE: Final = f"枠の中に記入してください。書ききれないときは、裏面や別の紙に続けてください。{_NO_NAMES}"


@dataclass(frozen=True, slots=True)
class Words:
    """The head's parts as they are read; what the survey does not say is the empty text.

    `asks_who` where the form is for nobody in particular.
    """

    title: str
    purpose: str
    facts: tuple[str, ...]
    guide: str
    asks_who: bool


def words_of(snapshot: Snapshot, survey: Survey, target: str, guide: str = GUIDE) -> Words:
    """The head of a target's form. A person is called by the role in the records: they have no names."""
    due = f"回答期限　{format_date(survey.due_on)}" if survey.due_on else ""
    who = f"{ANSWERING}　{snapshot.title(Ref(target))}" if target else ""
    facts = tuple(filter(None, (due, who, f"問い合わせ先・提出先　{_desk(snapshot, survey, target)}")))
    return Words(survey.title, survey.purpose or "", facts, guide, not target)


def sections(survey: Survey) -> Iterator[tuple[str, Sequence[tuple[int, Question]]]]:
    """The questions under their sections, each section once, with the numbers that they have on the form."""
    under: dict[str, list[Question]] = {}
    for question in survey.questions:
        under.setdefault(question.section or "", []).append(question)
    number = 0
    for label, questions in under.items():
        numbered = [(number + place, question) for place, question in enumerate(questions, 1)]
        number += len(questions)
        yield label, numbered


def _desk(snapshot: Snapshot, survey: Survey, target: str) -> str:
    """The survey's own desk, else the one that keeps the target's contacts, else the lead department."""
    if survey.contact:
        return survey.contact
    asked = snapshot.get(target) if target else None
    desk = asked.contact_desk if isinstance(asked, Group | Person) else None
    municipality = snapshot.store.municipality
    name = snapshot.full_name("department", desk) if desk else lead_name(snapshot)
    return f"{municipality}　{name}" if name else municipality

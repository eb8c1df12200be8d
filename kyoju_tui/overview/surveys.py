"""Questionnaires and hearings: what they begin with, how many answered, whom to hear next (handbook 3-2).

Pure functions of records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kyoju_tui.records.group import Group, Person
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.survey import Answer, Question, Survey

QUESTIONNAIRE: Final = "アンケート"
HEARING: Final = "ヒアリング"
NOBODY: Final = "（相手を定めない回答）"
"""Stands for the target of an answer that has none: from a form that anybody could fill in."""

# What each kind of survey asks: a section of the form, the question to begin with, and the field of a group that an
# answer belongs into. Staff reword them.
GUIDES: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    QUESTIONNAIRE: (
        ("実施体制", "どのような体制で活動していますか（人数、役割の分け方など）。", "structure"),
        ("活動内容と成果", "どのような活動をしていますか。これまでの成果もお聞かせください。", "activities"),
        ("活動の課題", "活動を続けるうえで困っていることは何ですか。", "difficulties"),
        ("今後の予定", "これから行いたいことはありますか。", "plans"),
    ),
    HEARING: (
        ("活動の中身", "ふだんの活動の流れと、参加している人の様子。", "activities"),
        ("課題", "続けるうえで難しいこと。", "difficulties"),
        ("連携の意向", "市やほかの団体と一緒にできそうなこと。", "plans"),
    ),
}
_INTO: Final = {section: field for guide in GUIDES.values() for section, _, field in guide}
_JOINT: Final = "連携の可能性"
_PLANS: Final = "plans"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of those asked have answered."""

    received: int
    asked: int

    @property
    def percent(self) -> int | None:
        """The response rate in whole percent, halves up, 100 only where all answered; None where nobody was asked."""
        if not self.asked:
            return None
        return 100 if self.received == self.asked else min((self.received * 200 + self.asked) // (2 * self.asked), 99)

    @property
    def words(self) -> str:
        """`5/6（83%）`; what it is a rate of stands beside it on screens."""
        return "" if self.percent is None else f"{self.received}/{self.asked}（{self.percent}%）"


@dataclass(frozen=True, slots=True)
class Hearable:
    """A group that is worth hearing, and why."""

    ref: Ref
    reasons: tuple[str, ...]


def rate(survey: Survey) -> Rate:
    """The response rate: a target counts once its answer has come in."""
    return Rate(sum(target.received_on is not None for target in survey.targets), len(survey.targets))


def unanswered(survey: Survey) -> tuple[str, ...]:
    """The REFs of those who have not answered, in the order of the list."""
    return tuple(target.ref for target in survey.targets if target.received_on is None)


def is_late(survey: Survey, today: date) -> bool:
    """Whether answers are missing after the due date."""
    return survey.due_on is not None and survey.due_on < today and bool(unanswered(survey))


def answers_of(survey: Survey, ref: str) -> tuple[tuple[Question, Answer | None], ...]:
    """Every question with the answer of one target."""
    given = {answer.question: answer for answer in survey.answers if answer.target == ref}
    return tuple((question, given.get(question.id)) for question in survey.questions)


def unaddressed(survey: Survey) -> tuple[Answer, ...]:
    """The answers of those who are no target: from a form that anybody could fill in."""
    return tuple(answer for answer in survey.answers if answer.target is None)


def into_group(survey: Survey, ref: str, group: Group) -> dict[str, object]:
    """What a group's answers say of its own record: the fields that they fill or, for activities, add to.

    A text that the record has already is never replaced.
    """
    found: dict[str, list[str]] = {}
    for question, answer in answers_of(survey, ref):
        field = _INTO.get(question.section or "")
        if field is not None and answer is not None and answer.text:
            found.setdefault(field, []).append(answer.text.strip())
    changed: dict[str, object] = {}
    for field, texts in found.items():
        if field == "activities":
            lines = [
                line for text in texts for line in text.splitlines() if line.strip() and line not in group.activities
            ]
            if lines:
                changed[field] = [*group.activities, *dict.fromkeys(lines)]
        elif not getattr(group, field):
            changed[field] = "\n".join(texts)
    return changed


def hearable(snapshot: Snapshot) -> tuple[Hearable, ...]:
    """The groups to hear next: those that plan something or could work together, most reasons first.

    A group that a hearing names already is left out. Nothing is scored: the reasons are told, people choose.
    """
    surveys = snapshot.all(Survey)
    heard = {target.ref for survey in surveys.values() if survey.method == HEARING for target in survey.targets}
    reasons: dict[Ref, list[str]] = {}
    for survey in surveys.values():
        if survey.method == HEARING:
            continue
        for ref, reason in _reasons(survey):
            reasons.setdefault(Ref(ref), []).append(reason)
    groups = snapshot.all(Group)
    for ref, group in groups.items():
        if group.plans:
            reasons.setdefault(ref, []).append(f"今後の予定がある：{_first(group.plans)}")
    found = [Hearable(ref, tuple(dict.fromkeys(reasons[ref]))) for ref in reasons if ref in groups and ref not in heard]
    return tuple(sorted(found, key=lambda each: (-len(each.reasons), each.ref)))


def _reasons(survey: Survey) -> Iterator[tuple[str, str]]:
    sections = {question.id: question.section for question in survey.questions}
    for answer in survey.answers:
        if answer.target is None or not (answer.text or "").strip():
            continue
        if answer.lens == _JOINT:
            yield answer.target, f"連携の可能性がある回答：{_first(answer.text or '')}"
        elif _INTO.get(sections.get(answer.question or "") or "") == _PLANS:
            yield answer.target, f"予定についての回答：{_first(answer.text or '')}"


def _first(text: str) -> str:
    line = text.strip().splitlines()[0]
    return line if len(line) <= 40 else f"{line[:39]}…"


def key_persons(snapshot: Snapshot, group: str) -> tuple[tuple[Ref, Person], ...]:
    """The key persons of a group, by role."""
    return tuple((ref, person) for ref, person in snapshot.all(Person).items() if group in person.groups)

"""Words of a survey's board: what was asked in short, and the answers of those who are no target."""

from __future__ import annotations

from collections.abc import Iterable

from kyoju_tui.overview.surveys import NOBODY, unaddressed
from kyoju_tui.records.survey import Question, Survey
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence


def apart_row(survey: Survey) -> Row:
    """The answers of those who are no target, as a form service brings them."""
    count = f"{len(unaddressed(survey))}件"
    return Row(NOBODY, tuple(Marked.of((text, "")) for text in (NOBODY, "", "", count)))


def apart_sentences(survey: Survey) -> Iterable[Sentence]:
    """What they said, by question."""
    yield Sentence(NOBODY, "bold")
    for question in survey.questions:
        for answer in unaddressed(survey):
            if answer.question == question.id:
                yield Sentence(f"{asked(survey, question)}　{(answer.text or '').strip()}")


def asked(survey: Survey, question: Question) -> str:
    """The section; what was asked where the section has more than one question."""
    alone = sum(each.section == question.section for each in survey.questions) == 1
    return (question.section if alone else None) or question.text or question.section or ""

"""What the answers of a survey were before a form came back: as it was filled in, and as earlier forms changed them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import cast

from kyoju_tui.exchange.surveys.survey_merging import same
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import Plain
from kyoju_tui.workspace.inquiring.as_sent import answers_before, records_at, turns
from kyoju_tui.workspace.workspace import Workspace

Texts = Mapping[str, str]
"""A target's answers by the id of the question."""


class Before:
    """Looks into the history of one survey; forms that were made together are looked up once."""

    def __init__(self, workspace: Workspace, ref: Ref) -> None:
        self._workspace = workspace
        self._ref = ref
        self._at = cache(self._found)
        self._turned = cache(self._turns)

    def sent(self, base: str, target: str) -> Texts | None:
        """What the form of a target (the empty text: of nobody in particular) showed; None where that is not known."""
        found = self._at(base)
        return None if found is None else _texts(found[self._ref], target)

    def earlier(self, base: str, target: str) -> Texts:
        """What earlier forms of a target made of the answers that they changed."""
        made: dict[str, str] = {}
        for commit in answers_before(self._workspace, self._ref, target, base):
            before, after = self._turned(commit)
            old, new = _texts(before, target), _texts(after, target)
            made |= {
                question: new.get(question, "")
                for question in {*old, *new}
                if not same(old.get(question, ""), new.get(question, ""))
            }
        return made

    def _found(self, base: str) -> Mapping[Ref, Plain | None] | None:
        return records_at(self._workspace, base, [self._ref])

    def _turns(self, commit: str) -> tuple[Plain | None, Plain | None]:
        return turns(self._workspace, commit, [self._ref])[self._ref]


def _texts(survey: Plain | None, target: str) -> dict[str, str]:
    """A target's answers as the file of a survey has them."""
    answers = cast("list[Plain]", (survey or {}).get("answers") or [])
    return {
        str(answer["question"]): str(answer.get("text") or "")
        for answer in answers
        if target and answer.get("target") == target and answer.get("question")
    }

"""Forms that came back against the survey as it is now: every answer placed, and one change of one record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kyoju_tui.exchange.books.cells import Cell
from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.bringing import Bringing, Outcome, Placed
from kyoju_tui.exchange.inquiries.answer_values import CellReader, Unclear, shorten, tidy
from kyoju_tui.exchange.surveys import survey_layout as layout
from kyoju_tui.exchange.surveys.survey_asked import target_of
from kyoju_tui.exchange.surveys.survey_before import Before
from kyoju_tui.exchange.surveys.survey_merging import Decided, Versions, decide, same
from kyoju_tui.exchange.surveys.survey_record import Answers, require_day, subject_of
from kyoju_tui.exchange.surveys.survey_returned import Given, Returned
from kyoju_tui.exchange.surveys.survey_values import UNSHOWN, People, read_answer
from kyoju_tui.history.roots import roots
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.survey import Question, Survey
from kyoju_tui.workspace.requests import Change, Put
from kyoju_tui.workspace.workspace import Workspace

_TWO: Final = "同じ相手の様式が2つあり、内容が違います。正しいほうだけを取り込んでください。"
_GONE: Final = "この質問は、いまはありません。画面で質問を確かめてください。"
_BESIDE: Final = "様式にない欄に書かれているため、どの質問への回答か分かりません。"
_TWICE: Final = "同じ質問の欄が2つあり、内容が違います。どちらかだけにしてください。"
_UNTOUCHED: Final = "様式を出したときのままで、記入がありません。受付は記録しません。"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that is not taken, and why."""

    file: str
    error: KyojuError


class SurveyPlanning:
    """Works out the forms of one survey, one after the other. Nothing is written."""

    def __init__(self, workspace: Workspace, ref: Ref, on: date, today: date) -> None:
        """Errors: `InvalidValue` for a day after today, `UnknownRef` where there is no such survey."""
        # The base first, the record after it: what a colleague saves in between is merged, never lost.
        self._base = workspace.base(ref)
        self._ref = ref
        self._snapshot = workspace.snapshot
        self._survey = self._snapshot.expect(ref, Survey)
        self._record = Answers(self._survey)
        self._before = Before(workspace, ref)
        self._roots = roots(workspace.repository)
        self._on = on
        require_day(on, today)
        self._reader = CellReader(self._snapshot, today)
        self._questions = {question.id: question for question in self._survey.questions if question.id}
        self._placed: list[Placed] = []
        self._remarks: list[str] = []
        self._people = People()
        self._prefix = ""
        self.refused: list[Refusal] = []

    def run(self, forms: Sequence[Returned]) -> Bringing:
        """All of these forms as one save; those that cannot be taken are `refused`.

        Errors: `InvalidValue` for a day before a form was sent, or where the record cannot hold it all.
        """
        by_target: dict[str, list[Returned]] = {}
        for form in forms:
            if form.id is not None and not form.id.target and not any(_holds(each.cell) for each in form.given):
                self._placed.append(Placed(shown_name(form.file), "同じ", None, "", "", "", "", _UNTOUCHED))
                continue
            try:
                target = target_of(self._snapshot, self._roots, self._ref, self._survey, form)
                by_target.setdefault(target, []).append(form)
            except KyojuError as error:
                self.refused.append(Refusal(form.file, error))
        taken = [form for returned in by_target.values() for form in returned]
        for target, returned in by_target.items():
            different = {form.sha256: form for form in returned}
            for form in different.values():
                self._prefix = f"{shown_name(form.file)} " if len(forms) > 1 else ""
                if len(different) > 1 and not _alike(list(different.values())):
                    self._tell("", "不明", target, "", "", "", _TWO)
                elif form is next(iter(different.values())):
                    self._form(target, form)
        changed = self._record.survey
        changes: tuple[Change, ...] = ()
        if changed != self._survey:
            changes = (Put(self._ref, changed, self._base),)
        subject = subject_of(self._survey, [self._snapshot.title(Ref(each)) for each in by_target], taken)
        sha256 = taken[0].sha256 if taken else ""
        name = "・".join(shown_name(form.file) for form in taken[:1])
        name += f" ほか{len(taken) - 1}件" if len(taken) > 1 else ""
        remarks = tuple(dict.fromkeys([*self._people.remarks(), *self._remarks]))
        return Bringing(name, sha256, tuple(self._placed), changes, subject, remarks)

    # -- one form ----------------------------------------------------------------------------------------------------

    def _form(self, target: str, form: Returned) -> None:
        self._remarks += [f"{self._prefix}{remark}" for remark in form.remarks]
        taken = self._record.taken(target, form.sha256)
        if taken:
            self._tell("", "同じ", target, "", "", "", f"このファイルは取り込み済みです（{taken}）。")
            return
        require_day(self._on, None, self._record.sent_on(target))
        sent, earlier = self._look_back(target, form)
        if not form.strays and all(_unedited(each, (sent or {}).get(each.question)) for each in form.given):
            self._tell("", "同じ", target, "", "", "", _UNTOUCHED)
            return
        for question, given in _by_question(form.given).items():
            if question != layout.WHO:
                self._question(target, question, given, sent, earlier)
        for cell in form.strays:
            self._tell(cell.where, "不明", target, "", "", shorten(str(cell.value)), _BESIDE)
        self._record.receive(target, self._on, form.file, form.sha256)

    def _question(
        self,
        target: str,
        question_id: str,
        given: Sequence[Given],
        sent: Mapping[str, str] | None,
        earlier: Mapping[str, str],
    ) -> None:
        """Place one answer."""
        question = self._questions.get(question_id)
        shown = None if sent is None else sent.get(question_id, "")
        edited = [each for each in given if not _unedited(each, shown)]
        cell = (edited or given)[0].cell
        if question is None:
            if edited:
                self._tell(cell.where, "不明", target, "", "", shorten(_raw(cell)), _GONE)
            return
        label = _label(question)
        now = self._record.text(target, question_id)
        if len({_raw(each.cell) for each in edited}) > 1:
            self._tell(cell.where, "不明", target, label, now, shorten(_raw(cell)), _TWICE)
            return
        if cell.fault:
            self._tell(cell.where, "不明", target, label, now, "", cell.fault)
            return
        came, note = shown or "", ""
        if edited:
            read = read_answer(question, cell.value, self._reader)
            if isinstance(read, Unclear):
                raw = "" if read.why in UNSHOWN else shorten(_raw(cell))
                self._tell(cell.where, "不明", target, label, now, raw, read.why)
                return
            came, note = read.text, read.note
        decided = decide(Versions(shown, now, earlier.get(question_id)), came)
        if decided.outcome in ("追加", "変更"):
            self._people.look(f"{self._prefix}{cell.where}", decided.text)
        self._take(target, question_id, decided)
        if decided.outcome != "同じ" or edited:
            after = came if decided.outcome == "食い違い" else decided.text
            self._tell(cell.where, decided.outcome, target, label, now, after, f"{note}{decided.why}")

    def _take(self, target: str, question: str, decided: Decided) -> None:
        if decided.outcome in ("追加", "変更", "消去"):
            self._record.answer(target, question, decided.text)

    def _look_back(self, target: str, form: Returned) -> tuple[Mapping[str, str] | None, Mapping[str, str]]:
        """What the form was filled in with (None: not known), and what earlier forms of this target made of answers."""
        base = "" if form.id is None else form.id.base
        sent = self._before.sent(base, target if form.id and form.id.target else "")
        if sent is None:
            self._remarks.append(
                f"{self._prefix}様式を出したときの記録が履歴にないため、まだ回答のない質問だけを取り込みます。"
            )
        return sent, self._before.earlier(base, target) if self._record.has_receipts(target) else {}

    def _tell(self, where: str, outcome: Outcome, target: str, label: str, before: str, after: str, why: str) -> None:
        place = f"{self._prefix}{where}".strip()
        title = self._snapshot.title(Ref(target))
        self._placed.append(Placed(place, outcome, self._ref, title, label, before, after, why))


def _by_question(given: Sequence[Given]) -> dict[str, list[Given]]:
    found: dict[str, list[Given]] = {}
    for each in given:
        found.setdefault(each.question, []).append(each)
    return found


def _unedited(given: Given, shown: str | None) -> bool:
    """Whether a cell holds what it was filled in with."""
    if given.cell.fault:
        return False
    raw = _raw(given.cell)
    if given.check is not None and layout.check_of(raw) == given.check:
        return True
    return same(raw, shown or "")


def _holds(cell: Cell) -> bool:
    return bool(cell.fault or _raw(cell))


def _raw(cell: Cell) -> str:
    return "" if cell.value is None else tidy(str(cell.value))


def _alike(forms: Sequence[Returned]) -> bool:
    said = [{given.question: _raw(given.cell) for given in form.given} for form in forms]
    return all(each == said[0] for each in said)


def _label(question: Question) -> str:
    return shorten(question.text or question.section or "")

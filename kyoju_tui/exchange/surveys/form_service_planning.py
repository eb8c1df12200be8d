"""The answers of a form service against the survey as it is now: every answer placed, only what is new brought in."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Final, cast

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.bringing import Bringing, Cancelled, Outcome, Placed, Stopped, Told, never, silent
from kyoju_tui.exchange.inquiries.answer_values import CellReader, Unclear, nearest, shorten
from kyoju_tui.exchange.surveys.form_service import ServiceRow, ServiceTable, moment_of
from kyoju_tui.exchange.surveys.survey_asked import names_of
from kyoju_tui.exchange.surveys.survey_merging import same
from kyoju_tui.exchange.surveys.survey_record import Answers, require_day, subject_of
from kyoju_tui.exchange.surveys.survey_values import UNSHOWN, People, read_answer
from kyoju_tui.overview.surveys import NOBODY
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.survey import Survey
from kyoju_tui.workspace.requests import Change, Put
from kyoju_tui.workspace.workspace import Workspace

_UNKNOWN: Final = "記録の質問に見つからない見出しなので、この列は取り込みません。"
_DELETED: Final = "前に取り込んだあと、ここで削除された回答なので、取り込みません。"
_OTHER: Final = "この相手の回答はもうあり、内容が違います。取り込まないので、画面で確かめてください。"
_SHIFTED: Final = (
    "列の数が見出しと合わず、どの質問への回答か分からないため、この行は取り込みません。ファイルの行を直してください。"
)
_TRIAL: Final = "試しに送られた回答のようなので、この行は取り込みません。本当の回答なら、画面で入力してください。"
_GIVEN: Final = "相手を定めない回答として取り込んでいたものを、この相手の回答にします。"
_EVERY: Final = 100


class ServicePlanning:
    """Works out one table. Nothing is written."""

    def __init__(self, workspace: Workspace, ref: Ref, on: date, today: date) -> None:
        """Errors: `InvalidValue` for a day after today, `UnknownRef` where there is no such survey."""
        self._base = workspace.base(ref)
        self._workspace = workspace
        self._ref = ref
        self._snapshot = workspace.snapshot
        self._survey = self._snapshot.expect(ref, Survey)
        self._record = Answers(self._survey)
        self._on, self._today = on, today
        require_day(on, today)
        self._reader = CellReader(self._snapshot, today)
        self._questions = {question.id: question for question in self._survey.questions if question.id}
        self._names = names_of(self._snapshot, self._survey)
        self._known = self._record.ids
        self._ever = frozenset(_ever(workspace, ref))
        self._met: Counter[str] = Counter()
        self._placed: list[Placed] = []
        self._apart = 0
        self._people = People()

    def run(self, table: ServiceTable, *, told: Told = silent, cancelled: Cancelled = never) -> Bringing:
        """The whole of the file. Errors: `InvalidValue` where the record cannot hold it, `Stopped`."""
        for head in table.heads:
            if head.sort == "unknown":
                hint = f"「{shorten(head.like)}」のことでしょうか。" if head.like else ""
                label = head.text or "見出しのない列"
                self._placed.append(Placed("見出し", "不明", None, "", label, "", "", f"{_UNKNOWN}{hint}"))
        for number, row in enumerate(table.rows):
            if number % _EVERY == 0:
                told("回答を照合しています", number, len(table.rows))
                if cancelled():
                    raise Stopped("取り込みをやめました。", cure="何も変えていません。")
            self._row(row)
        changed = self._record.survey
        changes: tuple[Change, ...] = ()
        if changed != self._survey:
            changes = (Put(self._ref, changed, self._base),)
        subject = subject_of(self._survey, (), [table])
        remarks = (*self._people.remarks(), *table.remarks, *self._remarks(table))
        return Bringing(shown_name(table.file), table.sha256, tuple(self._placed), changes, subject, remarks)

    def _row(self, row: ServiceRow) -> None:
        if row.shifted or row.trial:
            said = "" if row.shifted else row.trial
            place = next(iter(row.cells.values())).where
            self._tell(place, "不明", NOBODY, f"{row.number}行目", said, _SHIFTED if row.shifted else _TRIAL)
            return
        target = self._names.get(fold(row.who)) if row.who else None
        why = "" if target or not row.who else self._not_asked(row.who)
        title = self._snapshot.title(Ref(target)) if target else NOBODY
        came = False
        for question_id, cell in row.cells.items():
            question = self._questions[question_id]
            label = shorten(question.text or question.section or "")
            raw = shorten(str(cell.value)) if cell.value is not None else ""
            if cell.fault:
                self._tell(cell.where, "不明", title, label, raw, cell.fault)
                continue
            read = read_answer(question, cell.value, self._reader)
            if isinstance(read, Unclear):
                self._tell(cell.where, "不明", title, label, "" if read.why in UNSHOWN else raw, read.why)
            elif read.text:
                came |= self._answer(row, question_id, read.text, target, (cell.where, title, label), read.note + why)
        if came and target:
            self._receive(target, row)

    def _answer(
        self, row: ServiceRow, question: str, text: str, target: str | None, told: tuple[str, str, str], why: str
    ) -> bool:
        """Place one answer; whether it is there afterwards."""
        where, title, label = told
        key = self._key(row, question, text)
        before = self._record.text(target, question) if target else ""
        if key in self._known and target and self._record.give(key, target):
            self._placed.append(Placed(where, "変更", self._ref, title, label, NOBODY, text, _GIVEN))
            return True
        if key in self._known or (target and same(before, text)):
            self._tell(where, "同じ", title, label, text, "")
            return key not in self._known or self._record.target_of(key) == target
        if key in self._ever:
            self._tell(where, "不明", title, label, text, _DELETED)
            return False
        if before:
            self._placed.append(Placed(where, "食い違い", self._ref, title, label, before, text, _OTHER))
            return False
        self._record.add(key, target, question, text)
        self._people.look(where, text)
        self._tell(where, "追加", title, label, text, why)
        return True

    def _key(self, row: ServiceRow, question: str, text: str) -> str:
        """The answer's id: the same in every export of the service, whatever has been added to it.

        The first part tells which answers came at the same moment, the second what was said; equal ones are counted.
        """
        moment = moment_of(row.stamp)
        stamp = moment.isoformat() if moment else "" if row.stamp is None else fold(str(row.stamp))
        said = "\x1f".join((stamp, question, text))
        self._met[said] += 1
        return f"{_hash(stamp, 8)}-{_hash(f'{said}{chr(31)}{self._met[said]}', 12)}"

    def _receive(self, target: str, row: ServiceRow) -> None:
        moment = moment_of(row.stamp)
        day = moment.date() if moment else None
        sent = self._record.sent_on(target)
        on = self._on if day is None or day > self._today or (sent is not None and day < sent) else day
        require_day(on, None, sent)
        self._record.receive(target, on)

    def _not_asked(self, who: str) -> str:
        """The group of a row is no target: what it said stays without one. The name itself is not kept."""
        self._apart += 1
        like = nearest(who, [self._snapshot.title(Ref(each.ref)) for each in self._survey.targets])
        hint = f"「{shorten(like)}」のことなら、ファイルの名前を直して取り込んでください。" if like else ""
        return f"「{shorten(who)}」は相手にないため、相手を定めない回答にします。{hint}"

    def _tell(self, where: str, outcome: Outcome, title: str, label: str, after: str, why: str) -> None:
        before = after if outcome == "同じ" else ""
        self._placed.append(Placed(where, outcome, self._ref, title, label, before, after, why))

    def _remarks(self, table: ServiceTable) -> Iterator[str]:
        if not any(head.sort == "stamp" for head in table.heads):
            yield "日時の列がないため、同じ文の回答は出てくる順に見分けます。"
        if self._apart:
            yield f"相手にない団体などの回答が{self._apart}件あります。相手を定めない回答にします。"


def _ever(workspace: Workspace, ref: Ref) -> Iterator[str]:
    """The ids of all answers that the survey ever had: what staff deleted does not come back with a longer export."""
    if not workspace.has_past:
        return
    for _, plain in workspace.past.states(ref):
        for answer in cast("list[Plain]", (plain or {}).get("answers") or []):
            if answer.get("id"):
                yield str(answer["id"])


def _hash(text: str, length: int) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:length]

"""A questionnaire to two groups and a person, and answers written into its forms as people do it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from kyoju_tui.exchange.bringing import Bringing
from kyoju_tui.exchange.forms.file_set import write_set
from kyoju_tui.exchange.surveys.survey_export import make_survey_forms
from kyoju_tui.exchange.surveys.survey_import import Brought, bring_answers
from kyoju_tui.exchange.surveys.survey_layout import ANSWERS, Mark
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.survey import Survey
from kyoju_tui.workspace.requests import Saved
from kyoju_tui.workspace.workspace import Workspace
from tests.exchange.answers import put

TODAY = date(2026, 11, 23)
SURVEY = Ref("surveys/20261101-sssss")
OTHER = Ref("surveys/20261101-ttttt")
CAFE, WATCH, KEEPER = (
    Ref("groups/20261101-cafee"), Ref("groups/20261101-watch"), Ref("people/20261101-keepr"),
)  # fmt: skip
PEOPLE, DONE, HARD, START, WITH = "q1aaa", "q2bbb", "q3ccc", "q4ddd", "q5eee"

Write = Callable[[Any], object]

RECORDS: dict[str, dict[str, object]] = {
    CAFE: {"name": "つどいの会", "contact_desk": "korei"},
    WATCH: {"name": "見守り隊"},
    KEEPER: {"groups": [CAFE.id], "roles": ["会場の鍵の管理"]},
    SURVEY: {
        "title": "活動の調べ", "method": "アンケート", "purpose": "困りごとを知る。",
        "asked_on": date(2026, 11, 2), "due_on": date(2026, 11, 30),
        "questions": [
            {"id": PEOPLE, "section": "実施体制", "text": "活動を担っている人は何人ですか。", "type": "数"},
            {"id": DONE, "section": "活動内容と成果", "text": "続けている活動を教えてください。", "type": "記述"},
            {"id": HARD, "section": "活動の課題", "text": "困っていることは何ですか。", "type": "記述"},
            {"id": START, "section": "今後の予定", "text": "始めたいことはありますか。", "type": "はい・いいえ"},
            {
                "id": WITH, "section": "今後の予定", "text": "だれと一緒にしたいですか。", "type": "選択",
                "choices": ["市", "学校", "ほかの団体"],
            },
        ],
        "targets": [{"ref": each, "sent_on": date(2026, 11, 2)} for each in (CAFE, WATCH, KEEPER)],
    },
    OTHER: {
        "title": "聞き取り", "method": "ヒアリング",
        "questions": [{"id": "h1aaa", "section": "課題", "text": "難しいこと"}],
        "targets": [{"ref": WATCH}],
    },
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """The store, and a folder for what comes back."""

    workspace: Workspace
    folder: Path

    @property
    def survey(self) -> Survey:
        """The questionnaire as it is now."""
        return self.workspace.snapshot.expect(SURVEY, Survey)

    def forms(self, survey: Ref = SURVEY, name: str = "様式") -> dict[str, Path]:
        """The forms as they are made now, by target (the empty text: for nobody in particular)."""
        made = make_survey_forms(self.workspace, survey, TODAY)
        write_set(made, self.folder / name)
        return {each.target: self.folder / name / each.name for each in made.files if each.name.endswith(".xlsx")}

    def bring(self, *paths: Path, survey: Ref | None = None, on: date = TODAY) -> Bringing:
        """What files bring, where that is one save."""
        (found,) = self.brought(*paths, survey=survey, on=on).bringings
        return found

    def brought(self, *paths: Path, survey: Ref | None = None, on: date = TODAY) -> Brought:
        """What files bring."""
        return bring_answers(self.workspace, paths, on, TODAY, survey)

    def save(self, bringing: Bringing) -> Saved:
        """Record it."""
        return self.workspace.batch(bringing.changes, action="import", subject=bringing.subject).result(timeout=60)

    def answers(self, target: str | None) -> dict[str, str]:
        """What a target has said, by question."""
        return {each.question or "": each.text or "" for each in self.survey.answers if each.target == target}

    def correct(self, question: str, text: str | None) -> None:
        """Somebody here changes つどいの会's answer (None: deletes it)."""
        kept = [each for each in self.survey.answers if (each.target, each.question) != (CAFE, question)]
        said = (
            [{"id": f"staff-{question}", "target": CAFE, "question": question, "text": text}]
            if text is not None
            else []
        )
        changed = self.survey.but(answers=[*(each.model_dump(exclude_none=True) for each in kept), *said])
        self.workspace.save(SURVEY, changed).result(timeout=60)


def make_records(workspace: Workspace) -> None:
    """Record the questionnaire and whom it asks."""
    put(workspace, RECORDS)


def rows(path: Path) -> dict[str, int]:
    """The row of every answer's cell."""
    sheet: Any = openpyxl.load_workbook(path)[ANSWERS]
    marks = {row: Mark.parse(sheet.cell(row, 1).value) for row in range(1, sheet.max_row + 1)}
    return {mark.question: row for row, mark in marks.items() if mark is not None}


def filled(path: Path, answers: Mapping[str, object], change: Write | None = None, name: str = "") -> Path:
    """A form with answers typed into it, and with whatever else somebody did to the file."""
    book = openpyxl.load_workbook(path)
    sheet: Any = book[ANSWERS]
    where = rows(path)
    for question, value in answers.items():
        sheet.cell(where[question], 3).value = value
    if change is not None:
        change(book)
    out = path.with_name(name or f"記入_{path.name}")
    book.save(out)
    return out


def outcomes(bringing: Bringing) -> list[tuple[str, str, str]]:
    """What becomes of each value that is not the same: outcome, question, value."""
    return [(each.outcome, each.label, each.after) for each in bringing.placed if each.outcome != "同じ"]


def csv_file(folder: Path, lines: Sequence[str], name: str = "回答.csv", encoding: str = "utf-8") -> Path:
    """The table of a form service."""
    path = folder / name
    path.write_bytes("\r\n".join([*lines, ""]).encode(encoding))
    return path

"""All forms of a survey, made from what is recorded: one for each target, one for nobody in particular, and paper."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from kyoju_tui.exchange import survey_layout as layout
from kyoju_tui.exchange.bringing import Cancelled, Stopped, Told, never, silent
from kyoju_tui.exchange.file_names import safe_names
from kyoju_tui.exchange.survey_form import form_xlsx
from kyoju_tui.exchange.survey_paper import paper_docx
from kyoju_tui.history.commits import head
from kyoju_tui.history.roots import roots
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.survey import Survey, SurveyTarget
from kyoju_tui.workspace.workspace import Workspace

_BLANK = "相手を決めない用紙"


@dataclass(frozen=True, slots=True)
class SetFile:
    """One file of the set, and whom it is for (the empty text: nobody in particular)."""

    name: str
    target: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Of its bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class SurveySet:
    """The files, the commit from which they were filled in, and who has no form, each with the reason."""

    survey: Ref
    base: str
    made_on: date
    files: tuple[SetFile, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def forms(self) -> int:
        """How many targets have a form."""
        return len({file.target for file in self.files if file.target})


def make_survey_forms(
    workspace: Workspace,
    ref: Ref,
    today: date,
    targets: Collection[str] = (),
    *,
    told: Told = silent,
    cancelled: Cancelled = never,
) -> SurveySet:
    """Make the forms of these targets, or of all, and the blank one for print. Nothing is written.

    What counts is what is recorded: everything is read from the newest commit, so that answers are later compared with
    just what the form showed. Errors: `InvalidValue` where there is nothing to ask, `Stopped`, `UnknownRef`, those of
    the repository.
    """
    told("記録を読んでいます", 0, 0)
    base, store = head(workspace.repository), next(iter(roots(workspace.repository)), "")
    then = None if base is None else workspace.at(base)
    survey = None if then is None else then.get(ref)
    if base is None or then is None or not isinstance(survey, Survey):
        raise UnknownRef(
            "このアンケート・ヒアリングはまだ記録されていないため、様式を作れません。",
            cure="記録してから、もう一度行ってください。",
        )
    _require_questions(survey)
    asked, left_out = _asked(then, survey, targets)
    wanted = [*(each.ref for each in asked), ""]
    names = safe_names(_name(then, survey, target) for target in wanted)
    files: list[SetFile] = []
    for number, (target, name) in enumerate(zip(wanted, names, strict=True)):
        if cancelled():
            raise Stopped("様式の書き出しをやめました。", cure="ファイルは何も書いていません。")
        told(then.title(Ref(target)) if target else _BLANK, number, len(wanted))
        form = layout.FormId(layout.VERSION, store, ref, target, base, today)
        files.append(SetFile(f"{name}.xlsx", target, form_xlsx(form, survey, then)))
        files.append(SetFile(f"{name}.docx", target, paper_docx(survey, target, then)))
    return SurveySet(ref, base, today, tuple(files), left_out)


def _require_questions(survey: Survey) -> None:
    if not survey.questions:
        raise InvalidValue(
            "質問がまだないため、様式を作れません。", field="questions", cure="編集で質問を加えて記録してください。"
        )
    ids = [question.id for question in survey.questions]
    if None in ids or len(set(ids)) != len(ids):
        raise InvalidValue(
            "番号（id）のない質問か、番号の同じ質問があるため、様式を作れません。",
            field="questions",
            cure="点検（check）で場所を確かめ、質問を画面で開いて記録し直してください。",
        )


def _asked(
    snapshot: Snapshot, survey: Survey, targets: Collection[str]
) -> tuple[list[SurveyTarget], tuple[tuple[str, str], ...]]:
    known = {each.ref: each for each in survey.targets}
    wanted = [_target(known, each) for each in dict.fromkeys(targets)] or list(survey.targets)
    left_out = [(each.ref, "相手の記録がありません") for each in wanted if snapshot.get(each.ref) is None]
    return [each for each in wanted if snapshot.get(each.ref) is not None], tuple(left_out)


def _target(known: dict[str, SurveyTarget], text: str) -> SurveyTarget:
    found = known.get(text) or next(_called(known, text), None)
    if found is None:
        raise UnknownRef(
            f"「{text[:40]}」は、このアンケート・ヒアリングの相手にありません。",
            cure=f"相手：{'、'.join(known) or '（まだありません）'}",
        )
    return found


def _called(known: dict[str, SurveyTarget], text: str) -> Iterator[SurveyTarget]:
    return (target for ref, target in known.items() if Ref(ref).id == text)


def _name(snapshot: Snapshot, survey: Survey, target: str) -> str:
    """活動の調べ_つどいの会."""
    return f"{survey.title[:30]}_{snapshot.title(Ref(target)) if target else _BLANK}"

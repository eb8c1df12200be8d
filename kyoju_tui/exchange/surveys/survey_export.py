"""All forms of a survey, made from what is recorded: one for each target, one for nobody in particular, and paper."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from kyoju_tui.exchange.bringing import Cancelled, Told, never, silent
from kyoju_tui.exchange.forms.file_names import safe_names
from kyoju_tui.exchange.forms.form_set import FormSet, SetFile, in_turn, recorded
from kyoju_tui.exchange.surveys import survey_layout as layout
from kyoju_tui.exchange.surveys.survey_form import form_xlsx
from kyoju_tui.exchange.surveys.survey_paper import paper_docx
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.survey import Survey, SurveyTarget
from kyoju_tui.workspace.workspace import Workspace

_BLANK = "相手を決めない用紙"


def make_survey_forms(
    workspace: Workspace,
    ref: Ref,
    today: date,
    targets: Collection[str] = (),
    *,
    told: Told = silent,
    cancelled: Cancelled = never,
) -> FormSet:
    """Make the forms of these targets, or of all, and the blank one for print. Nothing is written.

    What counts is what is recorded: everything is read from the newest commit, so that answers are later compared with
    just what the form showed. Errors: `InvalidValue` where there is nothing to ask, `Stopped`, `UnknownRef`, those of
    the repository.
    """
    found = recorded(workspace, ref, Survey, "アンケート・ヒアリング", told)
    then, survey = found.then, found.record
    _require_questions(survey)
    asked, left_out = _asked(then, survey, targets)
    wanted = [*(each.ref for each in asked), ""]
    names = safe_names(_name(then, survey, target) for target in wanted)
    files: list[SetFile] = []
    called = [then.title(Ref(target)) if target else _BLANK for target in wanted]
    for number in in_turn(called, told, cancelled):
        target, name = wanted[number], names[number]
        form = layout.FormId(layout.VERSION, found.store, ref, target, found.base, today)
        files.append(SetFile(f"{name}.xlsx", target, form_xlsx(form, survey, then)))
        files.append(SetFile(f"{name}.docx", target, paper_docx(survey, target, then)))
    return FormSet(ref, found.base, today, tuple(files), left_out)


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
            cure="点検で場所を確かめ、質問を画面で開いて記録し直してください。",
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

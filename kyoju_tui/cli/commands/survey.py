"""`survey`: forms out, answers in, what a questionnaire or a hearing brought, and whom to hear next."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import Final

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.commands import survey_export, survey_import
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import readable
from kyoju_tui.overview.surveys import NOBODY, hearable, rate, unanswered
from kyoju_tui.records.errors import InvalidValue, WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.survey import Survey
from kyoju_tui.workspace.workspace import Workspace

_HELP: Final = "--help で使い方を確かめてください。"
_READING: Final = ("summary", "candidates")
_OPTIONS: Final = {
    "-o": ("output", ("export",)),
    "--target": ("only", ("export",)),
    "--force": ("force", ("export",)),
    "--survey": ("of", ("import",)),
    "--on": ("on", ("import",)),
    "FILE": ("more", ("import",)),
}


def add_arguments(parser: ArgumentParser) -> None:
    """What to do, and with which survey."""
    parser.add_argument(
        "act",
        choices=("summary", "candidates", "export", "import"),
        metavar="WHAT",
        help="summary（回答の集まり方と内容）、candidates（聞き取りの候補）、export（様式の書き出し）、"
        "import（回答の取り込み）",
    )
    parser.add_argument(
        "ref",
        metavar="ID",
        nargs="?",
        help="アンケート・ヒアリングの場所、または重複のないid（summary、export）。import では回答のファイル",
    )
    survey_export.add_arguments(parser)
    survey_import.add_arguments(parser)


def run(context: Context) -> int:
    """Do what was asked for."""
    act = context.arguments.act
    _refuse_strangers(context.arguments)
    workspace = context.open()
    try:
        if act == "candidates":
            return _candidates(context, workspace)
        if act == "import":
            return survey_import.run(context, workspace)
        if context.arguments.ref is None:
            raise InvalidValue(
                "どのアンケート・ヒアリングか分かりません。", cure=f"survey {act} ID の形で指定してください。"
            )
        ref = workspace.snapshot.find(context.arguments.ref)
        survey = readable(workspace, ref)
        if not isinstance(survey, Survey):
            raise InvalidValue(
                f"「{ref}」はアンケート・ヒアリングではありません。", cure="一覧（list survey）で確かめてください。"
            )
        if act == "export":
            return survey_export.run(context, workspace, ref)
        return _summary(context, workspace, ref, survey)
    finally:
        workspace.close()


def _refuse_strangers(arguments: Namespace) -> None:
    for option, (name, acts) in _OPTIONS.items():
        if getattr(arguments, name, None) and arguments.act not in acts:
            raise WrongUse(f"「{option}」は survey {arguments.act} には付けられません。", cure=_HELP)
    if getattr(arguments, "dry_run", False) and arguments.act in _READING:
        raise WrongUse(f"「--dry-run」は survey {arguments.act} には付けられません。", cure=_HELP)


def _summary(context: Context, workspace: Workspace, ref: Ref, survey: Survey) -> int:
    rated, waiting = rate(survey), unanswered(survey)
    questions = [
        {
            "id": question.id,
            "section": question.section,
            "text": question.text,
            "answers": [
                {"target": answer.target, "text": answer.text, "lens": answer.lens, "refs": list(answer.refs)}
                for answer in survey.answers
                if answer.question == question.id
            ],
        }
        for question in survey.questions
    ]
    if context.json:
        figures = {"asked": rated.asked, "received": rated.received, "percent": rated.percent}
        print_json({"ref": ref, **figures, "waiting": list(waiting), "questions": questions}, context.out)
        return 0
    context.say(shown(f"{survey.title}　回答率 {rated.words or '（相手なし）'}"))
    for target in waiting:
        context.say(shown(f"回答待ち　{workspace.snapshot.title(Ref(target))}"))
    for question in survey.questions:
        context.say(shown(f"■ {question.section or ''}　{question.text or ''}"))
        for answer in survey.answers:
            if answer.question == question.id:
                who = workspace.snapshot.title(Ref(answer.target)) if answer.target else NOBODY
                lens = f"［{answer.lens}］" if answer.lens else ""
                context.say(shown(f"　{who}：{answer.text or ''}{lens}"))
    return 0


def _candidates(context: Context, workspace: Workspace) -> int:
    found = hearable(workspace.snapshot)
    if context.json:
        told = [{"ref": each.ref, "reasons": list(each.reasons)} for each in found]
        print_json({"candidates": told}, context.out)
        return 0
    for each in found:
        context.say(shown(workspace.snapshot.title(each.ref)))
        for reason in each.reasons:
            context.say(shown(f"　{reason}"))
    context.say(f"{len(found)}件")
    return 0

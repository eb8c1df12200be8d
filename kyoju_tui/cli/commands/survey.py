"""`survey summary`: what a questionnaire or a hearing brought, by question."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import readable
from kyoju_tui.overview.surveys import hearable, rate, unanswered
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.survey import Survey
from kyoju_tui.workspace.workspace import Workspace


def add_arguments(parser: ArgumentParser) -> None:
    """What to do, and with which survey."""
    parser.add_argument(
        "act",
        choices=("summary", "candidates"),
        metavar="WHAT",
        help="summary（回答の集まり方と内容）、candidates（聞き取りの候補）",
    )
    parser.add_argument(
        "ref", metavar="ID", nargs="?", help="アンケート・ヒアリングの場所、または重複のないid（summary のとき）"
    )


def run(context: Context) -> int:
    """Print the summary of one survey, or whom to hear next."""
    workspace = context.open()
    try:
        if context.arguments.act == "candidates":
            return _candidates(context, workspace)
        if context.arguments.ref is None:
            raise InvalidValue(
                "どのアンケート・ヒアリングか分かりません。", cure="survey summary ID の形で指定してください。"
            )
        ref = workspace.snapshot.find(context.arguments.ref)
        survey = readable(workspace, ref)
        if not isinstance(survey, Survey):
            raise InvalidValue(
                f"「{ref}」はアンケート・ヒアリングではありません。", cure="一覧（list survey）で確かめてください。"
            )
        return _summary(context, workspace, ref, survey)
    finally:
        workspace.close()


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
                who = workspace.snapshot.title(Ref(answer.target)) if answer.target else ""
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

"""`survey import`: forms that came back, and the tables of form services."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.bringing import as_data, tell
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import UNCHANGED
from kyoju_tui.exchange.bringing import Bringing
from kyoju_tui.exchange.surveys.survey_import import bring_answers
from kyoju_tui.overview.surveys import rate
from kyoju_tui.records.dates import parse_date
from kyoju_tui.records.errors import KyojuError, Refused, WrongUse
from kyoju_tui.records.survey import Survey
from kyoju_tui.workspace.requests import Saved
from kyoju_tui.workspace.workspace import Workspace


def add_arguments(parser: ArgumentParser) -> None:
    """The files, and what the person who brings them in says of them."""
    parser.add_argument("more", metavar="FILE", nargs="*", help="回答のファイル（いくつでも）。import")
    parser.add_argument(
        "--survey",
        dest="of",
        metavar="ID",
        help="どのアンケート・ヒアリングへの回答か（省くと様式から読みます）。import",
    )
    parser.add_argument("--on", metavar="DATE", help="受付日（省くと今日）。import")


def run(context: Context, workspace: Workspace) -> int:
    """Bring the files in. 0 also where values were left out; 3 where a file was not taken and others were."""
    arguments = context.arguments
    if arguments.ref is None:
        raise WrongUse("回答のファイルが足りません。", cure="survey import FILE の形で指定してください。")
    paths = [Path(each) for each in dict.fromkeys((arguments.ref, *arguments.more))]
    on = parse_date(arguments.on, today=context.today).value if arguments.on else context.today
    survey = workspace.snapshot.find(arguments.of) if arguments.of else None
    found = bring_answers(workspace, paths, on, context.today, survey)
    done: list[tuple[Bringing, Saved | None]] = []
    for bringing in found.bringings:
        if not context.json:
            tell(context, bringing)
        saved: Saved | None = None
        if bringing.changes and context.dry_run:
            workspace.preview(bringing.changes, "import", subject=bringing.subject)
        elif bringing.changes:
            saved = workspace.batch(bringing.changes, action="import", subject=bringing.subject).result()
        done.append((bringing, saved))
        if not context.json:
            _say(context, workspace, bringing, saved)
    if context.json:
        files = [as_data(context, bringing, saved) for bringing, saved in done]
        refused = [{"file": each.file, "error": _error(each.error)} for each in found.refused]
        print_json({"files": files, "refused": refused, "dry_run": context.dry_run}, context.out)
    return Refused.exit_code if found.refused else 0


def _say(context: Context, workspace: Workspace, bringing: Bringing, saved: Saved | None) -> None:
    if not bringing.changes:
        context.say(UNCHANGED)
    elif saved is None:
        context.say(shown(f"記録の件名: {bringing.subject}"))
        context.say("（確認だけです。何も書き込んでいません。）")
    else:
        context.say(f"記録しました: {shown(saved.subject)}")
        survey = workspace.snapshot.expect(bringing.changes[0].ref, Survey)
        context.say(f"回答率 {rate(survey).words or '（相手なし）'}")


def _error(error: KyojuError) -> dict[str, str]:
    return {"code": error.code, "message": error.message, "cure": error.cure}

"""`report`: the report (報告書) as one page, in a folder or in a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.report.publishing import Audience
from kyoju_tui.exchange.report.report import Since, report
from kyoju_tui.exchange.report.report_file import report_place, require_place
from kyoju_tui.exchange.report.report_html import report_html
from kyoju_tui.files.output import replace
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import InvalidValue, WrongUse
from kyoju_tui.workspace.past.moments import as_it_stood, at, named


def add_arguments(parser: ArgumentParser) -> None:
    """Where to, for whom, since when."""
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help="書き出すフォルダー。.html で終わる名前なら、そのファイル"
    )
    parser.add_argument("--at", metavar="WHEN", help="この時点の内容（日付、会議のREFかid、版）")
    parser.add_argument("--since", metavar="WHEN", help="ここから変わったところを載せます（会議のREFかid、日付など）")
    readers = parser.add_mutually_exclusive_group()
    readers.add_argument("--internal", action="store_true", help="事務局用。期限超過と、地域の意欲も載せます")
    readers.add_argument("--public", action="store_true", help="公開用。「公開可」の記録だけで作ります")


def run(context: Context) -> int:
    """Make the page and write it."""
    arguments = context.arguments
    if arguments.output is None:
        raise WrongUse("書き出す先がありません。", cure="「-o フォルダー」か「-o ファイル.html」を付けてください。")
    audience: Audience = "事務局" if arguments.internal else "公開" if arguments.public else "庁内"
    workspace = context.open()
    try:
        place = report_place(arguments.output, context.today)
        require_place(workspace, place)
        snapshot, day = as_it_stood(workspace, arguments.at, context.today)
        since = None
        if arguments.since is not None:
            moment = named(workspace.snapshot, arguments.since, context.today)
            if moment.day is not None and moment.day > day:
                raise InvalidValue(
                    f"「{moment.words}」は、報告書の時点（{format_date(day, weekday=False)}）より後です。",
                    cure="--since には、報告書の時点より前の日付か会議を指定してください。",
                )
            then = at(workspace, moment)
            since = Since(then.moment.words, then.snapshot)
        page = report_html(report(snapshot, day, audience, since))
        place.parent.mkdir(exist_ok=True)
        replace(place, page.encode())
        if context.json:
            print_json({"output": str(place), "readers": audience}, context.out)
        else:
            context.say(shown(f"書き出しました: {place}"))
        return 0
    finally:
        workspace.close()

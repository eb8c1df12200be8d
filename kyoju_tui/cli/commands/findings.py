"""`findings`: points (論点) and reminders (確認事項)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.paper import add_file, asked_encoding
from kyoju_tui.exchange.documents.outside import write_outside
from kyoju_tui.exchange.findings_json import findings_json
from kyoju_tui.exchange.findings_paper import findings_paper
from kyoju_tui.exchange.papers.paper_file import paper_file
from kyoju_tui.overview.findings import findings
from kyoju_tui.workspace.past.moments import as_it_stood


def add_arguments(parser: ArgumentParser) -> None:
    """As of when, which, and where to."""
    parser.add_argument("--at", metavar="WHEN", help="この時点の論点・確認事項（日付、会議のREFかid、版）")
    parser.add_argument("--kind", choices=("論点", "確認事項"), metavar="KIND", help="論点か確認事項だけ")
    parser.add_argument("--open", action="store_true", help="整理していないものだけ")
    add_file(parser)


def run(context: Context) -> int:
    """Print them, each with the reason why it is raised; or write them to a file."""
    arguments = context.arguments
    output: Path | None = arguments.output
    encoding = asked_encoding(context)
    workspace = context.open()
    try:
        snapshot, day = as_it_stood(workspace, arguments.at, context.today)
        found = [
            each
            for each in findings(snapshot, day)
            if (arguments.kind is None or each.kind == arguments.kind)
            and not (arguments.open and each.verdict is not None)
        ]
        if output is not None:
            paper = findings_paper(snapshot, day, found)
            write_outside(workspace, output, paper_file(paper, output.suffix, encoding))
        if context.json:
            print_json(findings_json(found), context.out)
            return 0
        if output is not None:
            context.say(shown(f"書き出しました: {output}"))
            return 0
        for each in found:
            settled = f"　［{each.verdict}］" if each.verdict else ""
            context.say(shown(f"{each.kind} {each.name}{settled}　{each.key}"))
            context.say(shown(f"　{each.why}"))
        context.say(f"{len(found)}件")
        return 0
    finally:
        workspace.close()

"""`minutes`: the minutes (会議概要) of a meeting, to read or as a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.documents.minutes_file import FORMS, minutes_file, require_form
from kyoju_tui.exchange.documents.minutes_markdown import minutes_text
from kyoju_tui.exchange.documents.outside import write_outside
from kyoju_tui.overview.minutes import Minutes, minutes


def add_arguments(parser: ArgumentParser) -> None:
    """Which meeting, and where to."""
    parser.add_argument("meeting", metavar="ID", help="会議のid、または記録の場所（meetings/…）")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help=f"ファイルに書き出します（{'、'.join(FORMS)}）"
    )


def run(context: Context) -> int:
    """Print the minutes, or write them to a file."""
    output: Path | None = context.arguments.output
    if output is not None:
        require_form(output.suffix)
    workspace = context.open()
    try:
        snapshot = workspace.snapshot
        ref = snapshot.by_id("meeting", context.arguments.meeting) or snapshot.find(context.arguments.meeting)
        made = minutes(snapshot, ref)
        if output is not None:
            write_outside(workspace, output, minutes_file(made, output.suffix))
        if context.json:
            print_json(_as_data(made, ref), context.out)
        elif output is not None:
            context.say(shown(f"書き出しました: {output}"))
        else:
            for line in minutes_text(made).splitlines():
                context.say(shown(line))
        return 0
    finally:
        workspace.close()


def _as_data(made: Minutes, ref: str) -> dict[str, object]:
    return {
        "ref": ref,
        "title": made.title,
        "status": made.status,
        "facts": dict(made.facts),
        "sections": [
            {"heading": each.heading, "lines": list(each.lines), "groups": {key: list(of) for key, of in each.groups}}
            for each in made.sections
        ],
    }

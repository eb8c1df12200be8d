"""`case-sheet`: 事例票 for the prefecture's desk."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.documents import add_output, give
from kyoju_tui.exchange.case_sheet import case_sheet, shareable


def add_arguments(parser: ArgumentParser) -> None:
    """Where to."""
    add_output(parser)


def run(context: Context) -> int:
    """Print the sheet, or write it to a file."""
    workspace = context.open()
    try:
        text = case_sheet(workspace.snapshot, context.today)
        if not give(context, text):
            print_json({"text": text, "left_out": shareable(workspace.snapshot).left_out}, context.out)
        return 0
    finally:
        workspace.close()

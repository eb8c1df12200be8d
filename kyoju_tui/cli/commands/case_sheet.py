"""`case-sheet`: 事例票 for the prefecture's desk."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.documents import add_output, give
from kyoju_tui.exchange.documents.case_sheet import case_sheet, shareable
from kyoju_tui.exchange.documents.document_markdown import document_markdown


def add_arguments(parser: ArgumentParser) -> None:
    """Where to."""
    add_output(parser)


def run(context: Context) -> int:
    """Print the sheet, or write it to a file."""
    workspace = context.open()
    try:
        sheet = case_sheet(workspace.snapshot, context.today)
        if not give(context, workspace, sheet):
            left_out = shareable(workspace.snapshot).left_out
            print_json({"text": document_markdown(sheet), "left_out": left_out}, context.out)
        return 0
    finally:
        workspace.close()

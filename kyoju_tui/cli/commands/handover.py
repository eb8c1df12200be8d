"""`handover`: 引継書, what a successor takes over."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.documents import add_output, give
from kyoju_tui.exchange.documents.handover_document import handover_document
from kyoju_tui.exchange.handover_json import handover_json
from kyoju_tui.overview.findings import examine
from kyoju_tui.overview.handover import handover
from kyoju_tui.overview.matrix import matrix


def add_arguments(parser: ArgumentParser) -> None:
    """Where to."""
    add_output(parser)


def run(context: Context) -> int:
    """Print the document, or write it to a file."""
    workspace = context.open()
    try:
        whole = matrix(workspace.snapshot, context.today)
        content = handover(whole, examine(whole).views)
        if not give(context, workspace, handover_document(content, workspace.snapshot)):
            print_json(handover_json(content), context.out)
        return 0
    finally:
        workspace.close()

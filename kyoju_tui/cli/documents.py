"""Commands that make one document: printed, or written to the file that `-o` names."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import shown
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.documents.document import Document
from kyoju_tui.exchange.documents.document_file import DOCUMENT_FORMS, document_file
from kyoju_tui.exchange.documents.document_markdown import document_markdown
from kyoju_tui.exchange.documents.outside import write_outside
from kyoju_tui.workspace.workspace import Workspace


def add_output(parser: ArgumentParser) -> None:
    """The option that names the file."""
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help=f"ファイルに書き出します（{'、'.join(DOCUMENT_FORMS)}）"
    )


def give(context: Context, workspace: Workspace, document: Document) -> bool:
    """Write or print a document. False where a program asked instead, and nothing was printed.

    Errors: `WrongUse` for a file of another form or in the store, `ReadOnly` where it cannot be written.
    """
    output: Path | None = context.arguments.output
    if output is not None:
        write_outside(workspace, output, document_file(document, output.suffix))
    if context.json:
        return False
    if output is not None:
        context.say(shown(f"書き出しました: {output}"))
    else:
        for line in document_markdown(document).splitlines():
            context.say(shown(line))
    return True

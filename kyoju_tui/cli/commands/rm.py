"""`rm`: take a record away."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import acknowledge, preview


def add_arguments(parser: ArgumentParser) -> None:
    """Which record, and whether although others refer to it."""
    parser.add_argument("ref", metavar="REF", help="記録の場所、または重複のないid")
    parser.add_argument("--force", action="store_true", help="ほかの記録から参照されていても削除します")


def run(context: Context) -> int:
    """Remove the record's file."""
    arguments = context.arguments
    workspace = context.open()
    try:
        ref = workspace.snapshot.find(arguments.ref)
        if context.dry_run:
            return preview(context, workspace, workspace.removing(ref, force=arguments.force), "delete")
        acknowledge(context, workspace.delete(ref, force=arguments.force), {"ref": ref})
        return 0
    finally:
        workspace.close()

"""`undo`: one's own last save taken back, in a new commit."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import acknowledge, preview


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing to say."""
    del parser


def run(context: Context) -> int:
    """Take it back."""
    workspace = context.open()
    try:
        if context.dry_run:
            request = workspace.undoing()
            return preview(
                context, workspace, request.changes, request.action, subject=request.subject, undoes=request.undoes
            )
        acknowledge(context, workspace.undo())
        return 0
    finally:
        workspace.close()

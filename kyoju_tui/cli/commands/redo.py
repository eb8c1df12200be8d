"""`redo`: what one's own last undo took back, done again in a new commit."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import carry_out
from kyoju_tui.workspace.past.undoing import redoing


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing to say."""
    del parser


def run(context: Context) -> int:
    """Do it again."""
    workspace = context.open()
    try:
        return carry_out(context, workspace, redoing(workspace))
    finally:
        workspace.close()

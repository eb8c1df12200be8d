"""`undo`: one's own last save taken back, in a new commit."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import carry_out
from kyoju_tui.workspace.past.undoing import undoing


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing to say."""
    del parser


def run(context: Context) -> int:
    """Take it back."""
    workspace = context.open()
    try:
        return carry_out(context, workspace, undoing(workspace))
    finally:
        workspace.close()

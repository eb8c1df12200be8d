"""`mv`: an entry to another department."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import acknowledge, preview, readable
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import InvalidValue


def add_arguments(parser: ArgumentParser) -> None:
    """Which entry, and where to."""
    parser.add_argument("ref", metavar="REF", help="取組・課題の場所、または重複のないid")
    parser.add_argument("department", metavar="DEPARTMENT", help="移す先の部署のid（common は所管なし）")


def run(context: Context) -> int:
    """Move the entry and print its new REF as the last line."""
    workspace = context.open()
    try:
        ref = workspace.snapshot.find(context.arguments.ref)
        if not isinstance(readable(workspace, ref), Entry):
            raise InvalidValue(
                f"「{ref}」は移動できません。何も変えていません。", cure="移動できるのは、取組・課題・データです。"
            )
        changes = workspace.moving(ref, context.arguments.department)
        if context.dry_run:
            return preview(context, workspace, changes, "move")
        new = changes[1].ref
        acknowledge(context, workspace.move(ref, context.arguments.department), {"ref": new})
        if not context.json:
            context.say(new)
        return 0
    finally:
        workspace.close()

"""`causes`: issues as a tree from causes to effects."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.causes_json import causes_json
from kyoju_tui.overview.causes import causes, of_area
from kyoju_tui.records.area import Area


def add_arguments(parser: ArgumentParser) -> None:
    """Of which area, and whether those without a link too."""
    parser.add_argument("--area", metavar="AREA", help="この地域の課題と、それにつながる課題だけ")
    parser.add_argument("--linked", action="store_true", help="つながりのある課題だけ")


def run(context: Context) -> int:
    """Print the tree, a line per place."""
    workspace = context.open()
    try:
        snapshot, arguments = workspace.snapshot, context.arguments
        found = causes(snapshot)
        within = None
        if arguments.area is not None:
            area = snapshot.find(arguments.area)
            snapshot.expect(area, Area)
            within = found.around(of_area(snapshot, area.id))
        branches = [branch for branch in found.tree(within) if not arguments.linked or branch.ref in found.linked]
        if context.json:
            print_json(causes_json(branches, snapshot), context.out)
            return 0
        for branch in branches:
            step = "　" * branch.depth + "＞" if branch.depth else ""
            mark = f"（{branch.mark}）" if branch.mark else ""
            context.say(shown(f"{step}{snapshot.title(branch.ref)}{mark}　{branch.ref}"))
        context.say(f"{len(branches)}件")
        return 0
    finally:
        workspace.close()

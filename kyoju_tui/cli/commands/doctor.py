"""`doctor`: the surroundings of the program, each with its cure."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """Nothing to say."""
    del parser


def run(context: Context) -> int:
    """Print what was found."""
    from kyoju_tui.cli.surroundings import surroundings

    found = surroundings(context)
    if context.json:
        checks = [{"name": each.name, "ok": each.ok, "message": each.message, "cure": each.cure} for each in found]
        print_json({"checks": checks}, context.out)
        return 0
    for each in found:
        context.say(shown(f"{'よい　' if each.ok else '要確認'}　{each.name}: {each.message}"))
        if not each.ok and each.cure:
            context.say(f"　→ {shown(each.cure)}")
    return 0

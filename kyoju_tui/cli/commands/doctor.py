"""`doctor`: the surroundings of the program, each with its cure; with `--mend` what the program can put right."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence

from kyoju_tui.cli import merge_driver_setup
from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.workspace.care.look import Check, Mended


def add_arguments(parser: ArgumentParser) -> None:
    """What else it does than look."""
    parser.add_argument("--mend", action="store_true", help="「--mend で」とあるところを直します")
    merge_driver_setup.add_arguments(parser)


def run(context: Context) -> int:
    """Print what was found; with `--mend` mend it and look again."""
    if context.arguments.install_merge_driver:
        return merge_driver_setup.install(context)
    from kyoju_tui.cli.surroundings import surroundings
    from kyoju_tui.workspace.care.look import mend

    try:
        workspace = context.open()
    except KyojuError as error:
        _tell(context, surroundings(context, error), ())
        return 0
    try:
        found, mended = surroundings(context, workspace), ()
        if context.arguments.mend and not context.dry_run:
            mended = mend(found)
            workspace.refresh()
            found = surroundings(context, workspace)
    finally:
        workspace.close()
    _tell(context, found, mended)
    return 0


def _tell(context: Context, found: Sequence[Check], mended: Sequence[Mended]) -> None:
    if context.json:
        checks = [
            {"name": each.name, "ok": each.ok, "message": each.message, "cure": each.cure, "mending": each.mending}
            for each in found
        ]
        done = [{"name": each.name, "done": each.done, "message": each.message, "cure": each.cure} for each in mended]
        print_json({"checks": checks, **({"mended": done} if context.arguments.mend else {})}, context.out)
        return
    for each in mended:
        context.say(shown(f"{'直しました' if each.done else '直せません'}　{each.name}: {each.message}"))
        if each.cure:
            context.say(f"　→ {shown(each.cure)}")
    for each in found:
        context.say(shown(f"{'よい　' if each.ok else '要確認'}　{each.name}: {each.message}"))
        if not each.ok and each.cure:
            context.say(f"　→ {shown(each.cure)}")
        if each.mending:
            context.say(f"　--mend で: {shown(each.mending)}")
    if context.arguments.mend and context.dry_run:
        context.say("（確認だけです。何も書き込んでいません。）")

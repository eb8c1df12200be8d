"""`demo`: a copy of the sample store with some weeks of history."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json
from kyoju_tui.cli.context import Context


def add_arguments(parser: ArgumentParser) -> None:
    """Where to, and whether to open it."""
    parser.add_argument("path", nargs="?", metavar="PATH", type=Path, help="作る場所（省くと利用者のデータ置き場）")
    parser.add_argument("--no-open", action="store_true", help="作るだけで開きません")


def run(context: Context) -> int:
    """Make the copy and open it, unless a program asked or `--no-open` was given."""
    from kyoju_tui.workspace.new_store.demo import make_demo, vacant_demo_path

    arguments = context.arguments
    if context.dry_run:
        path = vacant_demo_path(arguments.path, context.today, context.environ)
        if context.json:
            print_json({"path": str(path), "opened": False}, context.out)
        else:
            context.say(f"見本を作ります: {path}")
        return 0
    path = make_demo(arguments.path, today=context.today, environ=context.environ)
    if context.json:
        print_json({"path": str(path), "opened": False}, context.out)
        return 0
    context.say(f"見本（架空の澪帆市）を作りました: {path}")
    return 0 if arguments.no_open else context.open_screen(path)

"""`init`: a new store in git."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.files.fresh import require_vacant
from kyoju_tui.workspace.new_store.presets import PRESETS


def add_arguments(parser: ArgumentParser) -> None:
    """Where, whose, and with which categories."""
    parser.add_argument("path", metavar="PATH", type=Path, help="作る場所（新しいフォルダーか空のフォルダー）")
    parser.add_argument("--municipality", required=True, metavar="NAME", help="市町村名")
    parser.add_argument(
        "--preset", choices=tuple(PRESETS), metavar="PRESET", help=f"カテゴリーの型：{'、'.join(PRESETS)}"
    )


def run(context: Context) -> int:
    """Make the store and say where."""
    from kyoju_tui.workspace.new_store.start import init_store, new_files

    arguments = context.arguments
    if context.dry_run:
        root = require_vacant(arguments.path)
        names = list(new_files(arguments.municipality, arguments.preset))
        if context.json:
            print_json({"path": str(root), "files": names, "dry_run": True}, context.out)
        else:
            context.say("\n".join(f"作成します: {name}" for name in names))
        return 0
    root = init_store(
        arguments.path, arguments.municipality, arguments.preset, author=context.author, environ=context.environ
    )
    if context.json:
        print_json({"path": str(root)}, context.out)
    else:
        context.say(shown(f"{arguments.municipality}の保管場所を作りました。"))
        context.say(str(root))
    return 0

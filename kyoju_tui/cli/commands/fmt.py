"""`fmt`: files in their canonical form, in one commit."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json
from kyoju_tui.cli.context import Context
from kyoju_tui.workspace.care.formatting import unformatted


def add_arguments(parser: ArgumentParser) -> None:
    """Whether to look only."""
    parser.add_argument("--check", action="store_true", help="整っているかを調べるだけで、書き換えません")


def run(context: Context) -> int:
    """Rewrite what is not canonical; with `--check` exit code 1 where anything is not, or cannot be read."""
    workspace = context.open()
    try:
        changes = unformatted(workspace)
        broken = sorted(workspace.snapshot.broken)
        paths = [change.ref.path for change in changes]
        looking = context.arguments.check or context.dry_run
        commit = None
        if changes and not looking:
            saved = workspace.batch(changes, action="update", subject=f"書式を整える（{len(changes)}件）").result()
            commit = saved.commit
        if context.json:
            print_json({"files": paths, "unreadable": [ref.path for ref in broken], "commit": commit}, context.out)
        else:
            for path in paths:
                context.say(f"{'整っていません' if looking else '整えました'}: {path}")
            for ref in broken:
                context.say(f"読み取れないため、そのままです: {ref.path}")
            if not paths and not broken:
                context.say("すべて整っています。")
        return 1 if context.arguments.check and (paths or broken) else 0
    finally:
        workspace.close()

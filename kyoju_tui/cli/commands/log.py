"""`log`: what happened, in the domain's words."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.parsing import whole
from kyoju_tui.records.changes import describe_all
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.workspace.past import LogEntry


def add_arguments(parser: ArgumentParser) -> None:
    """Of which record, and how many."""
    parser.add_argument("ref", nargs="?", metavar="REF", help="この記録の履歴だけ")
    parser.add_argument("-n", "--limit", type=whole, metavar="N", help="新しいほうからN件")


def run(context: Context) -> int:
    """Print commits with the fields they changed, newest first."""
    arguments = context.arguments
    workspace = context.open()
    try:
        snapshot = workspace.snapshot
        ref = None if arguments.ref is None else _past_ref(arguments.ref, snapshot.find)
        entries = workspace.past.entries(ref, limit=arguments.limit, name=snapshot.name)
        if ref is not None and not entries and ref not in snapshot and ref not in snapshot.broken:
            raise UnknownRef(f"「{ref}」という記録は、今も過去にもありません。", cure="履歴（log）で確かめてください。")
        if context.json:
            print_json({"commits": [_as_json(entry) for entry in entries]}, context.out)
            return 0
        for entry in entries:
            context.say(shown(f"{format_date(entry.at.date())} {entry.at:%H:%M}　{entry.author}　{entry.commit[:10]}"))
            context.say(f"　{shown(entry.subject)}")
            if len(entry.records) == 1 and entry.action == "update":
                for line in describe_all([each.change for each in entry.changes], snapshot.name):
                    context.say(f"　　{shown(line)}")
        return 0
    finally:
        workspace.close()


def _past_ref(text: str, find: Callable[[str], Ref]) -> Ref:
    """A REF; one whose record is gone is still one, since history knows it."""
    try:
        return find(text)
    except UnknownRef:
        if "/" not in text:
            raise
        ref = Ref(text.removesuffix(".toml"))
        kind_of(ref)
        return ref


def _as_json(entry: LogEntry) -> dict[str, object]:
    return {
        "commit": entry.commit,
        "at": entry.at.isoformat(),
        "author": entry.author,
        "subject": entry.subject,
        "action": entry.action,
        "records": list(entry.records),
        "changes": [
            {
                "record": each.record,
                "field": each.change.field,
                "label": each.change.label,
                "before": each.change.before,
                "after": each.change.after,
            }
            for each in entry.changes
        ],
    }

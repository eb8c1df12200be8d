"""`list`: the records of a kind, a line each."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.answers import print_json, print_table
from kyoju_tui.cli.context import Context
from kyoju_tui.records.description import fields_of
from kyoju_tui.records.entering import show
from kyoju_tui.records.kinds import KINDS, kind_named
from kyoju_tui.records.plain import to_plain


def add_arguments(parser: ArgumentParser) -> None:
    """Which kind."""
    parser.add_argument("kind", metavar="KIND", help=f"種類：{'、'.join(KINDS)}")


def run(context: Context) -> int:
    """Print the kind's column fields."""
    kind = kind_named(context.arguments.kind)
    workspace = context.open()
    try:
        snapshot = workspace.snapshot
        columns = [field for field in fields_of(kind.model) if field.column]
        records = snapshot.all(kind.model)
        if context.json:
            rows: list[dict[str, object]] = []
            for ref, record in records.items():
                plain = to_plain(record)
                shown = {field.name: plain[field.name] for field in columns if field.name in plain}
                rows.append({"ref": ref, "title": snapshot.title(ref), **shown})
            print_json({"kind": kind.word, "records": rows}, context.out)
            return 0
        table = [["REF", *(field.label for field in columns)]]
        for ref, record in records.items():
            values = [show(field, getattr(record, field.attribute), snapshot.name) for field in columns]
            table.append([ref, *values])
        print_table(table, context.out)
        context.say(f"{kind.label} {len(records)}件")
        return 0
    finally:
        workspace.close()

"""`show`: one record, with its problems and who last changed it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import cast

from kyoju_tui.cli.answers import print_json, problem_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.records.base import Part
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.description import Described, fields_of
from kyoju_tui.records.entering import Namer, show
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.plain import to_plain
from kyoju_tui.workspace.workspace import Workspace


def add_arguments(parser: ArgumentParser) -> None:
    """Which record."""
    parser.add_argument("ref", metavar="REF", help="記録の場所、または重複のないid")


def run(context: Context) -> int:
    """Print the record by its fields' labels."""
    workspace = context.open()
    try:
        ref = workspace.snapshot.find(context.arguments.ref)
        record = workspace.snapshot.get(ref)
        problems = [problem for problem in workspace.problems if problem.path == ref.path]
        if context.json:
            content: dict[str, object] = {
                "ref": ref,
                "kind": kind_of(ref).word,
                "record": to_plain(record) if record is not None else {},
                "problems": [problem_json(problem) for problem in problems],
                "last_change": _last_change(workspace, ref),
            }
            print_json(content, context.out)
            return 0
        context.say(f"{kind_of(ref).label}　{ref}")
        last = workspace.past.last(ref) if workspace.has_past else None
        if record is not None:
            for field in fields_of(type(record)):
                first, *more = _lines(field, getattr(record, field.attribute), workspace.snapshot.name)
                if first or more:
                    context.say(shown(f"{field.label}: {first}"))
                for line in more:
                    context.say(shown(f"　　{line}"))
        for problem in problems:
            context.say(f"{problem.line}行目: {shown(problem.message)}")
        if last is not None:
            context.say(shown(f"最終更新: {format_date(last.at.date())} {last.author}"))
        return 0
    finally:
        workspace.close()


def _lines(field: Described, value: object, name: Namer) -> list[str]:
    """A value as it is read: its first line, and what follows it; of a list of tables every table."""
    lines = show(field, value, name).split("\n")
    if field.part is not None and field.many:
        for row in cast("tuple[Part, ...]", value):
            told = [(inner.label, show(inner, getattr(row, inner.attribute), name)) for inner in fields_of(field.part)]
            lines.append("・" + "　".join(f"{label}: {text}" for label, text in told if text))
    return lines


def _last_change(workspace: Workspace, ref: str) -> dict[str, object] | None:
    last = workspace.past.last(workspace.snapshot.find(ref)) if workspace.has_past else None
    return None if last is None else {"commit": last.commit, "at": last.at.isoformat(), "author": last.author}

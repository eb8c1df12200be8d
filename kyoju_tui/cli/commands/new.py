"""`new`: a new record."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.assignments import assigned, split, toml_value, validated
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import acknowledge, preview
from kyoju_tui.cli.understood import tell_corrections
from kyoju_tui.records.kinds import KINDS, kind_named
from kyoju_tui.workspace.requests import Base, Put


def add_arguments(parser: ArgumentParser) -> None:
    """Kind, id and fields."""
    parser.add_argument("kind", metavar="KIND", help=f"種類：{'、'.join(KINDS)}")
    parser.add_argument("assignments", nargs="*", metavar="KEY=VALUE", help="項目と値（KEY:=TOML も使えます）")
    parser.add_argument(
        "--id", dest="record_id", metavar="ID", help="id（省くと自動。部署・カテゴリー・地域は読みから）"
    )


def run(context: Context) -> int:
    """Save the record and print its REF as the last line."""
    arguments = context.arguments
    kind = kind_named(arguments.kind)
    rest, department = _department(kind.word, arguments.assignments)
    plain = assigned({}, rest, kind.model, today=context.today)
    record = validated(plain, kind.model)
    tell_corrections(context, rest, kind.model)
    workspace = context.open()
    try:
        ref = workspace.new_ref(
            kind.word, record, today=context.today, record_id=arguments.record_id, department=department
        )
        change = Put(ref, record, Base(ref, None))
        if context.dry_run:
            return preview(context, workspace, [change], "create")
        acknowledge(context, workspace.batch([change], action="create"), {"ref": ref})
        if not context.json:
            context.say(ref)
        return 0
    finally:
        workspace.close()


def _department(kind: str, assignments: list[str]) -> tuple[list[str], str | None]:
    """An entry's department is its folder: taken out of the assignments."""
    if kind != "entry":
        return assignments, None
    rest: list[str] = []
    department = None
    for assignment in assignments:
        key, toml, text = split(assignment)
        if key == "department":
            department = str(toml_value(key, text)) if toml else text.strip() or None
        else:
            rest.append(assignment)
    return rest, department

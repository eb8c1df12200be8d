"""`set`: fields of a record."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.assignments import assigned, split, validated
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import acknowledge, preview, readable
from kyoju_tui.cli.understood import tell_corrections
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.store import Store


def add_arguments(parser: ArgumentParser) -> None:
    """Which record, and what."""
    parser.add_argument("ref", metavar="REF", help="記録の場所、または重複のないid")
    parser.add_argument("assignments", nargs="+", metavar="KEY=VALUE", help="項目と値（空の値は項目を消します）")


def run(context: Context) -> int:
    """Save the record with the fields changed."""
    arguments = context.arguments
    workspace = context.open()
    try:
        ref = workspace.snapshot.find(arguments.ref)
        record = readable(workspace, ref)
        if ref.department is not None and any(split(each)[0] == "department" for each in arguments.assignments):
            raise InvalidValue("部署は項目ではなく置き場所です。", field="department", cure="mv で移動してください。")
        plain = assigned(to_plain(record), arguments.assignments, type(record), today=context.today)
        changed = validated(plain, type(record))
        tell_corrections(context, arguments.assignments, type(record))
        if isinstance(record, Store) and isinstance(changed, Store) and changed.format != record.format:
            # A number that the program does not know would close the store to everybody.
            raise InvalidValue(
                "形式の版（format）は手では変えられません。何も変えていません。",
                field="format",
                cure="古い版の形式は fmt で新しくなります。",
            )
        if context.dry_run:
            return preview(context, workspace, [workspace.putting(ref, changed, workspace.base(ref))], "update")
        acknowledge(context, workspace.save(ref, changed), {"ref": ref})
        return 0
    finally:
        workspace.close()

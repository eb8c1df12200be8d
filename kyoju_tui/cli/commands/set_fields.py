"""`set`: fields of a record, or the same fields of several at once."""

from __future__ import annotations

from argparse import ArgumentParser
from itertools import takewhile

from kyoju_tui.cli.assignments import assigned, split, validated
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import acknowledge, preview, readable
from kyoju_tui.cli.understood import tell_corrections
from kyoju_tui.records.base import Record
from kyoju_tui.records.entry import Entry, awaiting_confirmation
from kyoju_tui.records.errors import InvalidValue, WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.store import Store
from kyoju_tui.workspace.requests import Put
from kyoju_tui.workspace.workspace import Workspace


def add_arguments(parser: ArgumentParser) -> None:
    """Which record, and what; more records may stand beside the first."""
    parser.add_argument(
        "ref", metavar="REF", help="記録の場所、または重複のないid。いくつか並べると、まとめて一度に変えます"
    )
    parser.add_argument(
        "assignments",
        nargs="+",
        metavar="KEY=VALUE",
        help="項目と値（空の値は項目を消します。KEY:=TOML も使えます）。"
        "並びには、KEY+=VALUE で加え、KEY-=VALUE で外します",
    )


def run(context: Context) -> int:
    """Save the records with the fields changed, as one commit."""
    told: list[str] = context.arguments.assignments
    more = list(takewhile(lambda each: "=" not in each, told))
    assignments = told[len(more) :]
    if not assignments:
        raise WrongUse("「KEY=VALUE」が足りません。何も変えていません。", cure="例：set REF status=取組中")
    workspace = context.open()
    try:
        refs = list(dict.fromkeys(workspace.snapshot.find(each) for each in (context.arguments.ref, *more)))
        # The bases first: a colleague's change that comes after them is merged.
        bases = {ref: workspace.base(ref) for ref in refs}
        changed = {ref: _changed(context, workspace, ref, assignments, named=len(refs) > 1) for ref in refs}
        puts = [Put(ref, record, bases[ref]) for ref, record in changed.items()]
        tell_corrections(context, assignments, type(puts[0].record))
        if context.dry_run:
            return preview(context, workspace, puts, "update")
        if len(puts) == 1:
            acknowledge(context, workspace.save(refs[0], puts[0].record, base=puts[0].base), {"ref": refs[0]})
        else:
            acknowledge(context, workspace.batch(puts, action="update"))
        return 0
    finally:
        workspace.close()


def _changed(context: Context, workspace: Workspace, ref: Ref, assignments: list[str], *, named: bool) -> Record:
    try:
        return _with(context, readable(workspace, ref), ref, assignments)
    except InvalidValue as error:
        if not named:
            raise
        # Of several, the one that cannot follow.
        message = f"{workspace.snapshot.title(ref)}（{ref}）　{error.message}"
        raise InvalidValue(message, field=error.field, cure=error.cure) from error


def _with(context: Context, record: Record, ref: Ref, assignments: list[str]) -> Record:
    if ref.department is not None and any(split(each)[0] == "department" for each in assignments):
        raise InvalidValue("部署は項目ではなく置き場所です。", field="department", cure="mv で移動してください。")
    changed = validated(assigned(to_plain(record), assignments, type(record), today=context.today), type(record))
    if isinstance(record, Store) and isinstance(changed, Store) and changed.format != record.format:
        # A number that the program does not know would close the store to everybody.
        raise InvalidValue(
            "形式の版（format）は手では変えられません。何も変えていません。",
            field="format",
            cure="古い版の形式は fmt で新しくなります。",
        )
    if isinstance(record, Entry) and isinstance(changed, Entry):
        return awaiting_confirmation(record, changed)
    return changed

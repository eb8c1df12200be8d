"""`restore`: a record, deleted ones too, or one field of it, as it stood at a point of the history."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.context import Context
from kyoju_tui.cli.history import asked_field, past_ref
from kyoju_tui.cli.saving import carry_out
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.placing import DEPARTMENT
from kyoju_tui.workspace.past.moments import commit_at, named
from kyoju_tui.workspace.past.restoring import restoring


def add_arguments(parser: ArgumentParser) -> None:
    """Which record, as of when, and which field."""
    parser.add_argument("ref", metavar="REF", help="記録の場所（削除された記録も）、または重複のないid")
    parser.add_argument(
        "--at",
        required=True,
        metavar="WHEN",
        help="この時点の内容に戻します（日付はその日の終わり、会議のREFかid、取りまとめ（照会のid/番号）、履歴の番号）",
    )
    parser.add_argument("--field", metavar="F", help="この項目（status、状況 など）だけを戻し、ほかは今のままにします")


def run(context: Context) -> int:
    """Bring it back in a new commit."""
    workspace = context.open()
    try:
        ref = past_ref(workspace, context.arguments.ref)
        field = asked_field(ref, context.arguments.field)
        if field == DEPARTMENT.name and ref.department is not None:
            raise InvalidValue("部署は項目ではなく置き場所です。", field=field, cure="mv で移動してください。")
        moment = named(workspace.snapshot, context.arguments.at, context.today)
        request = restoring(workspace, ref, commit_at(workspace, moment), field=field)
        return carry_out(context, workspace, request)
    finally:
        workspace.close()

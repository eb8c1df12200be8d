"""`inquiry export`: the forms of an inquiry with their letters, into a folder or one .zip."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import get_args

from kyoju_tui.cli.context import Context
from kyoju_tui.cli.form_export import Telling, export
from kyoju_tui.exchange.bringing import Told
from kyoju_tui.exchange.forms.form_set import FormSet
from kyoju_tui.exchange.inquiries.inquiry_export import LetterForm, make_forms
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.workspace import Workspace

_LETTERS: tuple[LetterForm, ...] = get_args(LetterForm)


def add_arguments(parser: ArgumentParser) -> None:
    """Which departments, with what letter."""
    parser.add_argument(
        "--department", dest="only", metavar="DEPARTMENT", action="append",
        help="この部署の様式だけ（何度でも書けます。省くと照会先のすべて）。export",
    )  # fmt: skip
    parser.add_argument(
        "--letter", choices=_LETTERS, metavar="FORM", help="依頼文のファイル：docx（省いたとき）、txt、none。export"
    )
    parser.add_argument("--force", action="store_const", const=True, help="同じ名前のファイルを置き換えます。export")


def run(context: Context, workspace: Workspace, ref: Ref) -> int:
    """Write the set, or with `--dry-run` tell what it would be."""
    arguments = context.arguments

    def make(told: Told) -> FormSet:
        letter = arguments.letter or "docx"
        return make_forms(workspace, ref, context.today, arguments.only or (), letter, told=told)

    telling = Telling(
        "inquiry",
        "department",
        lambda department: workspace.snapshot.full_name("department", department),
        lambda made: f"{made.forms}部署の様式",
        f"送ったら、発出を記録してください（inquiry send {ref.id}）。",
    )
    return export(context, workspace, make, telling)

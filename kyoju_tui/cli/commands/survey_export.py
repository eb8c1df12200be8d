"""`survey export`: the forms of a questionnaire or a hearing, into a folder or one .zip."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.context import Context
from kyoju_tui.cli.form_export import Telling, export
from kyoju_tui.exchange.bringing import Told
from kyoju_tui.exchange.forms.form_set import FormSet
from kyoju_tui.exchange.surveys.survey_export import make_survey_forms
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.workspace import Workspace


def add_arguments(parser: ArgumentParser) -> None:
    """Where to, for whom."""
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help="様式を書き出すフォルダー、または .zip のファイル。export"
    )
    parser.add_argument(
        "--target", dest="only", metavar="REF", action="append",
        help="この相手の様式だけ（何度でも書けます。省くと相手のすべて）。export",
    )  # fmt: skip
    parser.add_argument("--force", action="store_const", const=True, help="同じ名前のファイルを置き換えます。export")


def run(context: Context, workspace: Workspace, ref: Ref) -> int:
    """Write the set, or with `--dry-run` tell what it would be."""

    def make(told: Told) -> FormSet:
        return make_survey_forms(workspace, ref, context.today, context.arguments.only or (), told=told)

    telling = Telling("survey", "target", str, lambda made: f"{made.forms}件の相手と、相手を決めない用紙")
    return export(context, workspace, make, telling)

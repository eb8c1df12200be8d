"""`matrix`: the overview matrix (一覧表)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, print_table
from kyoju_tui.cli.answers import shown as clean
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.paper import add_file, asked_encoding
from kyoju_tui.exchange.documents.outside import write_outside
from kyoju_tui.exchange.matrix_file import matrix_file
from kyoju_tui.exchange.matrix_json import matrix_json
from kyoju_tui.exchange.matrix_paper import LAYERS, POINTS, STATES, Shown
from kyoju_tui.overview.findings import examine
from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.overview.wording import cell_words, needed_words
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.workspace.past.moments import as_it_stood


def add_arguments(parser: ArgumentParser) -> None:
    """As of when, where to, and what of it."""
    parser.add_argument("--at", metavar="WHEN", help="この時点の一覧表（日付、会議のREFかid、版）")
    add_file(parser)
    parser.add_argument(
        "--layer", choices=LAYERS, metavar="LAYER", help=f"書き出す内容：{'、'.join(LAYERS)}（省くと{STATES}）。-o"
    )
    parser.add_argument(
        "--discreet", action="store_true", help="期限超過と回答待ちを載せません（ほかの部署に見せるとき）。-o"
    )


def run(context: Context) -> int:
    """Print the matrix, or write it to a file."""
    arguments = context.arguments
    output: Path | None = arguments.output
    if output is None and (arguments.layer or arguments.discreet):
        raise WrongUse("「--layer」と「--discreet」は「-o」と一緒に使います。")
    encoding = asked_encoding(context)
    workspace = context.open()
    try:
        snapshot, day = as_it_stood(workspace, arguments.at, context.today)
        shown = matrix(snapshot, day)
        if output is not None:
            layer = arguments.layer or STATES
            views = examine(shown).views if layer == POINTS else ()
            asked = Shown(layer, views, discreet=arguments.discreet)
            write_outside(workspace, output, matrix_file(shown, output.suffix, asked, encoding))
        if context.json:
            print_json(matrix_json(shown), context.out)
        elif output is not None:
            context.say(clean(f"書き出しました: {output}"))
        else:
            _print(context, shown)
        return 0
    finally:
        workspace.close()


def _print(context: Context, shown: Matrix) -> None:
    rows = [["カテゴリー", "基礎データ", *(axis.short for axis in shown.departments), "意見・考え方等"]]
    for category in shown.categories:
        cells = [cell_words(cell) for cell in shown.row(category.id)]
        data, opinions = (len(each.get(category.id, ())) for each in (shown.base_data, shown.opinions))
        rows.append([category.short, f"{data}件", *cells, f"{opinions}件"])
    print_table(rows, context.out)
    for category in shown.categories:
        for ref in shown.needed.get(category.id, ()):
            context.say(clean(f"必要な取組（{category.name}）: {needed_words(shown, ref)}"))

"""`matrix`: the overview matrix (一覧表)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, print_table
from kyoju_tui.cli.answers import shown as clean
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.matrix_csv import matrix_csv
from kyoju_tui.exchange.matrix_json import matrix_json
from kyoju_tui.exchange.matrix_markdown import matrix_markdown
from kyoju_tui.files.output import replace
from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.overview.wording import cell_words, needed_words
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.workspace.moments import as_it_stood

FORMS = (".csv", ".md")


def add_arguments(parser: ArgumentParser) -> None:
    """As of when, and where to."""
    parser.add_argument("--at", metavar="WHEN", help="この時点の一覧表（日付、会議のREFかid、版）")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help=f"ファイルに書き出します（{'、'.join(FORMS)}）"
    )


def run(context: Context) -> int:
    """Print the matrix, or write it to a file."""
    output: Path | None = context.arguments.output
    if output is not None and output.suffix.lower() not in FORMS:
        raise WrongUse(f"「{output.suffix}」の形式では書き出せません。", cure=f"使える形式：{'、'.join(FORMS)}")
    workspace = context.open()
    try:
        snapshot, day = as_it_stood(workspace, context.arguments.at, context.today)
        shown = matrix(snapshot, day)
        if output is not None:
            replace(output, matrix_csv(shown) if output.suffix.lower() == ".csv" else matrix_markdown(shown).encode())
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

"""`matrix`: the overview matrix (一覧表)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, print_table
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.matrix_csv import matrix_csv
from kyoju_tui.exchange.matrix_json import matrix_json
from kyoju_tui.exchange.matrix_markdown import matrix_markdown
from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.overview.wording import cell_words
from kyoju_tui.records.errors import ReadOnly, WrongUse
from kyoju_tui.records.snapshot import Snapshot

FORMS = (".csv", ".md")


def add_arguments(parser: ArgumentParser) -> None:
    """As of when, and where to."""
    parser.add_argument("--at", metavar="REV", help="この時点の一覧表")
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
        revision = context.arguments.at
        snapshot = workspace.snapshot if revision is None else workspace.at(revision)
        shown = matrix(snapshot, context.today)
        if output is not None:
            made = matrix_csv(shown, snapshot) if output.suffix.lower() == ".csv" else matrix_markdown(shown, snapshot)
            _write(output, made if isinstance(made, bytes) else made.encode())
        if context.json:
            print_json(matrix_json(shown), context.out)
        elif output is not None:
            context.say(f"書き出しました: {output}")
        else:
            _print(context, shown, snapshot)
        return 0
    finally:
        workspace.close()


def _print(context: Context, shown: Matrix, snapshot: Snapshot) -> None:
    heads = ["カテゴリー", "基礎データ", *(axis.short for axis in shown.departments), "意見・考え方等"]
    rows = [heads]
    for category in shown.categories:
        cells = [cell_words(shown.cells[category.id, axis.id]) for axis in shown.departments]
        data = f"{len(shown.base_data.get(category.id, ()))}件"
        opinions = f"{len(shown.opinions.get(category.id, ()))}件"
        rows.append([category.short, data, *cells, opinions])
    print_table(rows, context.out)
    for category in shown.categories:
        for ref in shown.needed.get(category.id, ()):
            context.say(f"必要な取組（{category.name}）: {snapshot.title(ref)}")


def _write(path: Path, data: bytes) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise ReadOnly(
            f"{path} に書き出せませんでした。", cure="書き込める場所を指定してください。", detail=str(error)
        ) from error

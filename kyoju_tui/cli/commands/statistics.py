"""`statistics`: other people's tables of figures into a data set, and the mappings that tell how they are read."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from kyoju_tui.cli.answers import print_json, print_table
from kyoju_tui.cli.bringing import carry_out
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.books.reading import read_book
from kyoju_tui.exchange.statistics import mapped
from kyoju_tui.exchange.statistics.importing import Wish, bring
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.dates import parse_date
from kyoju_tui.records.errors import InvalidValue, WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.workspace import Workspace


def add_arguments(parser: ArgumentParser) -> None:
    """What is to be done, with which file, and where its figures go."""
    parser.add_argument(
        "what", choices=("import", "mappings"), metavar="WHAT", help="import（取り込み）、mappings（対応表の一覧）"
    )
    parser.add_argument(
        "file", metavar="FILE", nargs="?", type=Path, help="取り込むCSV、.xlsx、.xls、.ods のファイル。import"
    )
    parser.add_argument(
        "--mapping", metavar="NAME", help="使う対応表の名称かid（知られた形の表では要りません）。import"
    )
    parser.add_argument("--dataset", metavar="REF", help="入れる基礎データの場所かid。import")
    parser.add_argument(
        "--title", metavar="TEXT", help="新しい基礎データの名称（同じ名称があればそれに入れます）。import"
    )
    parser.add_argument("--as-of", dest="as_of", metavar="DATE", help="時点（例：R2.10.1）。import")
    parser.add_argument(
        "--level", metavar="LEVEL", action="append", default=[],
        help="取り込む階層（省くと、合計すると全体になる最も細かい階層だけ。「すべて」も可）。import",
    )  # fmt: skip


def run(context: Context) -> int:
    """Do what was asked for."""
    arguments = context.arguments
    if arguments.what == "mappings":
        if arguments.file is not None or arguments.mapping or arguments.dataset or arguments.title or arguments.level:
            raise WrongUse("mappings に、ほかの指定は要りません。", cure="statistics mappings とだけ書いてください。")
        return _list(context)
    if arguments.file is None:
        raise WrongUse("取り込むファイルがありません。", cure="statistics import FILE のように指定してください。")
    if arguments.dataset and arguments.title:
        raise WrongUse(
            "--dataset と --title は、どちらか1つにしてください。", cure="--help で使い方を確かめてください。"
        )
    as_of = parse_date(arguments.as_of, today=context.today).value if arguments.as_of else None
    return import_file(
        context, arguments.file, arguments.dataset, arguments.mapping, arguments.title or "", as_of, arguments.level
    )


def import_file(
    context: Context,
    file: Path,
    dataset: str | None,
    mapping: str | None,
    title: str,
    as_of: date | None,
    levels: list[str],
) -> int:
    """Bring a file of figures to a data set, and say what changes."""
    if not file.exists():
        raise InvalidValue(
            f"「{file.name[:80]}」が見つかりません。何も取り込んでいません。",
            field="file",
            cure="ファイルの場所と名前を確かめてください。",
        )
    workspace = context.open()
    try:
        ref = None if dataset is None else dataset_named(workspace, dataset)
        chosen = None if mapping is None else mapped.find(workspace.snapshot, mapping)
        wish = Wish(ref, title, as_of, tuple(levels), chosen)
        return carry_out(context, workspace, bring(workspace, read_book(file), wish, context.today))
    finally:
        workspace.close()


def dataset_named(workspace: Workspace, name: str) -> Ref:
    """The data set of this REF or id. Errors: `UnknownRef`, `InvalidValue` for a record of another kind."""
    ref = workspace.snapshot.find(name)
    if not isinstance(workspace.snapshot.get(ref), Dataset):
        raise InvalidValue(f"「{ref}」は基礎データではありません。", cure="一覧（list dataset）で確かめてください。")
    return ref


def _list(context: Context) -> int:
    workspace = context.open()
    try:
        there = mapped.mappings(workspace.snapshot)
        if context.json:
            rows = [
                {"ref": ref, "title": each.title, "publisher": each.publisher, "sheet": each.sheet}
                for ref, each in there.items()
            ]
            print_json({"mappings": rows}, context.out)
        elif not there:
            context.say("対応表はまだありません。知られた形の表は、対応表なしで取り込めます。")
        else:
            print_table([(each.title, each.publisher or "", ref) for ref, each in there.items()], context.out)
        return 0
    finally:
        workspace.close()

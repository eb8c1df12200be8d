"""`figures`: the figures beside a data set, shown or brought in from a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.commands.statistics import dataset_named, import_file
from kyoju_tui.cli.context import Context
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.figures import Figures, read_figures
from kyoju_tui.records.ids import Ref


def add_arguments(parser: ArgumentParser) -> None:
    """Which data set, and the file to bring in."""
    parser.add_argument("ref", metavar="REF", help="基礎データの場所、または重複のないid")
    parser.add_argument(
        "--import", dest="file", metavar="FILE", type=Path, help="取り込むCSVや .xlsx（statistics import と同じ）"
    )


def run(context: Context) -> int:
    """Print the figures, or bring in those of a file as `statistics import` does."""
    arguments = context.arguments
    if arguments.file is not None:
        return import_file(context, arguments.file, arguments.ref, None, "", None, [])
    if context.dry_run:
        raise InvalidValue("見るだけのときに --dry-run は要りません。", cure="--import と一緒に使ってください。")
    workspace = context.open()
    try:
        ref = dataset_named(workspace, arguments.ref)
        data = workspace.figures(ref)
        _show(context, ref, read_figures(data or b""), has_file=data is not None)
        return 0
    finally:
        workspace.close()


def _show(context: Context, ref: Ref, figures: Figures, *, has_file: bool) -> None:
    rows = figures.rows if has_file else ()
    if context.json:
        told = [
            {
                "area_code": row.area_code,
                "area": row.area,
                "indicator": row.indicator,
                "value": row.value,
                "status": row.status,
                "raw": row.raw,
            }
            for row in rows
        ]
        faults = [{"line": line, "message": said} for line, said in figures.faults] if has_file else []
        print_json({"ref": ref, "figures": told, "faults": faults}, context.out)
        return
    for row in rows:
        value = row.status if row.value is None else f"{row.value:,}"
        context.say(shown("　".join(filter(None, (row.area_code, row.area, row.indicator, value)))))
    for line, said in figures.faults if has_file else ():
        context.say(shown(f"{line}行目：{said}"))
    context.say(f"{len(rows)}件" if has_file else "数値はまだありません。")

"""`figures`: the figures beside a data set, shown or brought in from a CSV."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.saving import UNCHANGED, acknowledge, preview, readable
from kyoju_tui.exchange.figures_import import import_figures
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.figures import Figures, read_figures
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.workspace import Workspace


def add_arguments(parser: ArgumentParser) -> None:
    """Which data set, and the file to bring in."""
    parser.add_argument("ref", metavar="REF", help="基礎データの場所、または重複のないid")
    parser.add_argument(
        "--import", dest="file", metavar="FILE", type=Path, help="取り込むCSV（1行目が 地域、指標1、指標2 …）"
    )


def run(context: Context) -> int:
    """Print the figures, or record those of the file as one commit."""
    workspace = context.open()
    try:
        ref = workspace.snapshot.find(context.arguments.ref)
        if not isinstance(readable(workspace, ref), Dataset):
            raise InvalidValue(
                f"「{ref}」は基礎データではありません。", cure="一覧（list dataset）で確かめてください。"
            )
        if context.arguments.file is not None:
            return _take(context, workspace, ref, context.arguments.file)
        if context.dry_run:
            raise InvalidValue("見るだけのときに --dry-run は要りません。", cure="--import と一緒に使ってください。")
        _show(context, ref, read_figures(workspace.figures(ref) or b""), has_file=workspace.figures(ref) is not None)
        return 0
    finally:
        workspace.close()


def _take(context: Context, workspace: Workspace, ref: Ref, file: Path) -> int:
    found = import_figures(workspace, ref, file)
    if not context.json:
        for line in found.told:
            context.say(shown(line))
    if not found.changes:
        if context.json:
            print_json({"refs": [], "commit": None, "subject": ""}, context.out)
        else:
            context.say(UNCHANGED)
        return 0
    if context.dry_run:
        return preview(context, workspace, found.changes, "import", subject=found.subject)
    acknowledge(context, workspace.batch(found.changes, action="import", subject=found.subject), {"ref": ref})
    return 0


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

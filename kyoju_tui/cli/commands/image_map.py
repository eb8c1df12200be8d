"""`image-map`: the zones of the image map (イメージ図) and what is placed on them, or the picture as SVG."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, print_table
from kyoju_tui.cli.answers import shown as clean
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.documents.outside import write_outside
from kyoju_tui.exchange.image_map_json import image_map_json
from kyoju_tui.exchange.image_map_svg import image_map_svg
from kyoju_tui.overview.image_map import Picture, picture
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.workspace.past.moments import as_it_stood

FORM = ".svg"


def add_arguments(parser: ArgumentParser) -> None:
    """As of when, and where to."""
    parser.add_argument("--at", metavar="WHEN", help="この時点の図（日付、会議のREFかid、版）")
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help=f"図をファイルに書き出します（{FORM}）")


def run(context: Context) -> int:
    """Print the map, or write it to a file."""
    output: Path | None = context.arguments.output
    if output is not None and output.suffix.lower() != FORM:
        raise WrongUse(f"「{output.suffix}」の形式では書き出せません。", cure=f"使える形式：{FORM}")
    workspace = context.open()
    try:
        snapshot, _ = as_it_stood(workspace, context.arguments.at, context.today)
        if output is not None:
            write_outside(workspace, output, image_map_svg(snapshot).encode())
        if context.json:
            print_json(image_map_json(snapshot), context.out)
        elif output is not None:
            context.say(clean(f"書き出しました: {output}"))
        else:
            _print(context, picture(snapshot))
        return 0
    finally:
        workspace.close()


def _print(context: Context, shown: Picture) -> None:
    if not shown.boxes and not shown.loose:
        context.say("場所がまだありません。画面の「イメージ図」で作れます。")
        return
    rows = [["場所", "種別", "置かれているもの"]]
    for box in shown.boxes:
        rows += [[box.label, each.word, each.title] for each in box.contents] or [[box.label, "", "（空き）"]]
    rows += [["（場所なし）", each.word, each.title] for each in shown.loose]
    print_table(rows, context.out)

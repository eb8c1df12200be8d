"""`category`: merge into another, take out of use, add a preset (handbook 1-2(1))."""

from __future__ import annotations

from argparse import ArgumentParser

from kyoju_tui.cli.context import Context
from kyoju_tui.cli.planning import carry_out, require
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.workspace.changing.merging import merging, retiring, reviving
from kyoju_tui.workspace.new_store.presets import PRESETS, adding_preset

_USAGE = {
    "merge": "category merge FROM INTO",
    "retire": "category retire ID [--undo]",
    "add-preset": "category add-preset PRESET",
}


def add_arguments(parser: ArgumentParser) -> None:
    """What to do, and with which."""
    parser.add_argument(
        "act",
        metavar="ACT",
        choices=tuple(_USAGE),
        help="merge FROM INTO（統合）、retire ID（廃止）、add-preset PRESET（型の追加）",
    )
    parser.add_argument(
        "names", metavar="ID", nargs="+", help=f"カテゴリーのid。add-preset では型（{'、'.join(PRESETS)}）"
    )
    parser.add_argument("--undo", action="store_true", help="retire で廃止したものを使用に戻します")


def run(context: Context) -> int:
    """Carry it out as one commit."""
    act, names, undo = context.arguments.act, context.arguments.names, context.arguments.undo
    if undo and act != "retire":
        raise WrongUse("--undo は retire だけで使えます。", cure="直前の記録を取り消すには undo を使います。")
    if act == "merge":
        require(names, 2, 2, _USAGE[act])
        return carry_out(context, lambda present: merging(present, names[0], names[1], context.today))
    if act == "retire":
        require(names, 1, 1, _USAGE[act])
        return carry_out(context, lambda present: (reviving if undo else retiring)(present, names[0]))
    require(names, 1, 1, _USAGE[act])
    return carry_out(context, lambda present: adding_preset(present, names[0]))

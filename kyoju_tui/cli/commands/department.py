"""`department`: a reorganisation (組織改編), and the handing over of what it left behind (handbook 1-1).

department reorganise rename  OLD --into NEW=NAME [--on DATE]
department reorganise split   OLD --into A=NAME --into B [--place ID=A …] [--rest A] [--on DATE]
department reorganise merge   OLD OLD … --into NEW=NAME [--on DATE]
department reorganise abolish OLD [--into B] [--on DATE]
department hand-over OLD [--into B …] [--place ID=B …] [--rest B]

`--into ID` is a department that exists, `--into ID=NAME` a new one.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import date
from typing import Final

from kyoju_tui.cli.assignments import validated
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.planning import carry_out, require
from kyoju_tui.overview.april import entries_of, usual_day
from kyoju_tui.records.dates import parse_date
from kyoju_tui.records.department import Department
from kyoju_tui.records.errors import InvalidValue, WrongUse
from kyoju_tui.records.ids import Ref, is_id
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.store import Store
from kyoju_tui.workspace.changing.reorganising import Reorganisation, Sort, Successor, handing_over, reorganising
from kyoju_tui.workspace.saving.planned import Planned, Present

_SORTS: Final[dict[str, Sort]] = {"rename": "改称", "split": "分割", "merge": "統合", "abolish": "廃止"}
_USAGE: Final = "department reorganise rename|split|merge|abolish OLD … [--into ID[=NAME]] [--on DATE]"
_HAND_OVER: Final = "department hand-over OLD [--into ID]"


def add_arguments(parser: ArgumentParser) -> None:
    """What happens, to which departments, and who takes over."""
    parser.add_argument(
        "act", metavar="ACT", choices=("reorganise", "hand-over"), help="reorganise（再編）、hand-over（引き継ぎ）"
    )
    parser.add_argument(
        "names",
        metavar="NAME",
        nargs="+",
        help="reorganise では rename・split・merge・abolish のどれかと部署のid、hand-over では廃止された部署のid",
    )
    parser.add_argument(
        "--into", metavar="ID[=NAME]", action="append", default=[], help="引き継ぐ部署。名称を付けると新しい部署です"
    )
    parser.add_argument(
        "--place", metavar="REF=ID", action="append", default=[], help="取組・課題ごとの移る先（分割のとき）"
    )
    parser.add_argument("--rest", metavar="ID", help="ほかのすべての取組・課題の移る先（分割のとき）")
    parser.add_argument("--on", metavar="DATE", help="施行日（例：R9.4.1。省くと、近い年度の始まり）")


def run(context: Context) -> int:
    """Carry it out as one commit."""
    arguments = context.arguments
    names: list[str] = arguments.names
    if arguments.act == "hand-over":
        require(names, 1, 1, _HAND_OVER)
        return carry_out(context, lambda present: _hand_over(context, present, names[0]))
    sort = _SORTS.get(names[0])
    if sort is None or len(names) < 2:
        raise WrongUse("再編の種類か部署が足りません。何も変えていません。", cure=f"使い方：{_USAGE}")
    return carry_out(context, lambda present: _reorganise(context, present, sort, tuple(names[1:])))


def _reorganise(context: Context, present: Present, sort: Sort, old: tuple[str, ...]) -> Planned:
    snapshot = present.snapshot
    successors = tuple(map(_successor, context.arguments.into))
    placed = _placed(context, snapshot, old, [each.id for each in successors])
    wanted = Reorganisation(sort, _day(context, snapshot), old, successors, placed)
    return reorganising(present, wanted, context.today)


def _hand_over(context: Context, present: Present, old: str) -> Planned:
    snapshot = present.snapshot
    heir = snapshot.expect(f"departments/{old}", Department).successor
    given: list[str] = context.arguments.into
    if any("=" in each for each in given):
        raise WrongUse("引き継ぎの --into には、既にある部署のidだけを指定します。", cure=f"使い方：{_HAND_OVER}")
    successors = given or ([heir] if heir is not None else [])
    placed = _placed(context, snapshot, (old,), successors)
    return handing_over(present, old, successors, placed, context.today)


def _successor(text: str) -> Successor:
    """`ID` or `ID=NAME`. Errors: `InvalidValue`."""
    record_id, new, name = text.partition("=")
    if not is_id(record_id) or (new and not name.strip()):
        raise InvalidValue(
            f"「{text[:80]}」は引き継ぐ部署として読めません。何も変えていません。",
            field="into",
            cure="既にある部署は --into jutaku、新しい部署は --into jutaku-seisaku=住宅政策課 の形にしてください。",
        )
    department = validated({"name": name.strip()}, Department) if new else None
    return Successor(record_id, department if isinstance(department, Department) else None)


def _placed(context: Context, snapshot: Snapshot, old: Sequence[str], successors: Sequence[str]) -> dict[Ref, str]:
    """Where each entry goes, as `--place` and `--rest` say. Errors: `InvalidValue`, `UnknownRef`."""
    placed: dict[Ref, str] = {}
    if context.arguments.rest is not None:
        placed = {ref: context.arguments.rest for each in old for ref in entries_of(snapshot, each)}
    for text in context.arguments.place:
        name, _, successor = text.partition("=")
        if successor not in successors:
            raise InvalidValue(
                f"「{text[:80]}」の移る先は、引き継ぐ部署ではありません。何も変えていません。",
                field="place",
                cure=f"選べる部署：{'、'.join(successors) or '（--into で指定してください）'}",
            )
        placed[snapshot.find(name)] = successor
    return placed


def _day(context: Context, snapshot: Snapshot) -> date:
    if context.arguments.on is not None:
        return parse_date(context.arguments.on, today=context.today).value
    store = snapshot.get("store")
    return usual_day(context.today, store.fiscal_year_starts if isinstance(store, Store) else 4)

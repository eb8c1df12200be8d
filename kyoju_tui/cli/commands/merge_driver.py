"""`merge-driver`: what git calls to merge one record's three versions, field by field."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.files import codec
from kyoju_tui.files.output import replace
from kyoju_tui.records.base import Record
from kyoju_tui.records.disagreement import Sides, sentence
from kyoju_tui.records.errors import InvalidValue, WrongUse
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.plain import Plain

_SIDES: Final = Sides("こちらの版", "あちらの版")


def add_arguments(parser: ArgumentParser) -> None:
    """The three versions as git hands them over, and the record's path."""
    parser.add_argument("base", metavar="BASE", type=Path, help="元の版")
    parser.add_argument("ours", metavar="OURS", type=Path, help="こちらの版（結果はここに書きます）")
    parser.add_argument("theirs", metavar="THEIRS", type=Path, help="あちらの版")
    parser.add_argument("path", metavar="PATH", nargs="?", default="", help="記録の場所")


def run(context: Context) -> int:
    """Write the result into OURS; on conflicts OURS stays as it was and the exit code is 1."""
    arguments = context.arguments
    model = _model(arguments.path)
    versions = [_bytes(path) for path in (arguments.base, arguments.ours, arguments.theirs)]
    base_data, ours_data, theirs_data = versions
    parsed: list[Plain] = []
    for word, data in zip(("元の版", _SIDES.mine, _SIDES.theirs), versions, strict=True):
        try:
            parsed.append(codec.parse(data, arguments.path))
        except codec.Unreadable as error:
            return _undecided(context, [("", word, error.problem.message)])
    base, ours, theirs = parsed
    # git hands over an empty file where there was no base. It never calls a driver where one side deleted the file:
    # an empty OURS or THEIRS is a record in which nothing is filled in.
    result = merge(base if base_data.strip() else None, ours, theirs, model)
    if isinstance(result, Conflicts):
        return _undecided(context, [(each.field, each.label, sentence(each, _SIDES)) for each in result.fields])
    merged = codec.merged(result.plain or {}, base_data or None, ours_data or None, theirs_data, model or Record)
    if model is not None:
        read = codec.read_record(merged, arguments.path, model)
        if read.record is None:
            return _undecided(context, [(each.path, "合わせた内容", each.message) for each in read.problems])
    if not context.dry_run and merged != ours_data:
        replace(arguments.ours, merged)
    if context.json:
        print_json({"conflicts": []}, context.out)
    return 0


def _undecided(context: Context, places: list[tuple[str, str, str]]) -> int:
    """Say what is undecided: dotted field, label, and what both sides did. OURS is not touched."""
    if context.json:
        print_json({"conflicts": [{"field": field, "label": label} for field, label, _ in places]}, context.out)
    where = context.arguments.path
    print(
        shown(f"食い違い: {where or 'この記録'} を項目ごとに合わせられません。こちらの版のままです。"), file=context.err
    )
    for _, label, what in places:
        print(shown(f"  {label}：{what}"), file=context.err)
    return 1


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongUse(
            f"{path} を読めません。", cure="3つの版のファイルを指定してください。", detail=str(error)
        ) from error


def _model(path: str) -> type[Record] | None:
    """The model of the record at a path that may begin above the store; None where no part of it is a record's."""
    parts = path.removesuffix(".toml").split("/")
    for start in range(len(parts)):
        try:
            return kind_of("/".join(parts[start:])).model
        except InvalidValue:
            continue
    return None

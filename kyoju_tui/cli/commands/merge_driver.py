"""`merge-driver`: what git calls to merge one record's three versions, field by field."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.files import codec
from kyoju_tui.files.output import replace
from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import InvalidValue, WrongUse
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.merge import Conflicts, merge
from kyoju_tui.records.plain import Plain


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
    ours_data = _bytes(arguments.ours)
    try:
        base, ours, theirs = (
            _plain(_bytes(path), arguments.path) for path in (arguments.base, arguments.ours, arguments.theirs)
        )
    except codec.Unreadable as error:
        return _undecided(context, [("", error.problem.message)])
    result = merge(base, ours, theirs, model)
    if isinstance(result, Conflicts):
        return _undecided(context, [(each.field, each.label) for each in result.fields])
    merged = b"" if result.plain is None else codec.render(result.plain, ours_data or None, model or Record)
    if model is not None and merged:
        read = codec.read_record(merged, arguments.path, model)
        if read.record is None:
            return _undecided(context, [(each.path, each.message) for each in read.problems])
    if not context.dry_run:
        replace(arguments.ours, merged)
    if context.json:
        print_json({"conflicts": []}, context.out)
    return 0


def _undecided(context: Context, places: list[tuple[str, str]]) -> int:
    if context.json:
        print_json({"conflicts": [{"field": field, "label": label} for field, label in places]}, context.out)
    for field, label in places:
        print(shown(f"食い違い: {label or field or '記録の有無'}"), file=context.err)
    return 1


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise WrongUse(
            f"{path} を読めません。", cure="3つの版のファイルを指定してください。", detail=str(error)
        ) from error


def _plain(data: bytes, path: str) -> Plain | None:
    """A version's mapping; git hands over an empty file where there was none."""
    return codec.parse(data, path) if data.strip() else None


def _model(path: str) -> type[Record] | None:
    """The model of the record at a path that may begin above the store; None where no part of it is a record's."""
    parts = path.removesuffix(".toml").split("/")
    for start in range(len(parts)):
        try:
            return kind_of("/".join(parts[start:])).model
        except InvalidValue:
            continue
    return None

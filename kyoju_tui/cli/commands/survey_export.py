"""`survey export`: the forms of a questionnaire or a hearing, into a folder or one .zip."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.file_set import require_free, require_place, write_set
from kyoju_tui.exchange.survey_export import SurveySet, make_survey_forms
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.workspace import Workspace


def add_arguments(parser: ArgumentParser) -> None:
    """Where to, for whom."""
    parser.add_argument(
        "-o", "--output", metavar="DIR", type=Path, help="様式を書き出すフォルダー、または .zip のファイル。export"
    )
    parser.add_argument(
        "--target", dest="only", metavar="REF", action="append",
        help="この相手の様式だけ（何度でも書けます。省くと相手のすべて）。export",
    )  # fmt: skip
    parser.add_argument("--force", action="store_const", const=True, help="同じ名前のファイルを置き換えます。export")


def run(context: Context, workspace: Workspace, ref: Ref) -> int:
    """Make the set and write it; with `--dry-run` only tell what it would be. Nothing is recorded."""
    arguments = context.arguments
    place: Path | None = arguments.output
    if place is None:
        raise WrongUse("「-o」が足りません。", cure="書き出すフォルダーか、.zip のファイルを -o で指定してください。")
    require_place(workspace, place)
    telling = not context.json and context.err is sys.stderr and sys.stderr.isatty()

    def told(what: str, done: int, of: int) -> None:
        if telling:
            print(shown(f"{what}　{done}/{of}" if of else what), file=context.err)

    forms = make_survey_forms(workspace, ref, context.today, arguments.only or (), told=told)
    if not arguments.force:
        require_free(forms, place)
    if not context.dry_run:
        write_set(forms, place)
    if context.json:
        print_json(_as_data(forms, place, written=not context.dry_run), context.out)
        return 0
    for file in forms.files:
        context.say(shown(file.name))
    for target, why in forms.left_out:
        context.say(shown(f"様式なし：{target}（{why}）"))
    done = "書き出します（まだ書いていません）" if context.dry_run else "書き出しました"
    context.say(shown(f"{forms.forms}件の相手と、相手を決めない用紙を{done}: {place}"))
    return 0


def _as_data(forms: SurveySet, place: Path, *, written: bool) -> dict[str, object]:
    return {
        "survey": forms.survey,
        "base": forms.base,
        "output": str(place),
        "written": written,
        "files": [
            {"file": file.name, "target": file.target or None, "sha256": file.sha256, "bytes": len(file.data)}
            for file in forms.files
        ],
        "left_out": [{"target": target, "why": why} for target, why in forms.left_out],
    }

"""`inquiry export`: the forms of an inquiry with their letters, into a folder or one .zip."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import get_args

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.file_set import require_free, require_place, write_set
from kyoju_tui.exchange.inquiry_export import FormSet, LetterForm, make_forms
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.workspace import Workspace

_LETTERS: tuple[LetterForm, ...] = get_args(LetterForm)


def add_arguments(parser: ArgumentParser) -> None:
    """Which departments, with what letter."""
    parser.add_argument(
        "--department", dest="only", metavar="DEPARTMENT", action="append",
        help="この部署の様式だけ（何度でも書けます。省くと照会先のすべて）。export",
    )  # fmt: skip
    parser.add_argument(
        "--letter", choices=_LETTERS, metavar="FORM", help="依頼文のファイル：docx（省いたとき）、txt、none。export"
    )
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

    forms = make_forms(workspace, ref, context.today, arguments.only or (), arguments.letter or "docx", told=told)
    if not arguments.force:
        require_free(forms, place)
    if not context.dry_run:
        write_set(forms, place)
    if context.json:
        print_json(_as_json(forms, place, written=not context.dry_run), context.out)
        return 0
    for file in forms.files:
        context.say(shown(file.name))
    for department, why in forms.left_out:
        context.say(shown(f"様式なし：{workspace.snapshot.full_name('department', department)}（{why}）"))
    done = "書き出します（まだ書いていません）" if context.dry_run else "書き出しました"
    context.say(shown(f"{forms.forms}部署の様式を{done}: {place}"))
    if not context.dry_run:
        context.say(shown(f"送ったら、発出を記録してください（inquiry send {ref.id}）。"))
    return 0


def _as_json(forms: FormSet, place: Path, *, written: bool) -> dict[str, object]:
    return {
        "inquiry": forms.inquiry,
        "base": forms.base,
        "output": str(place),
        "written": written,
        "files": [
            {"file": file.name, "department": file.department, "sha256": file.sha256, "bytes": len(file.data)}
            for file in forms.files
        ],
        "left_out": [{"department": department, "why": why} for department, why in forms.left_out],
    }

"""Writing the forms of an inquiry or of a survey out, and telling it: in words, or for programs."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kyoju_tui.cli.answers import print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.exchange.bringing import Told
from kyoju_tui.exchange.forms.file_set import AlreadyThere, require_free, require_place, write_set
from kyoju_tui.exchange.forms.form_set import FormSet
from kyoju_tui.records.errors import WrongUse
from kyoju_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Telling:
    """How a set is told: the keys of the record and of who is asked in JSON, and the words for people."""

    record: str
    target: str
    name: Callable[[str], str]
    forms: Callable[[FormSet], str]
    after: str = ""


def export(context: Context, workspace: Workspace, make: Callable[[Told], FormSet], telling: Telling) -> int:
    """Make the set and write it; with `--dry-run` only tell what it would be. Nothing is recorded."""
    place: Path | None = context.arguments.output
    if place is None:
        raise WrongUse("「-o」が足りません。", cure="書き出すフォルダーか、.zip のファイルを -o で指定してください。")
    require_place(workspace, place)
    aloud = not context.json and context.err is sys.stderr and sys.stderr.isatty()

    def told(what: str, done: int, of: int) -> None:
        if aloud:
            print(shown(f"{what}　{done}/{of}" if of else what), file=context.err)

    made = make(told)
    if not context.arguments.force:
        try:
            require_free(made, place)
        except AlreadyThere as error:
            cure = f"{error.cure}置き換えてよければ --force を付けてください。"
            raise AlreadyThere(error.message, cure=cure) from error
    if not context.dry_run:
        write_set(made, place)
    if context.json:
        print_json(_as_json(made, place, telling, written=not context.dry_run), context.out)
        return 0
    for file in made.files:
        context.say(shown(file.name))
    for target, why in made.left_out:
        context.say(shown(f"様式なし：{telling.name(target)}（{why}）"))
    done = "書き出します（まだ書いていません）" if context.dry_run else "書き出しました"
    context.say(shown(f"{telling.forms(made)}を{done}: {place}"))
    if telling.after and not context.dry_run:
        context.say(shown(telling.after))
    return 0


def _as_json(made: FormSet, place: Path, telling: Telling, *, written: bool) -> dict[str, object]:
    return {
        telling.record: made.ref,
        "base": made.base,
        "output": str(place),
        "written": written,
        "files": [
            {"file": file.name, telling.target: file.target or None, "sha256": file.sha256, "bytes": len(file.data)}
            for file in made.files
        ],
        "left_out": [{telling.target: target, "why": why} for target, why in made.left_out],
    }

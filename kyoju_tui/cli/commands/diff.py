"""`diff`: two moments of the store side by side, as added, changed and removed records with their fields."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from kyoju_tui.cli.answers import json_text, print_json, shown
from kyoju_tui.cli.context import Context
from kyoju_tui.cli.history import past_ref
from kyoju_tui.exchange.comparison_html import comparison_html
from kyoju_tui.exchange.comparison_json import comparison_json
from kyoju_tui.exchange.comparison_text import comparison_text
from kyoju_tui.exchange.documents.outside import write_outside
from kyoju_tui.overview.comparison import compare, naming
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import InvalidValue, UnknownRef, WrongUse
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.past.moments import at, named
from kyoju_tui.workspace.workspace import Workspace

_FORMS: Final = (".txt", ".json", ".html")


def add_arguments(parser: ArgumentParser) -> None:
    """Between which moments, of which record, and where to."""
    parser.add_argument(
        "a", metavar="A", help="前の時点（日付、会議のREFかid、取りまとめ（照会のid/番号）、履歴の番号）"
    )
    parser.add_argument("b", metavar="B", nargs="?", help="後の時点（省くと今）")
    parser.add_argument("ref", metavar="REF", nargs="?", help="この記録だけを比べます（Bを省いて A REF とも書けます）")
    parser.add_argument(
        "-o", "--output", metavar="FILE", type=Path, help=f"ファイルに書き出します（{'、'.join(_FORMS)}）"
    )


def run(context: Context) -> int:
    """Print the comparison, or write it to a file."""
    output: Path | None = context.arguments.output
    form = output.suffix.lower() if output is not None else ""
    if output is not None and form not in _FORMS:
        raise WrongUse(f"「{output.suffix}」の形式では書き出せません。", cure=f"使える形式：{'、'.join(_FORMS)}")
    workspace = context.open()
    try:
        until, ref = _meant(workspace, context.arguments.b, context.arguments.ref)
        before_words, before = _moment(context, workspace, context.arguments.a)
        now = (f"{format_date(context.today, weekday=False)}（今）", workspace.snapshot)
        after_words, after = now if until is None else _moment(context, workspace, until)
        comparison, name = compare(before, after, ref), naming(before, after)
        if ref is not None and comparison.empty and ref not in before and ref not in after:
            raise UnknownRef(
                f"「{ref}」という記録は、どちらの時点にもありません。",
                cure=f"この記録の履歴は log {ref} で見られます。",
            )
        answer = comparison_json(comparison, before_words, after_words)
        if output is not None:
            if form == ".json":
                text = json_text(answer)
            else:
                write = comparison_html if form == ".html" else comparison_text
                text = write(comparison, before_words, after_words, name)
            write_outside(workspace, output, text.encode())
        if context.json:
            print_json(answer, context.out)
        elif output is not None:
            context.say(shown(f"書き出しました: {output}"))
        else:
            for line in comparison_text(comparison, before_words, after_words, name).splitlines():
                context.say(shown(line))
        return 0
    finally:
        workspace.close()


def _meant(workspace: Workspace, later: str | None, ref: str | None) -> tuple[str | None, Ref | None]:
    """The later moment and the record. Where one word stands alone it is either; a meeting is a moment, like a date.

    Errors: `UnknownRef` and `InvalidValue` for a record that never was.
    """
    if ref is not None:
        return later, past_ref(workspace, ref)
    record = None if later is None else _record(workspace, later)
    return (later, None) if record is None else (None, record)


def _record(workspace: Workspace, text: str) -> Ref | None:
    """The record that a word names; None where it is a moment."""
    try:
        ref = past_ref(workspace, text)
    except (InvalidValue, UnknownRef):
        return None
    return None if kind_of(ref).word == "meeting" else ref


def _moment(context: Context, workspace: Workspace, text: str) -> tuple[str, Snapshot]:
    """A moment in words and the records as they stood."""
    then = at(workspace, named(workspace.snapshot, text, context.today))
    words = then.moment.words
    return (f"履歴の番号 {words}" if then.moment.day is None else words), then.snapshot

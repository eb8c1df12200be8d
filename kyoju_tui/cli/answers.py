"""Answers: JSON for programs, errors for both, tables for people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Final, TextIO, cast

from rich.cells import cell_len

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.problems import Problem
from kyoju_tui.records.text import FORBIDDEN

SCHEMA = 1
# What there is to do on the command line only; the cures themselves are read on screens, too.
_HERE: Final = {
    "still-referred": "それでも削除するときは --force を付けます。",
    "no-remote": "sync --remote アドレス で設定できます。",
    "unknown-ref": "list と log で確かめられます。",
}


def print_json(content: Mapping[str, object], out: TextIO) -> None:
    """Print one JSON object with the schema's number at its top."""
    print(json_text(content), end="", file=out)


def json_text(content: Mapping[str, object]) -> str:
    """One JSON object with the schema's number at its top, as the text of a file."""
    whole = {"schema": SCHEMA, **content}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=jsonable) + "\n"


def problem_json(problem: Problem) -> dict[str, object]:
    """A problem as programs see it."""
    return {
        "path": problem.path,
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "severity": problem.severity,
        "message": problem.message,
        "cure": problem.cure,
    }


def jsonable(value: object) -> object:
    """Dates and times as ISO text, sets in order."""
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(str(item) for item in cast("frozenset[object]", value))
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def print_error(error: KyojuError, *, as_json: bool, out: TextIO, err: TextIO) -> None:
    """Tell an error: on standard output as JSON, on standard error in words."""
    here = _HERE.get(error.code, "")
    cure = f"{error.cure}。{here}" if here and error.cure and not error.cure.endswith("。") else error.cure + here
    if as_json:
        print_json({"error": {"code": error.code, "message": error.message, "cure": cure}}, out)
        return
    print(shown(error.message), file=err)
    if cure:
        print(f"　→ {shown(cure)}", file=err)
    if error.detail:
        print(f"　（詳細: {shown(error.detail)}）", file=err)


def shown(text: str) -> str:
    """Text from records, files and git, without what would steer the terminal; tabs and line breaks as blanks."""
    return FORBIDDEN.sub("�", text.replace("\n", " ").replace("\t", " ").replace("\r", " "))


def print_table(rows: Sequence[Sequence[str]], out: TextIO) -> None:
    """Print rows with columns aligned by what a terminal shows, two blanks between."""
    clean = [[shown(cell) for cell in row] for row in rows]
    if not clean:
        return
    widths = [max(cell_len(row[index]) for row in clean) for index in range(len(clean[0]))]
    for row in clean:
        padded = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        print("  ".join(padded).rstrip(), file=out)

"""Records to bytes and back: the one door to the TOML of a record.

`read_record` takes what a file holds and says everything that is wrong with it; `render` says what a file is to hold,
canonical where the file was, else with every comment of the person who wrote it.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from kyoju_tui.files.canonical import dumps
from kyoju_tui.files.faulty import model_problems, unknown_problems
from kyoju_tui.files.outline import outline
from kyoju_tui.files.reading import Unreadable, decode, parse, parse_text, refuse_piled_marks
from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import SaveFailed
from kyoju_tui.records.matching import same
from kyoju_tui.records.plain import Plain, to_plain, without_empty
from kyoju_tui.records.problems import Problem

__all__ = ["Read", "Unreadable", "canonical", "dumps", "is_canonical", "merged", "parse", "read_record", "render"]


@dataclass(frozen=True, slots=True)
class Read:
    """What a file gave: the mapping (None if it is no TOML), the record (None if it is invalid), and every problem."""

    plain: Plain | None
    record: Record | None
    problems: tuple[Problem, ...]


def read_record(data: bytes, path: str, model: type[Record]) -> Read:
    """Read a record's file. `path` (relative to the store) goes into the problems. Never raises for what is in it."""
    try:
        text, notes = decode(data, path)
        normalized = text.isascii() or unicodedata.is_normalized("NFC", text)
        if not normalized:
            refuse_piled_marks(text, path)
        plain = parse_text(text, path)
    except Unreadable as error:
        return Read(None, None, (error.problem,))
    record: Record | None = None
    problems = notes
    try:
        record = model.model_validate(plain)
    except ValidationError as error:
        problems += model_problems(error, model, path, outline(text))
    unknown = unknown_problems(plain, model, path, text)
    if any(problem.severity == "error" for problem in unknown):
        record = None
    problems += unknown
    if not normalized:
        problems += (_not_normalized(text, path),)
    return Read(plain, record, problems)


def render(plain: Mapping[str, object], previous: bytes | None, model: type[Record]) -> bytes:
    """What the file of a record is to hold, given what it holds now.

    A new file and a canonical one are written canonically. One that a person has laid out keeps its comments, order,
    blank lines and unknown keys, and only what changed is changed (BOM and CRLF go). Keys of `plain` stand in model
    order. A default that the file states and `plain` leaves out stays stated.

    Raises `Unreadable` where `previous` is no TOML, `SaveFailed` where the outcome would not read back as `plain`.
    """
    goal = without_empty(plain)
    if previous is None:
        return dumps(goal)
    text, _ = decode(previous)
    old = parse_text(text)
    if previous == _canonical_of(old, model):
        return dumps(goal)
    from kyoju_tui.files.lossless import rewrite

    return rewrite(text, old, goal, model)


def merged(
    plain: Mapping[str, object], base: bytes | None, ours: bytes | None, theirs: bytes | None, model: type[Record]
) -> bytes:
    """What a file is to hold that was merged from three: ours as `render` changes it, with theirs' comments.

    Raises as `render` does. A comment that nothing in the outcome can carry is left out, the values never differ.
    """
    data = render(plain, ours, model)
    if not any(version is not None and b"#" in version for version in (base, theirs)):
        return data
    from kyoju_tui.files.remarks import with_remarks

    result, before, there = (None if version is None else _told(version) for version in (data, base, theirs))
    if result is None or there is None:
        return data
    commented = with_remarks(result, before, there, model).encode()
    outcome = _told(commented)
    return commented if outcome is not None and same(outcome[1], result[1]) else data


def canonical(data: bytes, path: str, model: type[Record]) -> bytes:
    """The form that `fmt` gives a file: canonical where it has no comments, else only BOM, CRLF and NFC put right.

    Raises `Unreadable` where the file is no TOML, or no record of this model; it then stays as it is.
    """
    read = read_record(data, path, model)
    if read.record is None:
        raise Unreadable(next(problem for problem in read.problems if problem.severity == "error"))
    text, _ = decode(data, path)
    if not outline(text).comments:
        return dumps(to_plain(read.record))
    normal = unicodedata.normalize("NFC", text).encode()
    again = read_record(normal, path, model)
    if again.record != read.record:
        raise SaveFailed(f"「{path}」は整形すると内容が変わるので、元のままにしました。", cure="手で直してください。")
    return normal


def is_canonical(data: bytes, path: str, model: type[Record]) -> bool:
    """Whether `fmt` would leave a file as it is. Raises as `canonical` does."""
    return canonical(data, path, model) == data


def _told(data: bytes) -> tuple[str, Plain] | None:
    """A file's text and what it holds; None where it is no TOML."""
    try:
        text, _ = decode(data)
        return text, parse_text(text)
    except Unreadable:
        return None


def _canonical_of(plain: Plain, model: type[Record]) -> bytes | None:
    try:
        return dumps(to_plain(model.model_validate(plain)))
    except ValidationError:
        return None


def _not_normalized(text: str, path: str) -> Problem:
    lines = [
        number for number, line in enumerate(text.split("\n"), start=1) if not unicodedata.is_normalized("NFC", line)
    ]
    message = f"濁点などが分かれた文字（NFCでない文字）が{len(lines)}行にあります。"
    return Problem(path, lines[0] if lines else 1, 1, "K206", message, "整形をすると直ります。")

"""Commit messages: a Japanese sentence and the changed fields for whoever reads `git log`, trailers for programs.

取組「見守り訪問」を更新（高齢福祉課・高齢者）

状況: 検討中 → 取組中

Kyoju-Record: entries/korei/20261123-7k3q9
Kyoju-Action: update
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, cast

from pydantic import ValidationError

from kyoju_tui.files.codec import read_record
from kyoju_tui.files.layout import is_figures, owner
from kyoju_tui.overview.rules.point import RULES
from kyoju_tui.records.base import Record
from kyoju_tui.records.changes import changes, describe_all, message_subject
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.wording import Namer
from kyoju_tui.workspace.requests import Action

_LINES: Final = 60
# So many records that a point is about are named.
_SUBJECTS: Final = 2


@dataclass(frozen=True, slots=True)
class Told:
    """One record of a save, before and after; None where there was, or is, none."""

    ref: Ref
    before: Plain | None
    after: Plain | None

    @property
    def model(self) -> type[Record]:
        """The model that describes the fields."""
        return kind_of(self.ref).model

    @property
    def plain(self) -> Plain:
        """The version that says what the record is called."""
        return self.after or self.before or {}


def commit_message(
    action: Action | None,
    told: Sequence[Told],
    name: Namer,
    *,
    subject: str = "",
    undoes: str = "",
    notes: Sequence[str] = (),
) -> str:
    """The whole message. `name` turns a kind and an id into a name; `subject` replaces the sentence made here.

    `notes` are sentences that follow what changed.
    Without `action` the commit is nobody's save, and is never taken back as one; it needs a `subject`.
    """
    first = subject if subject or action is None else _subject(action, told, name)
    body = _body(told, name)
    records = [f"Kyoju-Record: {item.ref}" for item in told]
    actions = [] if action is None else [f"Kyoju-Action: {action}"]
    trailers = [*records, *actions, *([f"Kyoju-Undoes: {undoes}"] if undoes else [])]
    paragraphs = [*([*body, ""] if body else []), *([*notes, ""] if notes else [])]
    return "\n".join([first, "", *paragraphs, *trailers, ""])


def _subject(action: Action, told: Sequence[Told], name: Namer) -> str:
    if action == "move":
        gone = next((item for item in told if item.after is None), None)
        come = next((item for item in told if item.after is not None), None)
        if gone is not None and come is not None:
            where = f"{_folder(gone.ref, name)} → {_folder(come.ref, name)}"
            return message_subject(action, _what(come, name), where)
    if len(told) == 1:
        return message_subject(action, _what(told[0], name), _where(told[0], name))
    return message_subject(action, f"{_what(told[0], name)}ほか{len(told) - 1}件")


def _what(item: Told, name: Namer) -> str:
    """The kind and what the record is called; a settled point by its rule and what it is about."""
    kind, record = kind_of(item.ref), _record(item)
    word = str(item.plain.get("kind", kind.label)) if kind.word == "entry" else kind.label
    if isinstance(record, Finding):
        subjects = [name("", subject) for subject in record.subjects]
        more = f"ほか{len(subjects) - _SUBJECTS}件" if len(subjects) > _SUBJECTS else ""
        title = f"{RULES[record.rule].name}：{'・'.join(subjects[:_SUBJECTS])}{more}"
    elif kind.word == "store":
        title = str(item.plain.get("municipality") or "")
    elif record is not None:
        title = record.heading
    else:
        title = str(item.plain.get("title") or item.plain.get("name") or "")
    return f"{word}「{title}」" if title else word


def _record(item: Told) -> Record | None:
    """The record, where its file holds one; what was written by hand may not be valid."""
    try:
        return item.model.model_validate(item.plain)
    except ValidationError:
        return None


def _where(item: Told, name: Namer) -> str:
    record = _record(item) if kind_of(item.ref).word == "finding" else None
    if isinstance(record, Finding):
        return record.verdict or ""
    if kind_of(item.ref).word != "entry":
        return ""
    categories = cast("Sequence[object]", item.plain.get("categories", ()))
    return "・".join([_folder(item.ref, name), *(name("category", str(category)) for category in categories)])


def _folder(ref: Ref, name: Namer) -> str:
    return "共通" if ref.department in (None, COMMON) else name("department", str(ref.department))


def _body(told: Sequence[Told], name: Namer) -> list[str]:
    lines: list[str] = []
    for item in told:
        if item.before is None or item.after is None:
            continue
        found = describe_all(changes(item.before, item.after, item.model, name), name)
        lines += [line if len(told) == 1 else f"{_what(item, name)} {line}" for line in found]
    if len(lines) > _LINES:
        lines = [*lines[:_LINES], f"ほか{len(lines) - _LINES}件の変更"]
    return lines


def told_of(files: Iterable[tuple[str, bytes | None, bytes | None]]) -> list[Told]:
    """What is told of a save: its records by path, before and after. Figures count for their data set."""
    told: dict[Ref, Told] = {}
    for path, before, after in files:
        ref = owner(path)
        if is_figures(path):
            told.setdefault(ref, Told(ref, {}, {}))
        else:
            told[ref] = Told(ref, plain_of(ref, before), plain_of(ref, after))
    return list(told.values())


def plain_of(ref: Ref, data: bytes | None) -> Plain | None:
    """A record's mapping, as far as its bytes can be read; None where there are none."""
    return None if data is None else read_record(data, ref.path, kind_of(ref).model).plain

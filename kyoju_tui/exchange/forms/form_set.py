"""The forms of an inquiry or of a survey as one set: what they are filled in from, and their files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from kyoju_tui.exchange.bringing import Cancelled, Stopped, Told
from kyoju_tui.history.commits import head
from kyoju_tui.history.roots import roots
from kyoju_tui.records.base import Record
from kyoju_tui.records.errors import UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.workspace import Workspace

RecordT = TypeVar("RecordT", bound=Record)


@dataclass(frozen=True, slots=True)
class SetFile:
    """One file, and whom it is for: the id of a department, the REF of a target, or nobody in particular (empty)."""

    name: str
    target: str
    data: bytes

    @property
    def sha256(self) -> str:
        """Of its bytes, in hex."""
        return hashlib.sha256(self.data).hexdigest()


@dataclass(frozen=True, slots=True)
class FormSet:
    """The files, the commit from which they were filled in, and who has no form, each with the reason."""

    ref: Ref
    base: str
    made_on: date
    files: tuple[SetFile, ...]
    left_out: tuple[tuple[str, str], ...]

    @property
    def forms(self) -> int:
        """How many of those that are asked have a form."""
        return len({file.target for file in self.files if file.target})


@dataclass(frozen=True, slots=True)
class Recorded(Generic[RecordT]):
    """A record as the newest commit has it: that commit, the id of the store's oldest one, all the records."""

    base: str
    store: str
    then: Snapshot
    record: RecordT


def recorded(workspace: Workspace, ref: Ref, model: type[RecordT], called: str, told: Told) -> Recorded[RecordT]:
    """What forms are made from: answers are later compared with just what is recorded.

    Errors: `UnknownRef` where the newest commit does not hold the record (`called` in words), those of the repository.
    """
    told("記録を読んでいます", 0, 0)
    base = head(workspace.repository)
    then = None if base is None else workspace.at(base)
    record = None if then is None else then.get(ref)
    if base is None or then is None or not isinstance(record, model):
        raise UnknownRef(
            f"この{called}はまだ記録されていないため、様式を作れません。",
            cure="記録してから、もう一度行ってください。",
        )
    return Recorded(base, next(iter(roots(workspace.repository)), ""), then, record)


def in_turn(called: Sequence[str], told: Told, cancelled: Cancelled) -> Iterator[int]:
    """The number of each form that is to be made, told before it is. Errors: `Stopped`."""
    for number, name in enumerate(called):
        if cancelled():
            raise Stopped("様式の書き出しをやめました。", cure="ファイルは何も書いていません。")
        told(name, number, len(called))
        yield number

"""What is asked of a store and what comes back: changes, the base an edit began from, what was saved, what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from kyoju_tui.records.base import Record
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.problems import Problem
from kyoju_tui.records.snapshot import Snapshot

Action = Literal["create", "update", "delete", "move", "restore", "import", "merge"]


@dataclass(frozen=True, slots=True)
class Base:
    """The file an edit began from, byte by byte; None where there was none."""

    ref: Ref
    data: bytes | None


@dataclass(frozen=True, slots=True)
class Put:
    """Write this record. Where the file is no longer as in `base`, both changes are merged by field."""

    ref: Ref
    record: Record
    base: Base


@dataclass(frozen=True, slots=True)
class Remove:
    """Take the record away. Where its file is no longer as in `base`, nothing is removed."""

    ref: Ref
    base: Base


@dataclass(frozen=True, slots=True)
class PutBack:
    """Write these very bytes (None: remove), provided the file still holds `expected`: how a save is taken back."""

    ref: Ref
    data: bytes | None
    expected: bytes | None


@dataclass(frozen=True, slots=True)
class PutFigures:
    """Write the figures beside a data set (None: remove them), provided the file still holds `expected`."""

    ref: Ref
    data: bytes | None
    expected: bytes | None


Change: TypeAlias = Put | Remove | PutBack | PutFigures


@dataclass(frozen=True, slots=True)
class Request:
    """One save: the changes of one commit. `subject` is the first line of its message, made up where empty.

    `undoes` names the commit that this one takes back.
    """

    changes: tuple[Change, ...]
    action: Action
    subject: str = ""
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Saved:
    """An acknowledged save. `commit` is None where nothing differed from what was recorded.

    `merged` tells that somebody else's change to the same record was merged with this one.
    """

    refs: tuple[Ref, ...]
    commit: str | None
    subject: str
    merged: bool
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class Changed:
    """What listeners are told: these records are new, changed or gone. `own` tells that this program did it."""

    refs: frozenset[Ref]
    snapshot: Snapshot
    problems: tuple[Problem, ...]
    own: bool


Listener: TypeAlias = Callable[[Changed], None]

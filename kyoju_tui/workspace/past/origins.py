"""Who last changed each value of a record, when, and from what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kyoju_tui.history import log
from kyoju_tui.history.commits import contents
from kyoju_tui.history.git import Repository
from kyoju_tui.records.description import Described
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.matching import same
from kyoju_tui.records.pieces import Piece, pieces
from kyoju_tui.records.placing import DEPARTMENT
from kyoju_tui.records.wording import Namer, bare
from kyoju_tui.workspace.past.recorded import Turn, plain_of, read_turns

# So many commits of a record are looked into at once; most values were changed lately.
_AT_ONCE: Final = 30


@dataclass(frozen=True, slots=True)
class Origin:
    """The commit that gave a field its present value, and what stood there before (None: nothing).

    `field` is dotted, `label` for staff; `about` is what the model says of the field.
    """

    field: str
    label: str
    before: object | None
    after: object
    commit: str
    at: datetime
    author: str
    subject: str
    about: Described | None = None


def origins(
    repository: Repository, start: str, commits: Sequence[log.Commit], name: Namer = bare
) -> Mapping[str, Origin]:
    """The origin of every value that a record has at `start`; `commits` are all of the record, newest first.

    Of changes on both sides of a merge the newest counts that led to the value which stands.
    """
    standing = _standing(repository, start, commits)
    if standing is None:
        return {}
    ref, data = standing
    now = _pieces(ref, data, name)
    open_fields = dict.fromkeys(now)
    found: dict[str, Origin] = {}
    for first in range(0, len(commits), _AT_ONCE):
        batch = commits[first : first + _AT_ONCE]
        for commit, turns in zip(batch, read_turns(repository, batch), strict=True):
            for turn in turns:
                for field in _given(turn, now, open_fields, name):
                    piece, before = now[field], _pieces(turn.former, turn.before, bare).get(field)
                    found[field] = Origin(
                        *(field, piece.label, None if before is None else before.value, piece.value),
                        *(commit.commit, commit.at, commit.author, commit.subject, piece.about),
                    )
                    del open_fields[field]
        if not open_fields:
            break
    return {field: found[field] for field in now if field in found}


def _standing(repository: Repository, start: str, commits: Sequence[log.Commit]) -> tuple[Ref, bytes] | None:
    paths = list(dict.fromkeys(path for commit in commits for _, path in commit.paths))
    found = contents(repository, [f"{start}:{repository.in_top(path)}" for path in paths])
    there = [(Ref(path.removesuffix(".toml")), data) for path, data in zip(paths, found, strict=True) if data]
    return there[0] if there else None


def _given(turn: Turn, now: Mapping[str, Piece], fields: Mapping[str, None], name: Namer) -> list[str]:
    """The fields that got the value they have now in this turn."""
    before, after = _pieces(turn.former, turn.before, name), _pieces(turn.latter, turn.after, name)
    return [
        field
        for field in fields
        if field in after
        and same(after[field].value, now[field].value)
        and (field not in before or not same(before[field].value, after[field].value))
    ]


def _pieces(ref: Ref | None, data: bytes | None, name: Namer) -> dict[str, Piece]:
    """The pieces of a file, and the department that it lay with."""
    if ref is None or data is None:
        return {}
    place = {} if ref.department is None else {DEPARTMENT.name: Piece(DEPARTMENT.label, ref.department, DEPARTMENT)}
    return {**place, **pieces(plain_of(ref, data) or {}, kind_of(ref).model, name)}

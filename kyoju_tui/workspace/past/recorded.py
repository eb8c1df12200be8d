"""What a commit did to records: each with its place and its bytes before and after; going elsewhere is one turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from kyoju_tui.files.codec import read_record
from kyoju_tui.history import log
from kyoju_tui.history.commits import contents
from kyoju_tui.history.git import Repository
from kyoju_tui.records.base import Record
from kyoju_tui.records.changes import Change, changes
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.placing import went
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.wording import Namer

Versions: TypeAlias = tuple[bytes | None, bytes | None]
"""The bytes of a file before and after a commit; None where there was no file."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One record in one commit: where it lay before and after, and what its file held; None where it was not there."""

    former: Ref | None
    latter: Ref | None
    before: bytes | None
    after: bytes | None

    @property
    def ref(self) -> Ref:
        """Where the record is after the commit, or was before it where it is gone."""
        found = self.latter or self.former
        assert found is not None  # noqa: S101 - a turn has a place
        return found

    @property
    def model(self) -> type[Record]:
        """The model that describes the record."""
        return kind_of(self.ref).model


def record_path(path: str) -> bool:
    """Whether a record can lie at this path of the store."""
    if not path.endswith(".toml"):
        return False
    try:
        kind_of(path.removesuffix(".toml"))
    except InvalidValue:
        return False
    return True


def turns(versions: Mapping[Ref, Versions]) -> tuple[Turn, ...]:
    """The turns that a commit's files make up: an entry that left one department for another is one record."""
    gone = {ref.id: ref for ref, (_, after) in versions.items() if after is None and ref.department is not None}
    came = {ref.id: ref for ref, (before, _) in versions.items() if before is None and ref.department is not None}
    found: list[Turn] = []
    for ref, (before, after) in versions.items():
        if gone.get(ref.id) == ref and came.get(ref.id) not in (None, ref):
            continue
        origin = gone.get(ref.id) if came.get(ref.id) == ref else None
        if origin is not None and origin != ref:
            found.append(Turn(origin, ref, versions[origin][0], after))
        else:
            found.append(Turn(None if before is None else ref, None if after is None else ref, before, after))
    return tuple(turn for turn in found if turn.former is not None or turn.latter is not None)


def read_turns(repository: Repository, commits: Sequence[log.Commit]) -> list[tuple[Turn, ...]]:
    """The turns of several commits, from the record files among their `paths`; one process of git."""
    files = [
        [
            (Ref(path.removesuffix(".toml")), ids)
            for (_, path), ids in zip(commit.paths, commit.blobs, strict=True)
            if record_path(path)
        ]
        for commit in commits
    ]
    wanted = list(dict.fromkeys(blob for each in files for _, ids in each for blob in ids))
    known = dict(zip(wanted, contents(repository, wanted), strict=True))
    return [turns({ref: (known[old], known[new]) for ref, (old, new) in each}) for each in files]


def told(turn: Turn, name: Namer) -> Iterator[Change]:
    """What a turn changed, field by field; for an entry that went elsewhere its department first."""
    if turn.former is not None and turn.latter is not None and turn.former != turn.latter:
        yield went(turn.former, turn.latter)
    yield from changes(plain_of(turn.ref, turn.before), plain_of(turn.ref, turn.after), turn.model, name)


def plain_of(ref: Ref, data: bytes | None) -> Plain | None:
    """A record's mapping at some time; None where there was none or it could not be read."""
    return None if data is None else read_record(data, ref.path, kind_of(ref).model).plain

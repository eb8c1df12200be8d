"""The trail of one record through the history: its commits over all places it has been, newest first.

An entry keeps its id when it goes to another department: the commit in which it came to a place shows where from.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kyoju_tui.history import log
from kyoju_tui.history.git import Repository
from kyoju_tui.records.ids import Ref


def trail(repository: Repository, ref: Ref, start: str, first: int) -> Iterator[log.Commit]:
    """The commits of a record up to `start`; about `first` of them are read at once, the others where asked for.

    Of a long trail, what was done at the present place comes first, also where another clone meanwhile went on at the
    place before.
    """
    found = log.of_files(repository, start, [ref.path], limit=first)
    if len(found) < first or _edges(found):
        yield from whole(repository, ref, start, found if len(found) < first else None)
        return
    given = _own(found)
    yield from given
    known = {each.commit for each in given}
    yield from (each for each in whole(repository, ref, start) if each.commit not in known)


def whole(
    repository: Repository, ref: Ref, start: str, found: Sequence[log.Commit] | None = None
) -> tuple[log.Commit, ...]:
    """All commits of a record up to `start`; `found` are those at the place that `ref` names, where they are known."""
    here = log.of_files(repository, start, [ref.path]) if found is None else found
    known = places(repository, ref, start, here)
    return _own(here if known == {ref.path} else log.of_files(repository, start, sorted(known)))


def places(repository: Repository, ref: Ref, start: str, found: Sequence[log.Commit]) -> set[str]:
    """Every path that a record has had; `found` are its commits at the place that `ref` names."""
    known = {ref.path}
    while ref.department is not None and found:
        edges = _edges(found)
        # A save of this program names both places; of other commits git has to tell.
        told = {f"{each}.toml" for commit in edges if commit.ours for each in commit.records if Ref(each).id == ref.id}
        foreign = [commit.commit for commit in edges if not commit.ours]
        beside = log.places(repository, foreign, f"entries/*/{ref.id}.toml")
        new = {path for path in {*told, *beside} - known if path.startswith("entries/")}
        known |= new
        found = log.of_files(repository, start, sorted(new))
    return known


def _edges(found: Sequence[log.Commit]) -> list[log.Commit]:
    """The commits in which the record came to a place or went from it."""
    return [commit for commit in found if any({*status} & {"A", "D"} for status, _ in commit.paths)]


def _own(found: Sequence[log.Commit]) -> tuple[log.Commit, ...]:
    """Without the merges that hold nothing of their own."""
    return tuple(commit for commit in found if commit.paths)

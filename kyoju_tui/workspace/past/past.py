"""The store's history in the domain's words: commits with the fields they changed, records as they stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from itertools import dropwhile, islice
from typing import Final

from kyoju_tui.files.tree import tree_of
from kyoju_tui.history import graph, log
from kyoju_tui.history.commits import contents, files_at, head, resolve
from kyoju_tui.history.git import Repository
from kyoju_tui.history.moments import last_by
from kyoju_tui.records.changes import Change
from kyoju_tui.records.errors import UnknownRef
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.pieces import is_within
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.wording import Namer, bare
from kyoju_tui.workspace.past.deleted import DeletedPage, deleted
from kyoju_tui.workspace.past.origins import Origin, origins
from kyoju_tui.workspace.past.recorded import Turn, plain_of, read_turns, record_path, told
from kyoju_tui.workspace.past.trail import places, trail, whole
from kyoju_tui.workspace.past.wanted import Wanted

DETAILED: Final = 200
"""So many records of one commit are told field by field on a page; the others are named."""

_ALL: Final = 10**9
_ANYTHING: Final = Wanted()
# Heads of commits are read in pieces that grow: most pages need one.
_FIRST, _GROWTH, _MOST = 200, 4, 5_000
_ENTRIES: Final = "entries"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One field of one record that a commit changed."""

    record: Ref
    change: Change


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One commit with its changes in words. Times have their zone.

    `changes` are those that were asked for: of the record, of the cell, or all; `untold` counts records of a very large
    commit whose fields are left out. `ours` tells that a save of this program made it, `undoes` which one it took back.
    """

    commit: str
    at: datetime
    author: str
    email: str
    subject: str
    action: str
    records: tuple[Ref, ...]
    changes: tuple[RecordChange, ...]
    untold: int = 0
    ours: bool = False
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Some commits, newest first. `next` is given as `after` for those that follow; None where these are the last."""

    entries: tuple[LogEntry, ...]
    next: str | None


class Past:
    """The history of one store. Everything here reads git: call it in a worker."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def page(
        self,
        wanted: Wanted = _ANYTHING,
        *,
        after: str = "",
        size: int = 50,
        name: Namer = bare,
        detailed: int = DETAILED,
    ) -> Page:
        """Commits that fit, newest first: `size` of them, following the commit `after`.

        Errors: `UnknownRef` where `after` is no commit, or none of those that were asked for.
        """
        start = head(self._repository)
        if start is None:
            return Page((), None)
        first = size + 1 if wanted.ref is not None or not wanted.rare else _MOST
        stream = self._stream(wanted, start, first)
        if after:
            stream = self._following(stream, resolve(self._repository, after))
        fitting = (each for each in stream if wanted.admits(each.at, each.author, each.email, each.subject))
        found: list[LogEntry] = []
        count = size + 1
        while len(found) <= size and (batch := tuple(islice(fitting, count))):
            found += self._entries(batch, wanted, name, detailed)
            count = min(count * _GROWTH, max(_MOST, size + 1))
        graph.write_when_due(self._repository)
        more = len(found) > size
        return Page(tuple(found[:size]), found[size - 1].commit if more else None)

    def entries(self, ref: Ref | None = None, *, limit: int | None = None, name: Namer = bare) -> tuple[LogEntry, ...]:
        """Commits, newest first, of one record (over all places it has been) or of the store, told in full."""
        return self.page(Wanted(ref), size=_ALL if limit is None else limit, name=name, detailed=_ALL).entries

    def origins(self, ref: Ref, name: Namer = bare) -> Mapping[str, Origin]:
        """Who last changed each value that a record has now, when, and from what: by dotted field, tables included.

        The department of an entry is the field `department`. A value that stands in the file and was never recorded has
        no origin. Empty for a record that is not there.
        """
        start = head(self._repository)
        return {} if start is None else origins(self._repository, start, whole(self._repository, ref, start), name)

    def deleted(self, *, after: str = "", size: int = 50) -> DeletedPage:
        """Records that were there and are not now, newest first; all that one commit took away stand on one page.

        Errors: `UnknownRef` where `after` is no commit.
        """
        return deleted(self._repository, after=after, size=size)

    def states(self, ref: Ref) -> tuple[tuple[log.Commit, Plain | None], ...]:
        """Every commit of a record, newest first, with the record as it then stood; None where it was not there."""
        found = log.commits(self._repository, path=ref.path)
        versions = log.changes(self._repository, [(commit.commit, ref.path) for commit in found])
        return tuple((commit, plain_of(ref, after)) for commit, (_, after) in zip(found, versions, strict=True))

    def last(self, ref: Ref) -> log.Commit | None:
        """The newest commit of a record."""
        found = log.commits(self._repository, path=ref.path, limit=1)
        return found[0] if found else None

    def saves(self) -> Iterator[log.Commit]:
        """The heads of all commits, newest first, read as far as they are looked at."""
        start = head(self._repository)
        return iter(()) if start is None else self._stream(_ANYTHING, start)

    def place(self, ref: Ref, commit: str) -> Ref | None:
        """Where a record lay after a commit (a full id), None if nowhere: an entry may have been elsewhere then."""
        start = head(self._repository) or commit
        here = () if ref.department is None else log.of_files(self._repository, start, [ref.path])
        paths = [ref.path, *sorted(places(self._repository, ref, start, here) - {ref.path})]
        names = [f"{commit}:{self._repository.in_top(path)}" for path in paths]
        found = zip(paths, contents(self._repository, names), strict=True)
        return next((Ref(path.removesuffix(".toml")) for path, data in found if data is not None), None)

    def snapshot(self, revision: str) -> Snapshot:
        """All records as they stood at a revision. Errors: `UnknownRef`."""
        tree = tree_of(files_at(self._repository, resolve(self._repository, revision)))
        return Snapshot(tree.records, tree.broken)

    def as_of(self, day: date) -> str | None:
        """The commit that stood at the end of a day, in this machine's time zone; None before the first one."""
        return last_by(self._repository, datetime.combine(day, time(23, 59, 59)).astimezone())

    def _stream(self, wanted: Wanted, start: str, first: int = _FIRST) -> Iterator[log.Commit]:
        """All commits that record or column leave: with their files for a record, else by their heads alone."""
        if wanted.ref is not None:
            yield from trail(self._repository, wanted.ref, start, first)
            return
        folder = f"{_ENTRIES}/{wanted.department}" if wanted.department else _ENTRIES
        paths = (folder,) if wanted.cell else ()
        skip, limit = 0, min(first, _MOST)
        while True:
            found = log.heads(self._repository, start, paths, skip=skip, limit=limit)
            yield from found
            if len(found) < limit:
                return
            skip, limit = skip + limit, min(limit * _GROWTH, _MOST)

    def _following(self, stream: Iterator[log.Commit], after: str) -> Iterator[log.Commit]:
        rest = dropwhile(lambda each: each.commit != after, stream)
        if next(rest, None) is None:
            raise UnknownRef("続きを読む位置が、この履歴にはありません。", cure="履歴をはじめから読み直してください。")
        return rest

    def _entries(self, batch: Sequence[log.Commit], wanted: Wanted, name: Namer, detailed: int) -> Iterator[LogEntry]:
        if wanted.ref is None:
            ids = [each.commit for each in batch]
            batch = log.named(self._repository, ids, (_ENTRIES,) if wanted.cell else ())
        most = _ALL if wanted.cell else detailed
        cut = [_few(each, most) for each in batch]
        for (commit, untold), turns in zip(cut, read_turns(self._repository, [each for each, _ in cut]), strict=True):
            fitting = [turn for turn in turns if _in_cell(turn, wanted)] if wanted.cell else turns
            found = tuple(RecordChange(turn.ref, change) for turn in fitting for change in told(turn, name))
            if wanted.ref is not None and wanted.field:
                found = tuple(each for each in found if _touches(each.change.field, wanted.field))
            if (wanted.cell and not fitting) or (wanted.field and not found):
                continue
            yield LogEntry(
                *(commit.commit, commit.at, commit.author, commit.email, commit.subject, commit.action),
                tuple(Ref(record) for record in commit.records),
                found,
                untold,
                commit.ours,
                commit.undoes,
            )


def _few(commit: log.Commit, most: int) -> tuple[log.Commit, int]:
    """A commit with the files of its first records (both places of one that moved), and how many records are left."""
    records: dict[str, list[int]] = {}
    for number, (_, path) in enumerate(commit.paths):
        if record_path(path):
            ref = Ref(path.removesuffix(".toml"))
            records.setdefault(ref if ref.department is None else ref.id, []).append(number)
    kept = [number for numbers in islice(records.values(), most) for number in numbers]
    paths, blobs = (tuple(each[number] for number in kept) for each in (commit.paths, commit.blobs))
    return replace(commit, paths=paths, blobs=blobs), max(0, len(records) - most)


def _in_cell(turn: Turn, wanted: Wanted) -> bool:
    """Whether an entry stood in the row and the column before the commit or after it."""
    return any(
        ref is not None and data is not None and _stands(ref, data, wanted)
        for ref, data in ((turn.former, turn.before), (turn.latter, turn.after))
    )


def _stands(ref: Ref, data: bytes, wanted: Wanted) -> bool:
    if wanted.department and (ref.department or COMMON) != wanted.department:
        return False
    if not wanted.category:
        return ref.department is not None
    # Reading a file takes longer than seeing that a word is not in it.
    if ref.department is None or wanted.category.encode() not in data:
        return False
    categories = (plain_of(ref, data) or {}).get("categories")
    return isinstance(categories, list) and wanted.category in categories


def _touches(changed: str, field: str) -> bool:
    return is_within(changed, field) or is_within(field, changed)

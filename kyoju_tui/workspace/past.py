"""The store's history in the domain's words: commits with the fields they changed, records as they stood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeAlias

from kyoju_tui.files.codec import read_record
from kyoju_tui.files.layout import is_figures, owner
from kyoju_tui.files.tree import tree_of
from kyoju_tui.history import log
from kyoju_tui.history.commits import files_at, resolve
from kyoju_tui.history.git import Repository
from kyoju_tui.history.moments import last_by
from kyoju_tui.records.changes import Change, changes
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.wording import Namer, bare
from kyoju_tui.workspace.requests import PutBack, PutFigures

# The bytes of a file before and after a commit; None where there was no file.
_Versions: TypeAlias = tuple[bytes | None, bytes | None]


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One field of one record that a commit changed."""

    record: Ref
    change: Change


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One commit with its changes in words. Times have their zone."""

    commit: str
    at: datetime
    author: str
    email: str
    subject: str
    action: str
    records: tuple[Ref, ...]
    changes: tuple[RecordChange, ...]


@dataclass(frozen=True, slots=True)
class LastSave:
    """A save that can be taken back, and the changes that do it."""

    commit: str
    subject: str
    changes: tuple[PutBack | PutFigures, ...]


class Past:
    """The history of one store."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def entries(self, ref: Ref | None = None, *, limit: int | None = None, name: Namer = bare) -> tuple[LogEntry, ...]:
        """Commits, newest first, of one record (over all places it has been) or of the store."""
        paths = None if ref is None else self._places(ref)
        found = log.commits(self._repository, path=paths, limit=limit)
        pairs = [(commit.commit, path) for commit in found for _, path in commit.paths if _record_path(path)]
        contents = iter(log.changes(self._repository, pairs))
        return tuple(self._entry(commit, contents, name) for commit in found)

    def states(self, ref: Ref) -> tuple[tuple[log.Commit, Plain | None], ...]:
        """Every commit of a record, newest first, with the record as it then stood; None where it was not there."""
        found = log.commits(self._repository, path=ref.path)
        contents = log.changes(self._repository, [(commit.commit, ref.path) for commit in found])
        return tuple((commit, _plain(ref.path, after)) for commit, (_, after) in zip(found, contents, strict=True))

    def last(self, ref: Ref) -> log.Commit | None:
        """The newest commit of a record."""
        found = log.commits(self._repository, path=ref.path, limit=1)
        return found[0] if found else None

    def last_by(self, email: str) -> LastSave | None:
        """The newest save by this person that has not been taken back."""
        undone: set[str] = set()
        skip, page = 0, 50
        while True:
            found = log.commits(self._repository, limit=page, skip=skip)
            for commit in found:
                if commit.undoes:
                    undone.add(commit.undoes)
                elif commit.email == email and commit.commit not in undone and commit.ours:
                    return self._last_save(commit)
            if len(found) < page:
                return None
            skip += page

    def snapshot(self, revision: str) -> Snapshot:
        """All records as they stood at a revision. Errors: `UnknownRef`."""
        tree = tree_of(files_at(self._repository, resolve(self._repository, revision)))
        return Snapshot(tree.records, tree.broken)

    def as_of(self, day: date) -> str | None:
        """The commit that stood at the end of a day, in this machine's time zone; None before the first one."""
        return last_by(self._repository, datetime.combine(day, time(23, 59, 59)).astimezone())

    def _last_save(self, commit: log.Commit) -> LastSave:
        paths = [path for _, path in commit.paths if _record_path(path) or is_figures(path)]
        contents = log.changes(self._repository, [(commit.commit, path) for path in paths])
        found = zip(paths, contents, strict=True)
        return LastSave(commit.commit, commit.subject, tuple(_put_back(path, *versions) for path, versions in found))

    def _places(self, ref: Ref) -> Sequence[str]:
        """Every path a record has had: an entry keeps its id when it moves to another department."""
        if ref.department is None:
            return [ref.path]
        known = self._repository.run(
            *("log", "--format=", "--name-only", "-z", "--no-renames", "--", f"entries/*/{ref.id}.toml"),
            environment={"GIT_LITERAL_PATHSPECS": "0", "GIT_GLOB_PATHSPECS": "1"},
        )
        words = known.decode("utf-8", "surrogateescape").split("\0")
        found = {
            inside for word in words if word and (inside := self._repository.in_store(word.strip("\n"))) is not None
        }
        return sorted({*found, ref.path})

    def _entry(
        self, commit: log.Commit, contents: Iterator[tuple[bytes | None, bytes | None]], name: Namer
    ) -> LogEntry:
        paths = [path for _, path in commit.paths if _record_path(path)]
        versions = {Ref(path.removesuffix(".toml")): next(contents) for path in paths}
        told = tuple(_told(versions, name))
        refs = tuple(Ref(record) for record in commit.records)
        return LogEntry(
            commit.commit, commit.at, commit.author, commit.email, commit.subject, commit.action, refs, told
        )


def _put_back(path: str, before: bytes | None, after: bytes | None) -> PutBack | PutFigures:
    """What gives a file its former bytes again."""
    put_back = PutFigures if is_figures(path) else PutBack
    return put_back(owner(path), before, after)


def _told(versions: Mapping[Ref, _Versions], name: Namer) -> Iterator[RecordChange]:
    """What a commit changed, field by field. An entry that left one department for another changed its department."""
    gone = {ref.id: ref for ref, (_, after) in versions.items() if after is None and ref.department is not None}
    came = {ref.id: ref for ref, (before, _) in versions.items() if before is None and ref.department is not None}
    for ref, (before, after) in versions.items():
        if gone.get(ref.id) == ref and ref.id in came:
            continue
        origin = gone.get(ref.id) if came.get(ref.id) == ref else None
        if origin is not None:
            yield RecordChange(ref, Change("department", "部署", origin.department, ref.department))
        earlier = before if origin is None else versions[origin][0]
        for change in changes(_plain(ref.path, earlier), _plain(ref.path, after), kind_of(ref).model, name):
            yield RecordChange(ref, change)


def _record_path(path: str) -> bool:
    if not path.endswith(".toml"):
        return False
    try:
        kind_of(path.removesuffix(".toml"))
    except InvalidValue:
        return False
    return True


def _plain(path: str, data: bytes | None) -> Plain | None:
    """A record's mapping at some time; None where there was none or it could not be read."""
    if data is None:
        return None
    return read_record(data, path, kind_of(path.removesuffix(".toml")).model).plain

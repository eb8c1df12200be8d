"""Records that were there and are not now, from history."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from kyoju_tui.history import log
from kyoju_tui.history.commits import contents, head, paths_at, resolve
from kyoju_tui.history.git import Repository
from kyoju_tui.records.errors import UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.workspace.past.recorded import plain_of, record_path

_AT_ONCE: Final = 200


@dataclass(frozen=True, slots=True)
class Deleted:
    """A record that is gone: where it lay, what it was, and who took it away when (a time with its zone).

    `restoring` brings it back as it stood before `commit`; `kind` is the domain's word, `title` may be empty.
    """

    ref: Ref
    kind: str
    title: str
    at: datetime
    author: str
    commit: str


@dataclass(frozen=True, slots=True)
class DeletedPage:
    """Some deleted records, newest first; `next` is given as `after` for those that follow."""

    records: tuple[Deleted, ...]
    next: str | None


def deleted(repository: Repository, *, after: str = "", size: int = 50) -> DeletedPage:
    """Records of `start`'s history that are not there any more: about `size`, never part of a commit's.

    An entry that went to another department is not deleted, nor is a settled point that was filed anew with it.
    Errors: `UnknownRef` where `after` is no commit of this history.
    """
    start = head(repository)
    if start is None:
        return DeletedPage((), None)
    known = {_identity(path) for path in paths_at(repository, start) if record_path(path)}
    begun = resolve(repository, after) if after else ""
    listed: list[tuple[log.Commit, Ref]] = []
    last, passed = "", not begun
    for commit in _removals(repository, start):
        gone = _gone(commit, known)
        known |= {_identity(path) for path in gone}
        if not passed:
            passed = commit.commit == begun
        elif gone and len(listed) >= size:
            return DeletedPage(_described(repository, listed), last)
        elif gone:
            listed += [(commit, Ref(path.removesuffix(".toml"))) for path in gone]
            last = commit.commit
    if not passed:
        raise UnknownRef("続きを読む位置が、この履歴にはありません。", cure="一覧をはじめから読み直してください。")
    return DeletedPage(_described(repository, listed), None)


def _removals(repository: Repository, start: str) -> Iterator[log.Commit]:
    """The commits that took files away, newest first: the newest at once, the others where they are asked for."""
    found = log.removals(repository, start, limit=_AT_ONCE)
    yield from found
    if len(found) == _AT_ONCE:
        yield from log.removals(repository, start)[_AT_ONCE:]


def _gone(commit: log.Commit, known: set[str]) -> list[str]:
    """The records that a commit took away and nobody brought back, each for the last time that it went.

    Where an entry only moved, the settled points that went with it were filed under new names.
    """
    paths = [path for status, path in commit.paths if "D" in status and record_path(path)]
    moved = any(path.startswith("entries/") and _identity(path) in known for path in paths)
    return [path for path in paths if _identity(path) not in known and not (moved and path.startswith("findings/"))]


def _identity(path: str) -> str:
    """What stays the same of a record wherever it lies."""
    ref = Ref(path.removesuffix(".toml"))
    return ref if ref.department is None else f"entries/{ref.id}"


def _described(repository: Repository, listed: Sequence[tuple[log.Commit, Ref]]) -> tuple[Deleted, ...]:
    found = contents(repository, [f"{commit.commit}^:{repository.in_top(ref.path)}" for commit, ref in listed])
    return tuple(
        Deleted(ref, kind_of(ref).word, _title(ref, data), commit.at, commit.author, commit.commit)
        for (commit, ref), data in zip(listed, found, strict=True)
    )


def _title(ref: Ref, data: bytes | None) -> str:
    plain = plain_of(ref, data) or {}
    return str(plain.get("title") or plain.get("name") or "")

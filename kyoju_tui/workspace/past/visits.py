"""What others recorded since this user last looked: the last commit seen, kept per user and store outside the records.

It lies beside the user's drafts. It is no record: losing it only means that the next look begins anew.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import tomli
import tomli_w

from kyoju_tui.files.private import make_folder, write_private
from kyoju_tui.history.commits import head
from kyoju_tui.history.git import Repository
from kyoju_tui.history.log import Commit, commits
from kyoju_tui.records.errors import UnknownRef
from kyoju_tui.workspace.ground import at_home
from kyoju_tui.workspace.workspace import Workspace

# Somebody who comes back after a year reads no more of it than this.
MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """One look at the store: the newest commit then (full id), and when."""

    commit: str
    at: datetime


@dataclass(frozen=True, slots=True)
class News:
    """What happened since a visit: others' commits, newest first. `since` is None at the first visit.

    `more` tells that older ones were left out.
    """

    since: Visit | None
    commits: tuple[Commit, ...] = ()
    more: bool = False


class Visits:
    """The last visit of one user. The first of `folders` that can be written takes it."""

    def __init__(self, *folders: Path, shared: bool = False) -> None:
        self._folders = folders
        self._shared = shared

    @classmethod
    def of(cls, workspace: Workspace) -> Visits:
        """Those of this user in a store. Errors: why there is no repository."""
        repository = workspace.repository
        user = str(os.geteuid())
        folders = (repository.state_dir() / "visits" / user, at_home(workspace.root) / "visits" / user)
        return cls(*folders, shared=repository.shared)

    def last(self) -> Visit | None:
        """The last visit; None where there was none, or what is kept of it cannot be read."""
        found = [visit for folder in self._folders if (visit := _read(folder / _NAME)) is not None]
        return max(found, key=lambda visit: visit.at, default=None)

    def keep(self, visit: Visit) -> bool:
        """Remember this visit. Whether there was a place for it: without one the next visit is told of more."""
        data = tomli_w.dumps({"commit": visit.commit, "at": visit.at}).encode()
        for folder in self._folders:
            with suppress(OSError):
                make_folder(folder.parent, shared=self._shared and folder == self._folders[0])
                write_private(folder / _NAME, data)
                return True
        return False


_NAME: Final = "last.toml"


def news(repository: Repository, since: Visit | None, now: Visit, email: str) -> News:
    """What others than `email` recorded between two visits. Without an earlier one, or where its commit is no longer
    in the history, there is nothing to compare with: `since` of the answer is None.
    """  # noqa: D205
    if since is None:
        return News(None)
    try:
        found = commits(repository, since=since.commit, until=now.commit, limit=MOST + 1)
    except UnknownRef:
        return News(None)
    return News(since, tuple(commit for commit in found[:MOST] if commit.email != email), len(found) > MOST)


def here(repository: Repository) -> Visit | None:
    """A visit now; None in a store without any commit."""
    newest = head(repository)
    return None if newest is None else Visit(newest, datetime.now(UTC).replace(microsecond=0))


def _read(path: Path) -> Visit | None:
    try:
        content = tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    commit, at = content.get("commit"), content.get("at")
    if not isinstance(commit, str) or not isinstance(at, datetime) or at.tzinfo is None:
        return None
    return Visit(commit, at)

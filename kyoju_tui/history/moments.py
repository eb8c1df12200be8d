"""Which commit stood at a moment: the newest one that was made by then; and whether one belongs to a history."""

from __future__ import annotations

from datetime import datetime

from kyoju_tui.history.commits import head
from kyoju_tui.history.failures import failure
from kyoju_tui.history.git import Repository


def last_by(repository: Repository, at: datetime) -> str | None:
    """Return the newest commit of HEAD's history made at this time or before, None where there is none yet.

    `at` needs its time zone.
    """
    start = head(repository)
    if start is None:
        return None
    if at.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    before = f"--before=@{int(at.timestamp())} +0000"
    found = repository.run("rev-list", "--max-count=1", before, "--end-of-options", start, "--")
    return found.decode("ascii").strip() or None


def contains(repository: Repository, start: str, commit: str) -> bool:
    """Tell whether `commit` is `start` or among what came before it; both are full ids. Errors: `GitFailed`."""
    finished = repository.call("merge-base", "--is-ancestor", "--end-of-options", commit, start)
    if finished.code not in (0, 1):
        raise failure(finished)
    return finished.code == 0

"""Which history this is: the commits it began with stay the same in every clone of it."""

from __future__ import annotations

from kyoju_tui.history.commits import head
from kyoju_tui.history.git import Repository


def roots(repository: Repository) -> tuple[str, ...]:
    """The commits without a parent in HEAD's history, the oldest first; none where nothing is recorded yet.

    There is more than one where histories that began apart were joined. Errors: `GitFailed`.
    """
    start = head(repository)
    if start is None:
        return ()
    found = repository.run("rev-list", "--max-parents=0", "--end-of-options", start, "--")
    return tuple(reversed(found.decode("ascii").split()))

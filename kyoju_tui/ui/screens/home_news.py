"""What others recorded since this user's last visit: read in a worker, the same all through one run of the program."""

from __future__ import annotations

from threading import Lock
from typing import Final
from weakref import WeakKeyDictionary

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.workspace.hand_edits.listing import count
from kyoju_tui.workspace.past.visits import News, Visit, Visits, here, news
from kyoju_tui.workspace.workspace import Workspace

# The visit before this run, by store: looking twice in one run must not make the news old.
_BEFORE: Final[WeakKeyDictionary[Workspace, Visit | None]] = WeakKeyDictionary()
# Two looks can run at once: the second must not take the first one for an earlier visit.
_FIRST: Final = Lock()


def look(workspace: Workspace) -> News | None:
    """Read the history, and remember that it was seen. None where there is no history to read."""
    try:
        repository = workspace.repository
        visits = Visits.of(workspace)
        with _FIRST:
            if workspace not in _BEFORE:
                _BEFORE[workspace] = visits.last()
            before = _BEFORE[workspace]
        now = here(repository)
        if now is None:
            return None
        author = workspace.author()
        found = news(repository, before, now, "" if author is None else author.email)
    except KyojuError:
        return None
    visits.keep(now)
    return found


def written_by_hand(workspace: Workspace) -> int:
    """How many files differ from the history; none where there is no history to ask."""
    try:
        return count(workspace)
    except KyojuError:
        return 0

"""What was recorded here and is not with the remote yet, as last known: from this machine's own records of it."""

from __future__ import annotations

from kyoju_tui.history.exchange import tip
from kyoju_tui.history.log import Commit, commits
from kyoju_tui.history.remote import remote_of
from kyoju_tui.history.state import branch
from kyoju_tui.workspace.workspace import Workspace


def unsent(workspace: Workspace, *, limit: int) -> tuple[Commit, ...]:
    """The newest commits that wait to be sent, at most `limit`; none where there is no remote or no branch.

    Reads the history: a worker's work. Errors: as `Workspace.repository`.
    """
    repository = workspace.repository
    here = branch(repository)
    remote = None if here is None else remote_of(repository, here)
    if here is None or remote is None:
        return ()
    return commits(repository, since=tip(repository, remote.tracking(here)), limit=limit)

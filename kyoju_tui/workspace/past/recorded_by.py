"""Who recorded what a file holds now."""

from __future__ import annotations

from kyoju_tui.history.commits import contents
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.workspace.requests import Base
from kyoju_tui.workspace.workspace import Workspace


def recorded_by(workspace: Workspace, latest: Base) -> str:
    """The name of whose commit left the record as it is in `latest`; empty while there is none, or none can be read.

    A file changes a moment before the history has its commit, and what is typed into it by hand has none. It reads
    git: call it in a worker.
    """
    try:
        last = workspace.past.last(latest.ref)
        if last is None:
            return ""
        repository = workspace.repository
        (recorded,) = contents(repository, [f"{last.commit}:{repository.in_top(latest.ref.path)}"])
    except KyojuError:
        return ""
    return last.author if recorded == latest.data else ""

"""How a store stands to its remote, and which remote that is. Only `look` asks the network."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kyoju_tui.history import remote as remotes
from kyoju_tui.history.commits import head
from kyoju_tui.history.exchange import PATIENCE, tip
from kyoju_tui.history.git import Repository
from kyoju_tui.history.remote import Remote
from kyoju_tui.history.state import branch
from kyoju_tui.history.trees import ahead_behind
from kyoju_tui.workspace.saving.lock import store_lock
from kyoju_tui.workspace.sync.exchange_ground import all_commits, expect_remote, fetched, ground, note
from kyoju_tui.workspace.sync.exchange_state import Last, last

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Standing:
    """How the store stands to its remote, as last known.

    `remote` is its address without credentials ("" where none is set), `to_send` and `to_receive` count commits,
    `looked_at` is when the remote last answered, `trouble` why the last exchange failed ("" where it did not),
    `undecided` how many records wait to be decided.
    """

    remote: str
    to_send: int
    to_receive: int
    looked_at: datetime | None
    trouble: str
    undecided: int


def never() -> bool:
    """Nobody cancels."""
    return False


def standing(workspace: Workspace) -> Standing:
    """How the store stands to its remote, as last known: no network, one short process.

    Errors: as `workspace.repository`.
    """
    repository = workspace.repository
    name = branch(repository)
    # A larger repository's remote is not the store's.
    remote = None if name is None or repository.prefix else remotes.remote_of(repository, name)
    if remote is None or name is None:
        return Standing("", 0, 0, None, "", 0)
    return _standing(repository, remote, name)


def set_remote(workspace: Workspace, address: str) -> None:
    """Take this address (a path, ssh, https) as the remote; the empty one takes the remote away.

    Errors: `InvalidValue` for an address that cannot be used, `RepositoryState`, `GitFailed`, `ReadOnly`.
    """
    repository, name = ground(workspace)
    wanted = remotes.checked(address, Path.cwd()) if address.strip() else ""
    with store_lock(repository.common_dir, shared=repository.shared):
        if wanted:
            remotes.set_address(repository, name, wanted)
        else:
            remotes.remove_address(repository, name)
    note(repository, Last())


def look(workspace: Workspace, *, cancelled: Callable[[], bool] = never, patience: float = PATIENCE) -> Standing:
    """Ask the remote what is new; branch and files stay as they are. May take as long as the network: for a worker.

    Errors: `NoRemote`, `Cancelled`, and what the remote does, in words.
    """
    repository, name = ground(workspace)
    remote = expect_remote(repository, name)
    fetched(repository, remote, name, cancelled, patience)
    return _standing(repository, remote, name)


def _standing(repository: Repository, remote: Remote, name: str) -> Standing:
    known = last(repository.state_dir())
    ours = head(repository)
    theirs = tip(repository, remote.tracking(name))
    ahead, behind = 0, 0
    if ours is not None:
        ahead, behind = (all_commits(repository), 0) if theirs is None else ahead_behind(repository, ours, theirs)
    waiting = known.undecided if behind else 0
    return Standing(remote.shown, ahead, behind, known.looked_at, known.trouble, waiting)

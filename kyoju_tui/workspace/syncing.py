"""Exchanging the store's history with one remote: received, merged by field, sent.

`sync` is the whole of it and blocks as long as the network does; `standing` tells how things are without asking
anybody. The local part runs under the store's lock, fetching and sending do not: saves go on meanwhile. What is
acknowledged is on the remote.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kyoju_tui.history import remote as remotes
from kyoju_tui.history.commits import head
from kyoju_tui.history.exchange import PATIENCE, fetch, send, tip
from kyoju_tui.history.git import Repository
from kyoju_tui.history.process import Cancelled
from kyoju_tui.history.remote import Remote
from kyoju_tui.history.remote_words import RemoteRejected
from kyoju_tui.history.state import branch, require_writable
from kyoju_tui.history.trees import ahead_behind
from kyoju_tui.records.errors import KyojuError, NotARepository, Refused, RepositoryState, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.exchange_state import Last, last, remember
from kyoju_tui.workspace.lock import store_lock
from kyoju_tui.workspace.receipts import HandEdited
from kyoju_tui.workspace.receiving import Received, receive, rehearse
from kyoju_tui.workspace.undecided import Decided, Decisions, NeedsDecision, Undecided, chosen

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace

__all__ = [
    "Cancelled",
    "HandEdited",
    "NeedsDecision",
    "NoRemote",
    "Rehearsal",
    "Standing",
    "Step",
    "Synced",
    "Undecided",
    "conflicts",
    "decide",
    "look",
    "never",
    "rehearsal",
    "set_remote",
    "standing",
    "sync",
    "undecided",
]

ATTEMPTS: Final = 60
"""How often it all begins anew where others are quicker to send."""

_PAUSE: Final = 0.05
_LONGEST: Final = 1.0
_LOOK: Final = 0.02


class NoRemote(Refused):
    """No remote is set, so there is nobody to exchange anything with."""

    code = "no-remote"


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


@dataclass(frozen=True, slots=True)
class Step:
    """What is being done now, in words for staff."""

    words: str


@dataclass(frozen=True, slots=True)
class Synced:
    """What an exchange did: commits received and sent, the merge commit, records merged by field, records taken.

    `attempts` counts how often it began, because others were quicker to send.
    """

    received: int
    sent: int
    commit: str | None
    merged: tuple[Ref, ...]
    taken: tuple[Ref, ...]
    attempts: int = 1


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What an exchange would do now: commits either way, records merged by field, taken, and to be decided."""

    to_receive: int
    to_send: int
    merged: tuple[Ref, ...]
    taken: tuple[Ref, ...]
    undecided: tuple[Undecided, ...]


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
    repository, name = _ground(workspace)
    wanted = remotes.checked(address, Path.cwd()) if address.strip() else ""
    with store_lock(repository.common_dir, shared=repository.shared):
        if wanted:
            remotes.set_address(repository, name, wanted)
        else:
            remotes.remove_address(repository, name)
    _note(repository, Last())


def look(workspace: Workspace, *, cancelled: Callable[[], bool] = never, patience: float = PATIENCE) -> Standing:
    """Ask the remote what is new; branch and files stay as they are. May take as long as the network: for a worker.

    Errors: `NoRemote`, `Cancelled`, and what the remote does, in words.
    """
    repository, name = _ground(workspace)
    remote = _remote(repository, name)
    _fetched(repository, remote, name, cancelled, patience)
    return _standing(repository, remote, name)


def sync(
    workspace: Workspace,
    *,
    told: Callable[[Step], None],
    cancelled: Callable[[], bool] = never,
    patience: float = PATIENCE,
) -> Synced:
    """Receive, merge, send; again from the beginning while others are quicker. Blocks: call it in a worker.

    `told` hears of each step, `cancelled` is asked all the time whether to stop; `patience` are the seconds that the
    remote may take for one answer. After an error the store is as it was, or whole with all that had been received.

    Errors: `NeedsDecision` (decide, then sync again), `HandEdited`, `Cancelled`, `NoRemote`, `NoIdentity`, what keeps
    anything from being saved, and what the remote does, in words.
    """
    repository, name = _ground(workspace)
    why = workspace.read_only
    if why is not None:
        raise why
    require_writable(repository)
    remote = _remote(repository, name)
    try:
        return _Exchange(workspace, repository, remote, name, told, cancelled, patience).run()
    except NeedsDecision as error:
        _note(repository, replace(last(repository.state_dir()), undecided=len(error.records), trouble=""))
        raise
    except Cancelled:
        raise
    except KyojuError as error:
        _note(repository, replace(last(repository.state_dir()), trouble=error.message))
        raise


def rehearsal(workspace: Workspace, *, cancelled: Callable[[], bool] = never, patience: float = PATIENCE) -> Rehearsal:
    """What `sync` would do now: the remote is asked, nothing else happens. Errors: as `sync`."""
    repository, name = _ground(workspace)
    remote = _remote(repository, name)
    theirs = _fetched(repository, remote, name, cancelled, patience)
    sides, combined = rehearse(workspace, theirs, _decisions(repository).read())
    ahead, behind = (_all_commits(repository), 0) if theirs is None else ahead_behind(repository, sides.ours, theirs)
    joined = bool(ahead and behind)
    return Rehearsal(behind, ahead + joined, tuple(combined.merged), tuple(combined.taken), tuple(combined.undecided))


def decide(workspace: Workspace, ref: Ref, choices: Mapping[str, object | None]) -> None:
    """Keep what was decided of one record for the next `sync`: dotted field to the value that stands (None: none).

    It holds while base, ours and theirs of that record are the same. Errors: `UnknownRef` where nothing of this record
    waits, `InvalidValue`, `SaveFailed`.
    """
    repository, _ = _ground(workspace)
    waiting = next((each for each in conflicts(workspace) if each.ref == ref), None)
    if waiting is None:
        raise UnknownRef(
            f"「{ref}」に、選ぶことが残っているところはありません。", cure="もう一度、送受信してください。"
        )
    _decisions(repository).keep(waiting.key, chosen(waiting, choices))
    _note(repository, replace(last(repository.state_dir()), undecided=len(undecided(workspace))))


def undecided(workspace: Workspace) -> tuple[Undecided, ...]:
    """What waits to be decided, by what was last received: after a restart too, and without the network.

    Errors: those of `sync` that need no network.
    """
    repository, _ = _ground(workspace)
    return _waiting(workspace, _decisions(repository).read())


def conflicts(workspace: Workspace) -> tuple[Undecided, ...]:
    """What `undecided` gives, and what was decided and is not part of a commit yet: that can still be changed.

    Errors: as `undecided`.
    """
    return _waiting(workspace, {})


class _Exchange:
    """One `sync` under way."""

    def __init__(
        self,
        workspace: Workspace,
        repository: Repository,
        remote: Remote,
        name: str,
        told: Callable[[Step], None],
        cancelled: Callable[[], bool],
        patience: float,
    ) -> None:
        self._workspace = workspace
        self._repository = repository
        self._remote = remote
        self._name = name
        self._told = told
        self._cancelled = cancelled
        self._patience = patience
        self._received = 0
        self._merged: dict[Ref, None] = {}
        self._taken: dict[Ref, None] = {}
        self._commit: str | None = None

    def run(self) -> Synced:
        """Until the remote has all of ours and we all of theirs."""
        sent = 0
        for attempt in range(1, ATTEMPTS + 1):
            theirs, now = self._receive()
            if theirs == now:
                return self._done(sent, attempt)
            ahead = (
                _all_commits(self._repository, now)
                if theirs is None
                else ahead_behind(self._repository, now, theirs)[0]
            )
            self._say("送信しています")
            if send(
                self._repository, self._remote, self._name, now, cancelled=self._cancelled, patience=self._patience
            ).taken:
                return self._done(ahead, attempt)
            self._wait(attempt)
        raise RemoteRejected(
            "ほかの人の送信が続いているため、まだ送れていません。受信した内容と自分の記録は、すべてここにあります。",
            cure="少し待ってから、もう一度送受信してください。",
            detail=f"{ATTEMPTS} attempts",
        )

    def _receive(self) -> tuple[str | None, str]:
        """Fetch and join; returns their commit (None: an empty remote) and the one that stands here now."""
        self._say("受信しています")
        theirs = _fetched(self._repository, self._remote, self._name, self._cancelled, self._patience)
        self._say("合わせています")
        before = head(self._repository)
        received: Received = receive(
            self._workspace, self._name, theirs, _decisions(self._repository).read, self._cancelled
        )
        if theirs is not None and before is not None and received.head != before:
            self._received += ahead_behind(self._repository, before, theirs)[1]
        self._merged |= dict.fromkeys(received.merged)
        self._taken |= dict.fromkeys(received.taken)
        self._commit = received.commit or self._commit
        if received.paths:
            self._workspace.refresh(received.paths)
        return theirs, received.head

    def _done(self, sent: int, attempts: int) -> Synced:
        _note(self._repository, replace(last(self._repository.state_dir()), trouble="", undecided=0))
        _decisions(self._repository).clear()
        return Synced(self._received, sent, self._commit, tuple(self._merged), tuple(self._taken), attempts)

    def _say(self, words: str) -> None:
        if self._cancelled():
            raise Cancelled("送受信を取りやめました。記録は失われていません。", cure="いつでも、もう一度始められます。")
        self._told(Step(words))

    def _wait(self, attempt: int) -> None:
        """Begin anew a little later than the others that were refused."""
        longest = min(_LONGEST, _PAUSE * attempt)
        until = time.monotonic() + random.uniform(0, longest)  # noqa: S311 - nothing secret
        while (left := until - time.monotonic()) > 0 and not self._cancelled():
            time.sleep(min(_LOOK, left))


def _waiting(workspace: Workspace, decided: Decided) -> tuple[Undecided, ...]:
    """What waits to be decided where so much is decided, by what was last received."""
    repository, name = _ground(workspace)
    remote = remotes.remote_of(repository, name)
    theirs = None if remote is None else tip(repository, remote.tracking(name))
    return () if theirs is None else tuple(rehearse(workspace, theirs, decided)[1].undecided)


def _ground(workspace: Workspace) -> tuple[Repository, str]:
    """The repository and the full name of its branch, where an exchange can be. Errors: `Refused`."""
    repository = workspace.repository
    if repository.prefix:
        raise NotARepository(
            "この保管場所は、ほかの大きなリポジトリの中のフォルダーなので、送受信できません。何も変えていません。",
            cure="管理者に、このフォルダーだけのリポジトリを用意するか、大きなリポジトリごとの送受信を依頼してください。",
        )
    name = branch(repository)
    if name is None:
        require_writable(repository)
        raise RepositoryState(
            "保管場所がどの枝にもつながっていないため、送受信できません。", cure="管理者に知らせてください。"
        )
    return repository, name


def _remote(repository: Repository, name: str) -> Remote:
    remote = remotes.remote_of(repository, name)
    if remote is None:
        raise NoRemote(
            "送り先がまだ決まっていません。何も変えていません。",
            cure="送受信の画面で送り先を設定するか、sync --remote アドレス を使ってください。",
        )
    return remote


def _fetched(
    repository: Repository, remote: Remote, name: str, cancelled: Callable[[], bool], patience: float
) -> str | None:
    try:
        theirs = fetch(repository, remote, name, cancelled=cancelled, patience=patience)
    except Cancelled:
        raise
    except KyojuError as error:
        _note(repository, replace(last(repository.state_dir()), trouble=error.message))
        raise
    _note(repository, replace(last(repository.state_dir()), looked_at=datetime.now().astimezone(), trouble=""))
    return theirs


def _standing(repository: Repository, remote: Remote, name: str) -> Standing:
    known = last(repository.state_dir())
    ours = head(repository)
    theirs = tip(repository, remote.tracking(name))
    ahead, behind = 0, 0
    if ours is not None:
        ahead, behind = (_all_commits(repository), 0) if theirs is None else ahead_behind(repository, ours, theirs)
    waiting = known.undecided if behind else 0
    return Standing(remote.shown, ahead, behind, known.looked_at, known.trouble, waiting)


def _all_commits(repository: Repository, commit: str = "HEAD") -> int:
    return int(repository.run("rev-list", "--count", "--end-of-options", commit, "--"))


def _decisions(repository: Repository) -> Decisions:
    return Decisions(repository.state_dir() / "drafts" / str(os.geteuid()), shared=repository.shared)


def _note(repository: Repository, found: Last) -> None:
    remember(repository.state_dir(), found, shared=repository.shared)

"""Exchanging the store's history with one remote: received, merged by field, sent.

`sync` is the whole of it and blocks as long as the network does; `standing` tells how things are without asking
anybody. The local part runs under the store's lock, fetching and sending do not: saves go on meanwhile. What is
acknowledged is on the remote.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kyoju_tui.history.commits import head
from kyoju_tui.history.exchange import PATIENCE, send
from kyoju_tui.history.git import Repository
from kyoju_tui.history.process import Cancelled
from kyoju_tui.history.remote import Remote
from kyoju_tui.history.remote_words import RemoteRejected
from kyoju_tui.history.state import require_writable
from kyoju_tui.history.trees import ahead_behind
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.sync.deciding import Rehearsal, conflicts, decide, rehearsal, undecided
from kyoju_tui.workspace.sync.exchange_ground import (
    NoRemote,
    all_commits,
    decisions,
    expect_remote,
    fetched,
    ground,
    note,
)
from kyoju_tui.workspace.sync.exchange_state import last
from kyoju_tui.workspace.sync.receipts import HandEdited
from kyoju_tui.workspace.sync.receiving import Received, receive
from kyoju_tui.workspace.sync.standing import Standing, look, never, set_remote, standing
from kyoju_tui.workspace.sync.undecided import NeedsDecision, Undecided

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
    repository, name = ground(workspace)
    why = workspace.read_only
    if why is not None:
        raise why
    require_writable(repository)
    remote = expect_remote(repository, name)
    try:
        return _Exchange(workspace, repository, remote, name, told, cancelled, patience).run()
    except NeedsDecision as error:
        note(repository, replace(last(repository.state_dir()), undecided=len(error.records), trouble=""))
        raise
    except Cancelled:
        raise
    except KyojuError as error:
        note(repository, replace(last(repository.state_dir()), trouble=error.message))
        raise


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
                all_commits(self._repository, now) if theirs is None else ahead_behind(self._repository, now, theirs)[0]
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
        theirs = fetched(self._repository, self._remote, self._name, self._cancelled, self._patience)
        self._say("合わせています")
        before = head(self._repository)
        received: Received = receive(
            self._workspace, self._name, theirs, decisions(self._repository).read, self._cancelled
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
        note(self._repository, replace(last(self._repository.state_dir()), trouble="", undecided=0))
        decisions(self._repository).clear()
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

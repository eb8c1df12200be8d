"""What an exchange would do and what a person has to decide first: asked of what was received, nothing is merged."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kyoju_tui.history import remote as remotes
from kyoju_tui.history.exchange import PATIENCE, tip
from kyoju_tui.history.trees import ahead_behind
from kyoju_tui.records.errors import UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.sync.exchange_ground import all_commits, decisions, expect_remote, fetched, ground, note
from kyoju_tui.workspace.sync.exchange_state import last
from kyoju_tui.workspace.sync.receiving import rehearse
from kyoju_tui.workspace.sync.standing import never
from kyoju_tui.workspace.sync.undecided import Decided, Undecided, chosen

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What an exchange would do now: commits either way, records merged by field, taken, and to be decided."""

    to_receive: int
    to_send: int
    merged: tuple[Ref, ...]
    taken: tuple[Ref, ...]
    undecided: tuple[Undecided, ...]


def rehearsal(workspace: Workspace, *, cancelled: Callable[[], bool] = never, patience: float = PATIENCE) -> Rehearsal:
    """What `sync` would do now: the remote is asked, nothing else happens. Errors: as `sync`."""
    repository, name = ground(workspace)
    remote = expect_remote(repository, name)
    theirs = fetched(repository, remote, name, cancelled, patience)
    sides, combined = rehearse(workspace, theirs, decisions(repository).read())
    ahead, behind = (all_commits(repository), 0) if theirs is None else ahead_behind(repository, sides.ours, theirs)
    joined = bool(ahead and behind)
    return Rehearsal(behind, ahead + joined, tuple(combined.merged), tuple(combined.taken), tuple(combined.undecided))


def decide(workspace: Workspace, ref: Ref, choices: Mapping[str, object | None]) -> None:
    """Keep what was decided of one record for the next `sync`: dotted field to the value that stands (None: none).

    It holds while base, ours and theirs of that record are the same. Errors: `UnknownRef` where nothing of this record
    waits, `InvalidValue`, `SaveFailed`.
    """
    repository, _ = ground(workspace)
    waiting = next((each for each in conflicts(workspace) if each.ref == ref), None)
    if waiting is None:
        raise UnknownRef(
            f"「{ref}」に、選ぶことが残っているところはありません。", cure="もう一度、送受信してください。"
        )
    decisions(repository).keep(waiting.key, chosen(waiting, choices))
    note(repository, replace(last(repository.state_dir()), undecided=len(undecided(workspace))))


def decided(workspace: Workspace, record: Undecided) -> dict[str, object | None]:
    """What was decided of a record so far, by field, as `decide` takes it. Errors: as `undecided`."""
    repository, _ = ground(workspace)
    known = decisions(repository).read().get(record.key, {})
    return {each.field: known[each.field].of(each) for each in record.conflicts if each.field in known}


def undecided(workspace: Workspace) -> tuple[Undecided, ...]:
    """What waits to be decided, by what was last received: after a restart too, and without the network.

    Errors: those of `sync` that need no network.
    """
    repository, _ = ground(workspace)
    return _waiting(workspace, decisions(repository).read())


def conflicts(workspace: Workspace) -> tuple[Undecided, ...]:
    """What `undecided` gives, and what was decided and is not part of a commit yet: that can still be changed.

    Errors: as `undecided`.
    """
    return _waiting(workspace, {})


def _waiting(workspace: Workspace, known: Decided) -> tuple[Undecided, ...]:
    """What waits to be decided where so much is decided, by what was last received."""
    repository, name = ground(workspace)
    remote = remotes.remote_of(repository, name)
    theirs = None if remote is None else tip(repository, remote.tracking(name))
    return () if theirs is None else tuple(rehearse(workspace, theirs, known)[1].undecided)

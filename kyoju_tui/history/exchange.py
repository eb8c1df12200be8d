"""Fetching from the remote and sending to it: our branch and the marks of compilations, never by force.

Nothing is asked on a terminal, no driver, hook or helper of this repository runs, and each run ends: by itself, by its
time limit, or because the user says so. Only the branch of the same name is exchanged. Of tags, those that this
program makes (`kyoju/…`, see `tags`) travel; a name that stands on different commits on both sides stays as it is on
each.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from kyoju_tui.history.bearable import Incoming, require_bearable
from kyoju_tui.history.commits import head
from kyoju_tui.history.git import Repository
from kyoju_tui.history.process import Cancelled, Finished, said
from kyoju_tui.history.remote import Remote
from kyoju_tui.history.remote_words import RemoteDiffers, rejected, silent, trouble
from kyoju_tui.records.errors import GitTimeout, KyojuError

PATIENCE: Final = 180.0
"""Seconds that one fetch or one sending may take."""

_THEIR_TAGS: Final = "refs/kyoju/tags"
_OUR_TAGS: Final = "refs/tags/kyoju"
_SETTINGS: Final = (
    # What is received is looked through before it is kept.
    "fetch.fsckObjects=true",
    "transfer.fsckObjects=true",
    # A server that sends nothing is given up long before the time limit.
    "http.lowSpeedLimit=100",
    "http.lowSpeedTime=30",
    "fetch.writeCommitGraph=false",
    "push.pushOption=",
)
_SSH: Final = "ssh -o BatchMode=yes -o ConnectTimeout=15 -o ServerAliveInterval=10 -o ServerAliveCountMax=3"
# What is said of our branch where somebody else was quicker.
_OVERTAKEN: Final = re.compile(
    r"fetch first|non-fast-forward|stale info|cannot lock ref|failed to (?:lock|update ref|write)|incorrect old value"
    r"|unable to update local ref"
    r"|is at [0-9a-f]{40,64} but expected|reference already exists|failed to update ref"
)

# How often, and after how many seconds, a fetch begins anew that met another one of this copy.
_TIMES: Final = 20
_PAUSE: Final = 0.2

Cancelling = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Sent:
    """Whether the remote has our commit now; if not, somebody else was quicker, and it all begins anew."""

    taken: bool


def fetch(
    repository: Repository, remote: Remote, branch: str, *, cancelled: Cancelling, patience: float = PATIENCE
) -> str | None:
    """Take over what the remote's branch has, and return its commit; None where the remote is empty.

    Our record of it (`Remote.tracking`) follows; branch, index and files stay as they are.

    Errors: those of `remote_words.trouble`, `RemoteDiffers` where the remote has other branches but not ours,
    `Refused` for what is too large for a store, `Cancelled`, and those of `Repository.call`.
    """
    tracking = remote.tracking(branch)
    known = tip(repository, tracking)
    finished = _fetched(repository, remote, branch, cancelled, patience)
    for _ in range(_TIMES):
        if finished.code == 0 or not _OVERTAKEN.search(said(finished.stderr)):
            break
        # Somebody else on this copy is fetching too, or a fetch whose program was killed is still at its end.
        _pause(cancelled)
        finished = _fetched(repository, remote, branch, cancelled, patience)
    if finished.code == 0:
        theirs = tip(repository, tracking)
        if theirs is not None and theirs != known:
            _require_bearable(repository, tracking, known, theirs)
        _take_tags(repository)
        return theirs
    if "couldn't find remote ref" in said(finished.stderr):
        _require_empty(repository, remote, branch, cancelled, patience)
        repository.call("update-ref", "-d", tracking)
        return None
    raise trouble(finished)


def _fetched(repository: Repository, remote: Remote, branch: str, cancelled: Cancelling, patience: float) -> Finished:
    incoming = Incoming(repository, cancelled)
    try:
        return _exchange(repository, *_fetching(remote, branch), cancelled=incoming.stopped, patience=patience)
    except Cancelled as error:
        raise incoming.explain(error) from error


def _fetching(remote: Remote, branch: str) -> tuple[str, ...]:
    return (
        *("fetch", "--quiet", "--no-tags", "--no-prune", "--no-write-fetch-head", "--no-auto-maintenance"),
        *("--no-recurse-submodules", "--refmap=", "--", remote.address),
        *(f"+{branch}:{remote.tracking(branch)}", f"+refs/tags/kyoju/*:{_THEIR_TAGS}/*"),
    )


def _require_bearable(repository: Repository, tracking: str, known: str | None, theirs: str) -> None:
    """Refuse what no store holds; what is known of the remote is as it was then."""
    try:
        require_bearable(repository, theirs, [found for found in (known, head(repository)) if found is not None])
    except KyojuError:
        repository.call("update-ref", *((tracking, known) if known else ("-d", tracking)))
        raise


def _pause(cancelled: Cancelling) -> None:
    until = time.monotonic() + _PAUSE
    while time.monotonic() < until and not cancelled():
        time.sleep(_PAUSE / 5)


def send(
    repository: Repository,
    remote: Remote,
    branch: str,
    commit: str,
    *,
    cancelled: Cancelling,
    patience: float = PATIENCE,
) -> Sent:
    """Have the remote's branch go on to this commit, if that only adds to what it has.

    Errors: those of `remote_words`, `Cancelled`, and those of `Repository.call`. After a time limit or a cut line the
    remote may have it or not: the next fetch tells.
    """
    known = tip(repository, remote.tracking(branch))
    finished = _exchange(
        repository,
        *("push", "--porcelain", "--no-progress", "--no-verify", "--no-follow-tags", "--no-signed", "--no-force"),
        *("--no-recurse-submodules", "--no-atomic", "--", remote.push_address, f"{commit}:{branch}"),
        *(f"{name}:{name}" for name in _unsent_tags(repository)),
        cancelled=cancelled,
        patience=patience,
    )
    found = _answer(finished, branch)
    if found is None:
        if finished.code == 0:
            raise rejected("no answer for our branch", finished)
        raise trouble(finished)
    flag, reason = found
    if flag != "!":
        # Only from what was known: another process may have fetched something newer meanwhile.
        repository.call("update-ref", remote.tracking(branch), commit, known or "0" * len(commit))
        return Sent(taken=True)
    if _OVERTAKEN.search(reason) or (_OVERTAKEN.search(said(finished.stderr)) and "hook declined" not in reason):
        return Sent(taken=False)
    raise rejected(reason, finished)


def tip(repository: Repository, reference: str) -> str | None:
    """The commit that a full reference name stands on, or None."""
    finished = repository.call("rev-parse", "--verify", "--quiet", "--end-of-options", f"{reference}^{{commit}}")
    return finished.stdout.decode("ascii", "replace").strip() or None if finished.code == 0 else None


def _exchange(repository: Repository, *arguments: str, cancelled: Cancelling, patience: float) -> Finished:
    settings = [part for setting in _SETTINGS for part in ("-c", setting)]
    try:
        return repository.call(
            *settings, *arguments, timeout=patience, environment=_environment(repository), cancelled=cancelled
        )
    except GitTimeout as error:
        raise silent(patience, error.detail) from error


def _environment(repository: Repository) -> Mapping[str, str]:
    """The environment in which ssh asks nothing, unless the user has said how it is to be run."""
    from os import environ

    if "GIT_SSH_COMMAND" in environ or repository.setting("core.sshcommand", ""):
        return {}
    return {"GIT_SSH_COMMAND": _SSH, "GIT_SSH_VARIANT": "ssh"}


def _require_empty(repository: Repository, remote: Remote, branch: str, cancelled: Cancelling, patience: float) -> None:
    """A remote without our branch is a new one, unless it has others: nobody there would ever meet ours."""
    finished = _exchange(
        repository, "ls-remote", "--heads", "--quiet", "--", remote.address, cancelled=cancelled, patience=patience
    )
    if finished.code != 0:
        raise trouble(finished)
    heads = [line.partition("\t")[2] for line in finished.stdout.decode("utf-8", "replace").splitlines()]
    if heads and branch not in heads:
        names = "、".join(said(head.removeprefix("refs/heads/").encode()) for head in heads[:3])
        raise RemoteDiffers(
            "送り先には別の枝（ブランチ）しかないため、送信していません。この保管場所の記録は失われていません。",
            cure=f"管理者に、枝の名前をそろえるよう依頼してください（送り先：{names}、"
            f"こちら：{branch.removeprefix('refs/heads/')}）。",
        )


def _answer(finished: Finished, branch: str) -> tuple[str, str] | None:
    """What `push --porcelain` says of our branch: its flag, and the reason where it was not taken."""
    for line in finished.stdout.decode("utf-8", "replace").splitlines():
        flag, _, rest = line.partition("\t")
        names, _, summary = rest.partition("\t")
        if len(flag) == 1 and names.rpartition(":")[2] == branch:
            return flag, summary
    return None


def _refs(repository: Repository, below: str) -> dict[str, str]:
    """Names below a reference folder, with the objects (not commits) they stand on."""
    listing = repository.run("for-each-ref", "--format=%(refname)%00%(objectname)", f"{below}/")
    pairs = (line.split("\0") for line in listing.decode("utf-8", "surrogateescape").splitlines())
    return {name.removeprefix(f"{below}/"): found for name, found in pairs}


def _take_tags(repository: Repository) -> None:
    """Marks that the remote has and we have not become ours; none is ever moved."""
    theirs = _refs(repository, _THEIR_TAGS)
    if not theirs:
        return
    ours = _refs(repository, _OUR_TAGS)
    new = "".join(f"create {_OUR_TAGS}/{name} {found}\n" for name, found in theirs.items() if name not in ours)
    if new:
        # Another process may make one in between: it is taken at the next fetch, if it is not the same.
        repository.call("update-ref", "--stdin", data=new.encode("utf-8", "surrogateescape"))


def _unsent_tags(repository: Repository) -> list[str]:
    ours = _refs(repository, _OUR_TAGS)
    theirs = _refs(repository, _THEIR_TAGS) if ours else {}
    return [f"{_OUR_TAGS}/{name}" for name in ours if name not in theirs]

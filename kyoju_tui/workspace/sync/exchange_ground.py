"""What every exchange stands on: repository, branch and remote, what the remote has, and what is remembered of it."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from kyoju_tui.history import remote as remotes
from kyoju_tui.history.exchange import fetch
from kyoju_tui.history.git import Repository
from kyoju_tui.history.process import Cancelled
from kyoju_tui.history.remote import Remote
from kyoju_tui.history.state import branch, require_writable
from kyoju_tui.records.errors import KyojuError, NotARepository, Refused, RepositoryState
from kyoju_tui.workspace.sync.exchange_state import Last, last, remember
from kyoju_tui.workspace.sync.undecided import Decisions

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace


class NoRemote(Refused):
    """No remote is set, so there is nobody to exchange anything with."""

    code = "no-remote"


def ground(workspace: Workspace) -> tuple[Repository, str]:
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


def expect_remote(repository: Repository, name: str) -> Remote:
    """The branch's remote. Errors: `NoRemote`."""
    remote = remotes.remote_of(repository, name)
    if remote is None:
        raise NoRemote(
            "送り先がまだ決まっていません。何も変えていません。",
            cure="送受信の画面などで、送り先のアドレスを設定してください。",
        )
    return remote


def fetched(
    repository: Repository, remote: Remote, name: str, cancelled: Callable[[], bool], patience: float
) -> str | None:
    """The commit that the remote's branch has now (None: it is empty); what came of it is remembered.

    Errors: as `history.exchange.fetch`.
    """
    try:
        theirs = fetch(repository, remote, name, cancelled=cancelled, patience=patience)
    except Cancelled:
        raise
    except KyojuError as error:
        note(repository, replace(last(repository.state_dir()), trouble=error.message))
        raise
    note(repository, replace(last(repository.state_dir()), looked_at=datetime.now().astimezone(), trouble=""))
    return theirs


def all_commits(repository: Repository, commit: str = "HEAD") -> int:
    """How many commits there are up to one."""
    return int(repository.run("rev-list", "--count", "--end-of-options", commit, "--"))


def decisions(repository: Repository) -> Decisions:
    """What this user has decided so far."""
    return Decisions(repository.state_dir() / "drafts" / str(os.geteuid()), shared=repository.shared)


def note(repository: Repository, found: Last) -> None:
    """Remember how the last exchange went."""
    remember(repository.state_dir(), found, shared=repository.shared)

"""What putting hand edits back has set aside: which copies there are, and how one is brought into its file again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from kyoju_tui.files.layout import is_figures, owner
from kyoju_tui.files.private import read_private
from kyoju_tui.history import commits
from kyoju_tui.records.errors import Clash, SaveFailed
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.hand_edits.differing import belongs, read_now
from kyoju_tui.workspace.hand_edits.putting_back import copies
from kyoju_tui.workspace.hand_edits.words import told_changes
from kyoju_tui.workspace.saving.lock import store_lock
from kyoju_tui.workspace.saving.messages import plain_of
from kyoju_tui.workspace.saving.recovery import Recovery
from kyoju_tui.workspace.saving.working_copy import WorkingCopy
from kyoju_tui.workspace.workspace import Workspace

_STAMP: Final = "%Y%m%d-%H%M%S"
_STAMP_LENGTH: Final = 15


@dataclass(frozen=True, slots=True)
class SetAside:
    """A copy of one file: where it lies, when the file was put back, what its record was called, what differs now."""

    copy: Path
    path: str
    ref: Ref
    at: datetime
    title: str
    data: bytes
    changes: tuple[str, ...]


def set_aside(workspace: Workspace) -> tuple[SetAside, ...]:
    """The copies of this user that say something else than their files say now, the newest first. For a worker.

    Errors: `SaveFailed` where the folder cannot be read.
    """
    try:
        found = list(_found(workspace))
    except (OSError, ValueError) as error:
        raise SaveFailed(
            "控えの場所を読めません。控えは残っています。",
            cure="権限を管理者に確かめてもらってください。",
            detail=str(error),
        ) from error
    return tuple(sorted(found, key=lambda each: (each.at, each.path), reverse=True))


def bring_back(workspace: Workspace, aside: SetAside) -> None:
    """Let the file hold the copy again, as a hand edit that nobody has recorded. The copy stays.

    Errors: `Clash` where the file holds something that is not recorded, which is never written over; `RepositoryState`,
    `ReadOnly`, `SaveFailed`, `UnsafePath`, `LockBusy`.
    """
    repository = workspace.repository
    copy = WorkingCopy(workspace.root, repository)
    with store_lock(repository.common_dir, shared=repository.shared):
        copy.make_fit()
        Recovery(copy, repository.state_dir() / "journal", workspace.drafts).recover()
        head = commits.head(repository)
        blobs = {} if head is None else commits.blob_ids(repository, head, [aside.path])
        if blobs.get(aside.path) != copy.blob(read_now(workspace.root, aside.path)):
            raise Clash(
                f"「{aside.path}」には、記録されていない変更がほかにあります。何も変えていません。",
                fields=(),
                cure="その変更を先に記録するか、元に戻してから、もう一度試してください。",
            )
        copy.put(aside.path, aside.data)
    workspace.refresh([aside.path])


def _found(workspace: Workspace) -> Iterator[SetAside]:
    user = copies(workspace)
    if not user.is_dir():
        return
    for folder in user.iterdir():
        at = _at(folder.name)
        for copy in sorted(folder.rglob("*")) if at is not None else ():
            path = copy.relative_to(folder).as_posix()
            if at is None or copy.is_symlink() or not copy.is_file() or not belongs(path):
                continue
            data, now = read_private(copy), read_now(workspace.root, path)
            if data != now:
                changes = told_changes(path, now, data, workspace.snapshot.full_name)
                yield SetAside(copy, path, owner(path), at, _title(workspace, path, data), data, changes)


def _at(name: str) -> datetime | None:
    """When a folder of copies was made, from its name; None for any other folder."""
    try:
        return datetime.strptime(name[:_STAMP_LENGTH], _STAMP).astimezone()
    except ValueError:
        return None


def _title(workspace: Workspace, path: str, data: bytes) -> str:
    ref = owner(path)
    if is_figures(path):
        return workspace.snapshot.title(ref)
    plain = plain_of(ref, data) or {}
    return str(plain.get("title") or plain.get("name") or ref.id)

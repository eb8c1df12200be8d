"""Hand edits put back: files as HEAD has them again, and what they held kept aside, so that nothing is lost."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from kyoju_tui.files.private import make_folder, write_private
from kyoju_tui.history import commits
from kyoju_tui.records.errors import BrokenRecord, Clash, NewerFormat, SaveFailed
from kyoju_tui.workspace.hand_edits.differing import read_now
from kyoju_tui.workspace.hand_edits.listing import HandEdit
from kyoju_tui.workspace.saving.lock import store_lock
from kyoju_tui.workspace.saving.recovery import Recovery
from kyoju_tui.workspace.saving.working_copy import WorkingCopy
from kyoju_tui.workspace.workspace import Workspace


@dataclass(frozen=True, slots=True)
class BackAgain:
    """What was put back: the files, and the folder that holds a copy of each as it was (None: nothing was there)."""

    paths: tuple[str, ...]
    kept: Path | None


def put_back(workspace: Workspace, edits: Sequence[HandEdit]) -> BackAgain:
    """Give these files the bytes that HEAD has; one that HEAD does not know goes. It waits for the store's lock.

    Each is as it was or as in HEAD at every moment, and its copy is on the disk before. Nothing is committed.

    Errors: `Clash` where a file or its record in HEAD is no longer as it was looked at, `BrokenRecord` for one that
    cannot be read (a link, too large); `RepositoryState`, `ReadOnly`, `SaveFailed`, `UnsafePath`, `LockBusy`.
    """
    repository = workspace.repository
    why = workspace.read_only
    if isinstance(why, NewerFormat) and all(edit.ref != "store" for edit in edits):
        raise why
    copy = WorkingCopy(workspace.root, repository)
    with store_lock(repository.common_dir, shared=repository.shared):
        copy.make_fit()
        Recovery(copy, repository.state_dir() / "journal", workspace.drafts).recover()
        head = commits.head(repository)
        blobs = {} if head is None else commits.blob_ids(repository, head, [edit.path for edit in edits])
        for edit in edits:
            _require_as_seen(workspace, edit, blobs.get(edit.path) == copy.blob(edit.recorded))
        kept = _keep(workspace, edits)
        for edit in edits:
            copy.put(edit.path, edit.recorded)
    workspace.refresh([edit.path for edit in edits])
    return BackAgain(tuple(edit.path for edit in edits), kept)


def copies(workspace: Workspace) -> Path:
    """The folder of this user in which copies are kept, one folder for each time. Errors: as `repository`."""
    return workspace.repository.state_dir() / "aside" / str(os.geteuid())


def _require_as_seen(workspace: Workspace, edit: HandEdit, same_in_head: bool) -> None:
    if edit.data is None and edit.state != "削除":
        raise BrokenRecord(
            f"「{edit.path}」は読み取れないため、元に戻していません。何も変えていません。",
            cure="そのファイル（リンクなど）を別の場所へ移してから、もう一度試してください。",
        )
    if not same_in_head or read_now(workspace.root, edit.path) != edit.data:
        raise Clash(
            f"「{edit.path}」はその後に書き換えられたため、元に戻していません。何も変えていません。",
            fields=(),
            cure="今の内容を確かめてから、もう一度試してください。",
        )


def _keep(workspace: Workspace, edits: Sequence[HandEdit]) -> Path | None:
    """Put what the files hold onto the disk, in a folder of its own that only this user reads. Errors: `SaveFailed`."""
    held = [(edit.path, edit.data) for edit in edits if edit.data is not None]
    if not held:
        return None
    user = copies(workspace)
    folder = user / f"{datetime.now().astimezone():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    try:
        make_folder(user.parent, shared=workspace.repository.shared)
        for path, data in held:
            write_private(folder / path, data)
    except OSError as error:
        raise SaveFailed(
            "控えを取れなかったため、元に戻していません。ファイルはそのままです。",
            cure="ディスクの空きと権限を管理者に確かめてもらい、もう一度試してください。",
            detail=str(error),
        ) from error
    return folder

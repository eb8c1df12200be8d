"""The store's lock: one writer at a time, over all processes on this host; the kernel frees it when its holder ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kyoju_tui.files.private import make_folder
from kyoju_tui.records.errors import ReadOnly, Refused

PATIENCE: Final = 30.0
_STEP: Final = 0.01
_NEXT: Final = 0.002


class LockBusy(Refused):
    """Somebody else has been writing for longer than `PATIENCE` seconds."""

    code = "lock-busy"


@contextmanager
def store_lock(common_dir: Path, *, shared: bool, patience: float = PATIENCE) -> Generator[None]:
    """Hold the lock of every store in this repository, in the git folder that all its worktrees share.

    Errors: `LockBusy` after `patience` seconds, `ReadOnly` where the lock file cannot be made or locked.
    """
    deadline = time.monotonic() + patience
    folder = common_dir / "kyoju"
    try:
        # Whoever is next waits alone for the lock: one who has just let go of it queues behind the others.
        turn = _locked(folder / "turn", deadline, _STEP, shared=shared)
        try:
            descriptor = _locked(folder / "lock", deadline, _NEXT, shared=shared)
        finally:
            os.close(turn)
    except OSError as error:
        raise ReadOnly(
            "保管場所に書き込めないため、記録できません。何も失われていません。",
            cure="管理者に、フォルダーの権限とディスクの状態を確かめるよう依頼してください。",
            detail=str(error),
        ) from error
    try:
        yield
    finally:
        os.close(descriptor)


def _opened(path: Path, *, shared: bool) -> int:
    flags = os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        make_folder(path.parent, shared=shared)
    descriptor = os.open(path, flags | os.O_CREAT, 0o600)
    # Whoever made it lets the group in, whatever the umask says.
    if shared and os.fstat(descriptor).st_uid == os.geteuid():
        os.fchmod(descriptor, 0o660)
    return descriptor


def _locked(path: Path, deadline: float, step: float, *, shared: bool) -> int:
    """The descriptor of a file that is locked, looked at every `step` seconds."""
    descriptor = _opened(path, shared=shared)
    try:
        _wait(descriptor, deadline, step)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _wait(descriptor: int, deadline: float, step: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise LockBusy(
                    "ほかの人の記録が続いているため、まだ記録できていません。入力した内容は残っています。",
                    cure="少し待ってから、もう一度記録してください。",
                ) from None
            time.sleep(step)
        else:
            return

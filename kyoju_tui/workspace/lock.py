"""The store's lock: one writer at a time, over all processes on this host; the kernel frees it when its holder ends."""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kyoju_tui.records.errors import ReadOnly, Refused

PATIENCE: Final = 30.0
_STEP: Final = 0.01


class LockBusy(Refused):
    """Somebody else has been writing for longer than `PATIENCE` seconds."""

    code = "lock-busy"


@contextmanager
def store_lock(common_dir: Path, *, shared: bool, patience: float = PATIENCE) -> Generator[None]:
    """Hold the lock of every store in this repository, in the git folder that all its worktrees share.

    Errors: `LockBusy` after `patience` seconds, `ReadOnly` where the lock file cannot be made.
    """
    path = common_dir / "kyoju" / "lock"
    try:
        path.parent.mkdir(mode=0o2770 if shared else 0o700, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o660 if shared else 0o600)
    except OSError as error:
        raise ReadOnly(
            "保管場所に書き込めないため、記録できません。何も失われていません。",
            cure="管理者に、フォルダーの権限とディスクの状態を確かめるよう依頼してください。",
            detail=str(error),
        ) from error
    try:
        _wait(descriptor, time.monotonic() + patience)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, deadline: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise LockBusy(
                    "ほかの人の記録が続いているため、まだ記録できていません。入力した内容は残っています。",
                    cure="少し待ってから、もう一度記録してください。",
                ) from None
            time.sleep(_STEP)
        else:
            return

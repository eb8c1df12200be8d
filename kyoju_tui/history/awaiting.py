"""Waiting for a git process: to its end, its time limit, or the user's word to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from typing import ClassVar, Final

from kyoju_tui.records import errors

GRACE: Final = 10.0
"""Seconds between SIGTERM, at which git removes its locks, and SIGKILL, which only a git that ignores it meets."""

# Seconds between two looks at whether the user has stopped a long exchange.
_LOOK: Final = 0.05


class Cancelled(errors.Refused):
    """The user stopped what was under way; git was sent SIGTERM and has ended."""

    code: ClassVar[str] = "cancelled"


def ended(
    started: subprocess.Popen[bytes],
    data: bytes | None,
    timeout: float,
    cancelled: Callable[[], bool] | None,
) -> tuple[bytes, bytes]:
    """Wait for the end of a process and return both outputs.

    Raises `subprocess.TimeoutExpired`, `Cancelled`; the process is alive then.
    """
    if cancelled is None:
        return started.communicate(data, timeout)
    deadline = time.monotonic() + timeout
    while True:
        if cancelled():
            raise Cancelled("取りやめました。記録は失われていません。", cure="いつでも、もう一度始められます。")
        left = deadline - time.monotonic()
        try:
            return started.communicate(None, max(0.0, min(_LOOK, left)))
        except subprocess.TimeoutExpired:
            if left <= _LOOK:
                raise


def end(process: subprocess.Popen[bytes]) -> None:
    """End a process and what it started. git removes its lock files on SIGTERM, and cannot on SIGKILL."""
    for number, patience in ((signal.SIGTERM, GRACE), (signal.SIGKILL, 1.0)):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.communicate(timeout=patience)
            return
    # Somebody outside the group still holds the pipes; the process itself is gone.
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            with suppress(OSError):
                stream.close()
    process.wait()

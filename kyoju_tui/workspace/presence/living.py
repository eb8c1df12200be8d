"""Which process wrote something, and whether it still lives: host, number and time of start, for numbers are reused."""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
# The 22nd field of /proc/<pid>/stat, counted from the third, which follows the name in brackets.
_START: Final = 19


@dataclass(frozen=True, slots=True)
class Process:
    """One process of one host. `start` is empty where the system does not tell it."""

    pid: int
    host: str
    start: str

    @property
    def lives(self) -> bool | None:
        """Whether it runs still; None where it runs, or ran, on another host, of which nothing can be told here."""
        if self.host != socket.gethostname():
            return None
        return _start(self.pid) == self.start if self.start else _answers(self.pid)


def this_process() -> Process:
    """This one."""
    return _process(os.getpid())


@lru_cache(1)
def _process(pid: int) -> Process:
    return Process(pid, socket.gethostname(), _start(pid))


def _start(pid: int) -> str:
    """When a process was started: the boot and the tick; empty where there is no such process, or no /proc."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        boot = _BOOT.read_text(encoding="utf-8").strip()
    except OSError:
        return ""
    # A process that has ended and that nobody has asked after yet does nothing any more.
    return "" if fields[0] == "Z" else f"{boot[:8]}-{fields[_START]}"


def _answers(pid: int) -> bool:
    if pid <= 0:
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True

"""Whose a file of the store is on this host, and when it was last written."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from kyoju_tui.files.faulty import safe


@dataclass(frozen=True, slots=True)
class Held:
    """The login name of a file's owner, whether that is another user than the one who runs the program, and its time.

    The owner need not be the one who wrote last: an editor may write into the file of somebody else.
    """

    owner: str
    foreign: bool
    at: datetime


def held(root: Path, path: str) -> Held | None:
    """Whose the file at a path (relative to `root`) is; None where there is none or it cannot be asked."""
    try:
        status = os.lstat(root / path)
    except OSError:
        return None
    at = datetime.fromtimestamp(status.st_mtime, UTC).replace(microsecond=0)
    return Held(login_name(status.st_uid), status.st_uid != os.geteuid(), at)


def login_name(uid: int) -> str:
    """The login name of a user of this host, or the number where the host knows none."""
    try:
        return safe(pwd.getpwuid(uid).pw_name, 60)
    except KeyError:
        return str(uid)

"""Small files beside the repository's own, readable by one user: journal and drafts."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path


def write_private(path: Path, data: bytes) -> None:
    """Put `data` at `path`, mode 0600, whole or not at all, and on the disk before returning. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.parent / f".{secrets.token_hex(8)}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def forget(path: Path) -> None:
    """Take a file away, durably; a file that is gone already is fine. Raises OSError."""
    path.unlink(missing_ok=True)
    if path.parent.is_dir():
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk. Raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        sync_handle(descriptor)
    finally:
        os.close(descriptor)


def sync_handle(folder: int) -> None:
    """The same for a folder that is open. Raises OSError."""
    try:
        os.fsync(folder)
    except OSError as error:
        # Some network shares know no sync of a folder; there it is on the server once the call returns.
        if error.errno != errno.EINVAL:
            raise

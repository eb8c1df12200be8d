"""Small files beside the repository's own, for journal and drafts: one user's, or a group's where it is shared."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

PRIVATE: Final = 0o700
SHARED: Final = 0o2770
LARGEST: Final = 256 * 1024 * 1024
"""Beyond so many bytes it is no file of this program."""


def make_folder(folder: Path, *, shared: bool = False) -> None:
    """Make a folder, and those above it that are missing: mode 0700, or 2770 where it is `shared` with a group.

    One that is there stays as it is. Raises OSError.
    """
    missing = [path for path in (folder, *folder.parents) if not os.path.lexists(path)]
    for path in reversed(missing):
        # Another process may make it at the same moment.
        with suppress(FileExistsError):
            path.mkdir(PRIVATE)
            if shared:
                # What a umask took away, and what mkdir does not give.
                path.chmod(SHARED)
            sync_folder(path.parent)


def write_private(path: Path, data: bytes, *, shared: bool = False) -> None:
    """Put `data` at `path`, mode 0600 (0660 where `shared`), whole or not at all, and on the disk before returning.

    Raises OSError.
    """
    make_folder(path.parent, shared=shared)
    temporary = path.parent / f".{secrets.token_hex(8)}.tmp"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            if shared:
                os.fchmod(stream.fileno(), 0o660)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def read_private(path: Path, largest: int = LARGEST) -> bytes:
    """What such a file holds. Others of a group may have put anything there: only a regular file is ever read.

    Raises OSError; ValueError for a link, a pipe or a device, and for more than `largest` bytes.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):
            raise ValueError(f"{path.name}: no regular file") from error
        raise
    with os.fdopen(descriptor, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > largest:
            raise ValueError(f"{path.name}: no regular file of at most {largest} bytes")
        return stream.read()


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

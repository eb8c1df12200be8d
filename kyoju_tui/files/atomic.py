"""Writing one file so that it is the old or the new one at every moment, and stays inside the store.

Temporary files lie in `.kyoju/tmp` of the store, on the same disk. Every folder on the way is opened relative to the
one above it and never through a symbolic link.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from kyoju_tui.files.disk_words import UNCHANGED, in_words
from kyoju_tui.files.layout import PRIVATE_FOLDER, path_parts
from kyoju_tui.files.private import sync_handle
from kyoju_tui.records.errors import SaveFailed

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
# Where new files are written before they take their place, and how they are called there.
_PLACE: Final = (PRIVATE_FOLDER, "tmp")
_TEMPORARY: Final = ".tmp"


def write(root: Path, path: str, data: bytes, *, shared: bool = False) -> None:
    """Put `data` at `path` (relative to `root`); when this returns, it is on the disk.

    Missing folders are made. `shared` gives the group write access (0664, folders 2775) whatever the umask is; else
    the umask may take rights away (from 0644, 0755). Raises `UnsafePath` where the way leads over a link or the target
    is no regular file, `ReadOnly` or `SaveFailed` where the disk refuses; the target is then as it was, but for a
    `SaveFailed` that says otherwise.
    """
    *folders, name = path_parts(path)
    with in_words(path, UNCHANGED), _opened(root) as top, _entered(top, folders, shared=shared) as target:
        _check_target(target, name)
        with _entered(top, _PLACE, shared=shared, mode=0o2770 if shared else 0o700) as temporary:
            draft = f"{secrets.token_hex(8)}{_TEMPORARY}"
            try:
                _write_new(temporary, draft, data, shared=shared)
                _check_target(target, name)
                os.rename(draft, name, src_dir_fd=temporary, dst_dir_fd=target)
            except BaseException:
                with suppress(FileNotFoundError):
                    os.unlink(draft, dir_fd=temporary)
                raise
            with _settling(path):
                sync_handle(target)
                sync_handle(temporary)


def remove(root: Path, path: str) -> None:
    """Take the file at `path` away; when this returns, that is on the disk. A file that is not there is no error.

    Raises as `write` does.
    """
    *folders, name = path_parts(path)
    with in_words(path, UNCHANGED), _opened(root) as top:
        try:
            with _entered(top, folders, create=False) as target:
                _check_target(target, name)
                os.unlink(name, dir_fd=target)
                with _settling(path):
                    sync_handle(target)
        except FileNotFoundError:
            return


def clear(root: Path) -> None:
    """Take away the temporary files of writes that were killed. Nobody may be writing into the store meanwhile.

    Raises as `write` does.
    """
    with in_words("/".join(_PLACE), UNCHANGED), _opened(root) as top:
        try:
            with _entered(top, _PLACE, create=False) as temporary, os.scandir(temporary) as found:
                for entry in found:
                    if entry.name.endswith(_TEMPORARY):
                        os.unlink(entry.name, dir_fd=temporary)
        except FileNotFoundError:
            return


@contextmanager
def _opened(root: Path) -> Generator[int]:
    handle = os.open(root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield handle
    finally:
        os.close(handle)


@contextmanager
def _entered(
    top: int, folders: Sequence[str], *, create: bool = True, shared: bool = False, mode: int | None = None
) -> Generator[int]:
    """The open folder at the end of `folders`, each a real folder, made where it is missing."""
    handle = os.dup(top)
    try:
        for folder in folders:
            try:
                inner = os.open(folder, _FOLDER, dir_fd=handle)
            except FileNotFoundError:
                if not create:
                    raise
                inner = _make_folder(handle, folder, mode or (0o2775 if shared else 0o755), shared=shared)
            os.close(handle)
            handle = inner
        yield handle
    finally:
        os.close(handle)


def _make_folder(parent: int, name: str, mode: int, *, shared: bool) -> int:
    # Another process may make it at the same moment; what counts is that a real folder is there.
    with suppress(FileExistsError):
        os.mkdir(name, 0o700 if shared else mode, dir_fd=parent)
        if shared:
            os.chmod(name, mode, dir_fd=parent)
        sync_handle(parent)
    return os.open(name, _FOLDER, dir_fd=parent)


def _check_target(folder: int, name: str) -> None:
    """A target is absent or a regular file."""
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.ELOOP, "not a regular file", name)


def _write_new(folder: int, name: str, data: bytes, *, shared: bool) -> None:
    """Write a new file, force it to the disk, and read it back."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    handle = os.open(name, flags, 0o600 if shared else 0o644, dir_fd=folder)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        if shared:
            os.fchmod(handle, 0o664)
        os.fsync(handle)
        os.lseek(handle, 0, os.SEEK_SET)
        if _read_all(handle, len(data)) != data:
            raise OSError(errno.EIO, "read back differently", name)
    finally:
        os.close(handle)


def _read_all(handle: int, expected: int) -> bytes:
    pieces: list[bytes] = []
    while piece := os.read(handle, max(expected, 1) + 1):
        pieces.append(piece)
    return b"".join(pieces)


@contextmanager
def _settling(path: str) -> Generator[None]:
    """What fails here fails after the change is visible, and the message must not claim otherwise."""
    try:
        yield
    except OSError as error:
        raise SaveFailed(
            f"「{path}」は書き換わりましたが、ディスクに残ったことを確かめられませんでした。",
            cure="ディスクの状態を管理者に確かめ、もう一度保存してください。",
            detail=str(error),
        ) from error

"""Many files of a store at once: each is the old or the new one at every moment, and all are on the disk at the end.

The new contents are written beside the store's files and forced to the disk together, before the first of them takes
its place; so a full disk is met while nothing has changed yet.
"""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import ClassVar, Final, TypeAlias

from kyoju_tui.files.disk_words import UNCHANGED, in_words
from kyoju_tui.files.layout import PRIVATE_FOLDER, path_parts
from kyoju_tui.files.private import sync_handle
from kyoju_tui.records.errors import Refused

_FOLDER: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_NEW: Final = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_OLD: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_PLACE: Final = (PRIVATE_FOLDER, "tmp")
_TEMPORARY: Final = ".tmp"
# The kernel forces files to the disk in groups when several ask for it at once.
_HANDS: Final = 16


Look: TypeAlias = tuple[int, int, int, int] | None
"""What the disk says of a file without reading it: times (ns), size, number; None where it is not there."""


class Rewritten(Refused):
    """Somebody wrote into a file between the look at it and its replacement; it stays as it is. `path` names it."""

    code: ClassVar[str] = "rewritten"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"「{path}」がちょうど書き換えられたため、置き換えていません。書き換えられた内容はそのまま残っています。",
            cure="今の内容を確かめてから、もう一度試してください。",
        )
        self.path = path


def looks(root: Path, paths: Iterable[str]) -> dict[str, Look]:
    """A look at files of the store, to be taken before they are read. Errors: as `contents`."""
    found: dict[str, Look] = {}
    with _Folders(root) as folders:
        for path in paths:
            *above, name = path_parts(path)
            with in_words(path, "何も変えていません。"):
                folder = folders.opened(above, create=False, shared=False)
                found[path] = None if folder is None else _look(folder, name)
    return found


def contents(root: Path, paths: Iterable[str]) -> dict[str, bytes | None]:
    """What regular files of the store hold, of whatever size; None where there is no file.

    Raises `UnsafePath` for what is no regular file or lies behind a link, `ReadOnly` or `SaveFailed` where the disk
    refuses.
    """
    found: dict[str, bytes | None] = {}
    with _Folders(root) as folders:
        for path in paths:
            *above, name = path_parts(path)
            with in_words(path, "何も変えていません。"):
                folder = folders.opened(above, create=False, shared=False)
                found[path] = None if folder is None else _read(folder, name)
    return found


def replace_all(root: Path, files: Mapping[str, bytes | None], *, shared: bool = False) -> None:
    """Let each file of the store hold its new bytes (None: be gone). Errors: as `Replacement`."""
    with Replacement(root, files, shared=shared) as ready:
        ready.put()


class Replacement:
    """New contents for files of a store (None: be gone): written on entering, in place after `put`.

    Meanwhile they are forced to the disk in the background. `shared` gives the group write access, whatever the umask
    is; `executable` names those of git's other mode. A file that is no longer as `looked` says is never replaced.

    Errors: `UnsafePath`, `ReadOnly`, `SaveFailed`, `Rewritten`. Before `put` nothing has changed; an error in it leaves
    some files new and some old, each of them whole. Once it has returned, all of it is on the disk.
    """

    def __init__(
        self,
        root: Path,
        files: Mapping[str, bytes | None],
        *,
        shared: bool = False,
        executable: Collection[str] = (),
        looked: Mapping[str, Look] | None = None,
    ) -> None:
        self._folders = _Folders(root)
        self._looked = looked or {}
        self._files = files
        self._shared = shared
        self._executable = frozenset(executable)
        self._drafts: dict[str, str] = {}
        self._hands = ThreadPoolExecutor(_HANDS)
        self._settling: list[Future[None]] = []

    def __enter__(self) -> Replacement:
        with ExitStack() as undone:
            undone.push(self)
            self._folders.__enter__()
            for path, data in self._files.items():
                with in_words(path, UNCHANGED):
                    self._prepare(path, data)
            place = self._place()
            self._settling = [self._hands.submit(_settle, place, draft) for draft in self._drafts.values()]
            undone.pop_all()
        return self

    def put(self) -> None:
        """Let the files take their places."""
        with in_words("", UNCHANGED):
            for settling in self._settling:
                settling.result()
        for path in self._files:
            with in_words(path, ""):
                self._take_place(path)
        with in_words("", ""):
            self._folders.settle()

    def __exit__(self, *_: object) -> None:
        self._hands.shutdown(wait=True, cancel_futures=True)
        for draft in self._drafts.values():
            with suppress(OSError):
                os.unlink(draft, dir_fd=self._place())
        self._folders.__exit__()

    def _place(self) -> int:
        place = self._folders.opened(_PLACE, create=True, shared=self._shared)
        if place is None:
            raise FileNotFoundError(errno.ENOENT, "no place for new files", "/".join(_PLACE))
        return place

    def _prepare(self, path: str, data: bytes | None) -> None:
        *above, name = path_parts(path)
        folder = self._folders.opened(above, create=data is not None, shared=self._shared)
        if folder is not None:
            _require_regular(folder, name)
        if data is None:
            return
        draft = f"{secrets.token_hex(8)}{_TEMPORARY}"
        mode = 0o775 if path in self._executable else 0o664
        self._drafts[path] = draft
        _write(self._place(), draft, data, mode if self._shared else mode & ~0o020, shared=self._shared)

    def _take_place(self, path: str) -> None:
        *above, name = path_parts(path)
        folder = self._folders.opened(above, create=False, shared=False)
        if folder is None:
            return
        _require_regular(folder, name)
        if path in self._looked and _look(folder, name) != self._looked[path]:
            raise Rewritten(path)
        if path in self._drafts:
            os.rename(self._drafts[path], name, src_dir_fd=self._place(), dst_dir_fd=folder)
            del self._drafts[path]
        else:
            with suppress(FileNotFoundError):
                os.unlink(name, dir_fd=folder)
        self._folders.touched(above)


class _Folders:
    """The folders of a store, each opened once, part by part and never through a link."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._open: dict[tuple[str, ...], int] = {}
        self._touched: set[tuple[str, ...]] = set()

    def __enter__(self) -> _Folders:
        self._open[()] = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._open.values():
            os.close(handle)

    def opened(self, folders: Iterable[str], *, create: bool, shared: bool) -> int | None:
        """The open folder, made where it is missing if `create` says so; None where it is not there."""
        where = tuple(folders)
        known = self._open.get(where)
        if known is not None:
            return known
        above = self.opened(where[:-1], create=create, shared=shared)
        if above is None:
            return None
        try:
            handle = os.open(where[-1], _FOLDER, dir_fd=above)
        except FileNotFoundError:
            if not create:
                return None
            self._make(above, where, shared=shared)
            handle = os.open(where[-1], _FOLDER, dir_fd=above)
        self._open[where] = handle
        return handle

    def _make(self, above: int, where: tuple[str, ...], *, shared: bool) -> None:
        private = where[0] == PRIVATE_FOLDER
        with suppress(FileExistsError):
            mode = (0o2770 if private else 0o2775) if shared else (0o700 if private else 0o755)
            os.mkdir(where[-1], mode, dir_fd=above)
            if shared:
                os.chmod(where[-1], mode, dir_fd=above)
        self._touched.add(where[:-1])

    def touched(self, folders: Iterable[str]) -> None:
        """Note that names in this folder changed."""
        self._touched.add(tuple(folders))

    def settle(self) -> None:
        """Force the lists of names that changed to the disk. Raises OSError."""
        for where in (*self._touched, _PLACE):
            if where in self._open:
                sync_handle(self._open[where])


def _require_regular(folder: int, name: str) -> None:
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.ELOOP, "not a regular file", name)


def _look(folder: int, name: str) -> Look:
    try:
        status = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _read(folder: int, name: str) -> bytes | None:
    try:
        handle = os.open(name, _OLD, dir_fd=folder)
    except FileNotFoundError:
        return None
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError(errno.ELOOP, "not a regular file", name)
        return stream.read()


def _write(folder: int, name: str, data: bytes, mode: int, *, shared: bool) -> None:
    handle = os.open(name, _NEW, mode, dir_fd=folder)
    with os.fdopen(handle, "wb") as stream:
        if shared:
            os.fchmod(stream.fileno(), mode)
        stream.write(data)


def _settle(folder: int, name: str) -> None:
    """Force the contents of a file to the disk."""
    handle = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

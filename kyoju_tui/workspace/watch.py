"""Noticing other processes' saves: by the kernel's word where the disk is local, by looking where it is shared."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from kyoju_tui.files.layout import is_ignored
from kyoju_tui.files.stamps import Stamp, changed, stamps
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.workspace.requests import Changed

if TYPE_CHECKING:
    from watchdog.observers.api import BaseObserver

_SETTLE: Final = 0.05
_POLL: Final = 1.0
# How long the end waits for a thread, in seconds.
_ENDING: Final = 5.0
# How deep the record folders are: those of departments, and one more that `check` complains of.
_DEEPEST: Final = 2
# Beyond this the kernel may have dropped notices (its queue has an end), and one look at all is quicker anyway.
_MANY: Final = 500
# Kinds of file system on which a change made elsewhere sends no notice.
_SHARED: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs"})
_LOG: Final = logging.getLogger(__name__)

Refresh = Callable[[Iterable[str] | None], Changed | None]


class Watcher:
    """Calls `refresh(paths)` soon after files of the store changed, from a thread of its own, until `stop`.

    `refresh(None)` stands for everything: at the start, where folders came or went, or very much changed at once. A
    store that cannot be read for a while is read again when it changes next.
    """

    def __init__(self, root: Path, refresh: Refresh) -> None:
        self._root = root
        self._refresh = refresh
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._pending: set[str] = set()
        self._all = False
        self._mutex = threading.Lock()
        self._observer = None if _is_shared(root) else self._observing()
        self._thread = threading.Thread(target=self._run, name="kyoju-watcher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop noticing, and wait for the threads to end, but not for ever: a disk that hangs keeps no program open."""
        self._stopped.set()
        self._wake.set()
        self._thread.join(_ENDING)
        if self._thread.is_alive():
            _LOG.warning("the files are still being looked at; they are left alone now")
        if self._observer is not None:
            _end(self._observer)

    def notice(self, path: str, *, folder: bool) -> None:
        """Note that something happened to a file or a folder; called from the observer's thread."""
        try:
            relative = Path(path).relative_to(self._root).as_posix()
        except ValueError:
            return
        if relative != "." and is_ignored(relative):
            return
        with self._mutex:
            if folder:
                self._all = True
            else:
                self._pending.add(relative)
        self._wake.set()

    def _run(self) -> None:
        known = stamps(self._root) if self._observer is None else {}
        # What changed between the reading of the store and now.
        seen = self._look(None)
        if self._observer is not None:
            self._listen(self._observer)
            if self._stopped.is_set():
                return
            known, seen = stamps(self._root), self._look(None)
        self._poll(known, seen)

    def _listen(self, observer: BaseObserver) -> None:
        """Look where the kernel says that something changed; returns at the end, or where it can say so no more."""
        while True:
            self._wake.wait()
            # Cleared before the look at `_stopped`: a `stop` that comes in between wakes the next round.
            self._wake.clear()
            # One save touches a file several times within milliseconds: let it settle, then look once.
            if self._stopped.wait(_SETTLE):
                return
            with self._mutex:
                paths, self._pending = self._pending, set()
                folders, self._all = self._all, False
            if not paths and not folders:
                continue
            if folders and not self._watch_folders(observer):
                return
            self._look(None if folders or len(paths) > _MANY else paths)

    def _poll(self, known: dict[str, Stamp], seen: frozenset[str]) -> None:
        """Look where the stamps differ from `known`, until the end; `seen` is what the last look found changed."""
        while not self._stopped.wait(_POLL):
            now = stamps(self._root)
            # A look comes after its stamps: what it found may have changed back by now, which no stamp would tell.
            paths = changed(known, now) | seen
            known = now
            seen = self._look(None if len(paths) > _MANY else paths) if paths else frozenset()

    def _look(self, paths: Iterable[str] | None) -> frozenset[str]:
        """Have these files read again, or all, and return those that had changed."""
        try:
            found = self._refresh(paths)
        except KyojuError as error:
            _LOG.warning("%s %s", error.message, error.detail)
            return frozenset()
        return frozenset() if found is None else frozenset(ref.path for ref in found.refs)

    def _observing(self) -> BaseObserver | None:
        """An observer at work, or None where the kernel has none left to give (each user has a number of them)."""
        observer = Observer()
        try:
            observer.start()
        except OSError as error:
            _LOG.warning("no notices from the kernel: %s", error)
            return None
        if self._watch_folders(observer):
            return observer
        _end(observer)
        return None

    def _watch_folders(self, observer: BaseObserver) -> bool:
        """Watch the record folders alone: the repository's own folder changes with every save and says nothing new.

        Whether that could be done.
        """
        handler = _Handler(self)
        try:
            observer.unschedule_all()
            for folder in _folders(self._root):
                # One that goes in this moment tells so through the watch on its parent.
                with suppress(FileNotFoundError):
                    # Each by itself: the library loses count of what lies below a folder when folders in it are
                    # replaced while it follows them itself, and then neither tells anything more nor ends.
                    observer.schedule(handler, str(folder), recursive=False)
        except OSError as error:
            _LOG.warning("no notices from the kernel: %s", error)
            return False
        return True


def _folders(root: Path) -> Iterator[Path]:
    """The store's folder, the record folders, and what lies in them, each before those below it.

    What comes into a folder after it was given is told by the watch that the caller has put on it by then.
    """
    yield root
    for name in sorted({kind.folder for kind in KINDS.values() if kind.folder}):
        yield from _below(root / name, _DEEPEST)


def _below(folder: Path, depth: int) -> Iterator[Path]:
    if not folder.is_dir() or folder.is_symlink():
        return
    yield folder
    if depth == 0:
        return
    try:
        with os.scandir(folder) as found:
            below = sorted(entry.path for entry in found if entry.is_dir(follow_symlinks=False))
    except OSError:
        return
    for path in below:
        if not is_ignored(Path(path).name):
            yield from _below(Path(path), depth - 1)


class _Handler(FileSystemEventHandler):
    def __init__(self, watcher: Watcher) -> None:
        self._watcher = watcher

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on what changed; reading a file is no change."""
        if event.event_type in ("opened", "closed_no_write"):
            return
        if event.is_directory and event.event_type == "modified":
            return
        for path in (event.src_path, event.dest_path):
            if path:
                told = path if isinstance(path, str) else path.decode("utf-8", "surrogateescape")
                self._watcher.notice(told, folder=event.is_directory)


def _end(observer: BaseObserver) -> None:
    """End the observer with all its threads, in a thread that may be left behind: they are daemons all."""

    def end() -> None:
        try:
            observer.stop()
            observer.join()
        except Exception:  # noqa: BLE001 - whatever went wrong in the library, the program goes on without its notices
            _LOG.exception("the observer did not end well")

    ending = threading.Thread(target=end, name="kyoju-watcher-end", daemon=True)
    ending.start()
    ending.join(_ENDING)
    if ending.is_alive():
        _LOG.warning("the observer does not end; it is left behind")


def _is_shared(root: Path) -> bool:
    """Whether the store lies on a file system that other hosts write to, by the kernel's list of mounts."""
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return True
    best, shared = -1, False
    for line in lines:
        fields, _, rest = line.partition(" - ")
        mount = fields.split(" ")[4].encode().decode("unicode_escape")
        if root == Path(mount) or Path(mount) in root.parents:
            depth = len(Path(mount).parts)
            if depth >= best:
                best, shared = depth, rest.split(" ")[0] in _SHARED
    return shared

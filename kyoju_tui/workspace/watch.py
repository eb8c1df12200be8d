"""Noticing other processes' saves: by the kernel's word where the disk is local, by looking where it is shared."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from kyoju_tui.files.stamps import changed, stamps
from kyoju_tui.records.kinds import KINDS

_SETTLE: Final = 0.05
_POLL: Final = 1.0
# Kinds of file system on which a change made elsewhere sends no notice.
_SHARED: Final = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs"})

Refresh = Callable[[Iterable[str] | None], object]


class Watcher:
    """Calls `refresh(paths)` soon after record files changed, from a thread of its own, until `stop`."""

    def __init__(self, root: Path, refresh: Refresh) -> None:
        self._root = root
        self._refresh = refresh
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._pending: set[str] = set()
        self._mutex = threading.Lock()
        self._observer = None if _is_shared(root) else Observer()
        if self._observer is not None:
            self._watch_folders()
            self._observer.start()
        self._thread = threading.Thread(target=self._run, name="kyoju-watcher", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop noticing, and wait for the thread to end."""
        self._stopped.set()
        self._wake.set()
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()
        self._thread.join()

    def notice(self, path: str) -> None:
        """Note that something happened to a path; called from the observer's thread."""
        try:
            relative = Path(path).relative_to(self._root).as_posix()
        except ValueError:
            return
        if relative.startswith(".") or "/." in relative:
            return
        with self._mutex:
            self._pending.add(relative)
        self._wake.set()

    def _run(self) -> None:
        if self._observer is None:
            self._poll()
            return
        while not self._stopped.is_set():
            self._wake.wait()
            # One save touches a file several times within milliseconds: let it settle, then look once.
            if self._stopped.wait(_SETTLE):
                return
            self._wake.clear()
            with self._mutex:
                paths, self._pending = self._pending, set()
            if all(path.endswith((".toml", ".csv")) for path in paths):
                self._refresh(paths)
            else:
                self._watch_folders()
                self._refresh(None)

    def _poll(self) -> None:
        known = stamps(self._root)
        while not self._stopped.wait(_POLL):
            now = stamps(self._root)
            paths = changed(known, now)
            known = now
            if paths:
                self._refresh(paths)

    def _watch_folders(self) -> None:
        """Watch the record folders alone: the repository's own folder changes with every save and says nothing new."""
        if self._observer is None:
            return
        handler = _Handler(self)
        self._observer.unschedule_all()
        self._observer.schedule(handler, str(self._root), recursive=False)
        for name in sorted({kind.folder for kind in KINDS.values() if kind.folder}):
            folder = self._root / name
            if folder.is_dir() and not folder.is_symlink():
                self._observer.schedule(handler, str(folder), recursive=True)


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
                self._watcher.notice(path if isinstance(path, str) else path.decode("utf-8", "surrogateescape"))


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

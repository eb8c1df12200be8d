"""Who has which record open: advisory, shared by all sessions on one copy, gone with the session.

Nothing depends on it: where the folder cannot be written, or there is no repository, nobody is seen and all goes on. A
session on this host is there while its process is; one on another host while its file is renewed, by the disk's clock
and by how long this session has watched it. No clock of another host decides.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Final

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.presence.living import Process, this_process
from kyoju_tui.workspace.presence.presence_file import (
    Place,
    Session,
    Stamp,
    disk_clock,
    listed,
    new_name,
    read,
    sweep,
    take_away,
    write,
)
from kyoju_tui.workspace.workspace import Workspace

LOOK: Final = 1.0
"""How often it is looked for others, in seconds."""
RENEWED: Final = 60.0
"""How often a session says again that it is there, for other hosts."""
EXPIRES: Final = 150.0
"""So long after that a session on another host is no longer taken to be there."""
# The file of a session on another host that came to an end, and half-written ones, are taken away after this.
_FORGOTTEN: Final = 3600.0
_JOIN: Final = 5.0
_LOG: Final = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Present:
    """Somebody else has a record open. `who` is empty where that session has no name yet; `since` by this clock."""

    ref: Ref
    who: str
    since: datetime


@dataclass(slots=True)
class _Seen:
    """A file as it was last read. `moved` tells that it has been renewed while this session watched."""

    stamp: Stamp
    session: Session | None
    watched: float
    moved: bool


def place_of(workspace: Workspace) -> Place | None:
    """Where a store's sessions tell of themselves; None where there is no repository."""
    try:
        repository = workspace.repository
    except KyojuError:
        return None
    return Place(repository.state_dir() / "presence", repository.shared)


def name_in(workspace: Workspace) -> str:
    """Under which name a session on this store is seen; empty while nobody has said."""
    try:
        author = workspace.author()
    except KyojuError:
        return ""
    return "" if author is None else author.name


class Presence:
    """What this session has open, told to others, and what they have open. It works in a thread of its own.

    `folder` is asked for in that thread whenever there is none yet, `who` whenever something is told. `told` is called
    in that thread when others open or close something; it passes it on and returns.
    """

    def __init__(
        self,
        folder: Callable[[], Place | None],
        who: Callable[[], str],
        told: Callable[[], None],
        *,
        process: Process | None = None,
    ) -> None:
        """`process` is this one, if no other is given."""
        self._find = folder
        self._who = who
        self._told = told
        self._process = process or this_process()
        self._name = new_name()
        self._mutex = threading.Lock()
        self._open: dict[Ref, tuple[int, datetime]] = {}
        self._others: tuple[Present, ...] = ()
        self._place: Place | None = None
        self._written: tuple[str, Mapping[Ref, datetime]] = ("", {})
        self._renew_at = 0.0
        self._clock: tuple[float, float] | None = None
        self._clock_due = 0.0
        self._seen: dict[str, _Seen] = {}
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="kyoju-presence", daemon=True)
        self._thread.start()

    @classmethod
    def of(cls, workspace: Workspace, told: Callable[[], None]) -> Presence:
        """That of a session on a store."""
        return cls(lambda: place_of(workspace), lambda: name_in(workspace), told)

    def open(self, ref: Ref) -> None:
        """This session has a record open; opened several times, it is so until it is closed as often."""
        with self._mutex:
            count, since = self._open.get(ref, (0, datetime.now(UTC)))
            self._open[ref] = (count + 1, since)
        self._wake.set()

    def close(self, ref: Ref) -> None:
        """This session has closed a record."""
        with self._mutex:
            count, since = self._open.get(ref, (0, datetime.now(UTC)))
            if count > 1:
                self._open[ref] = (count - 1, since)
            else:
                self._open.pop(ref, None)
        self._wake.set()

    def others(self) -> tuple[Present, ...]:
        """What others have open, those first that have had it open longest."""
        return self._others

    def stop(self) -> None:
        """Tell nothing any more, and take away what was told."""
        self._stopped.set()
        self._wake.set()
        # A share that hangs must not keep the program from ending: the entry then expires like that of a killed one.
        self._thread.join(_JOIN)
        if self._thread.is_alive():
            _LOG.warning("the folder of open records does not answer")

    # -- in the thread -------------------------------------------------------------------------------------------

    def _run(self) -> None:
        while True:
            self._wake.wait(LOOK)
            self._wake.clear()
            if self._stopped.is_set():
                break
            self._place = self._place or self._find()
            if self._place is not None:
                self._tell(self._place)
                self._look(self._place)
        if self._place is not None and self._written[1]:
            take_away(self._place, self._name)

    def _tell(self, place: Place) -> None:
        """Write what is open where that has changed, or is to be renewed."""
        with self._mutex:
            since = {ref: since for ref, (_, since) in self._open.items()}
        telling = (self._who() if since else "", since)
        if telling == self._written and (not since or monotonic() < self._renew_at):
            return
        # Also where it fails it is not tried again before long.
        self._written, self._renew_at = telling, monotonic() + RENEWED
        if not since:
            take_away(place, self._name)
            return
        try:
            disk = write(place, self._name, Session(telling[0], self._process, datetime.now(UTC), since))
        except OSError as error:
            _LOG.debug("open records are not told: %s", error)
        else:
            self._set_clock(disk)
            sweep(place, disk - _FORGOTTEN)

    def _look(self, place: Place) -> None:
        """Read what others tell; `told` is called where it has changed."""
        files = listed(place)
        if self._name in files:
            del files[self._name]
        elif self._written[1] and place.sound:
            # Somebody took this session for dead.
            self._renew_at = min(self._renew_at, monotonic() + LOOK)
        for name in self._seen.keys() - files.keys():
            del self._seen[name]
        for name, stamp in files.items():
            known = self._seen.get(name)
            if known is None or known.stamp != stamp:
                found = read(place, name)
                session, read_as = (None, stamp) if found is None else found
                self._seen[name] = _Seen(read_as, session, monotonic(), known is not None)
        there: list[Present] = []
        for name, seen in tuple(self._seen.items()):
            if seen.session is not None and self._is_there(place, name, seen, seen.session):
                there += self._opened(seen, seen.session)
        others = tuple(sorted(there, key=lambda each: (each.since, each.ref, each.who)))
        if others != self._others:
            self._others = others
            self._told()

    def _is_there(self, place: Place, name: str, seen: _Seen, session: Session) -> bool:
        """Whether a session still runs; the file of one that does not is taken away."""
        lives = None if _is_hidden(session.process) else session.process.lives
        if lives is not None:
            if not lives:
                take_away(place, name)
            return lives
        # Renewed before this session's eyes, how long ago is known without any clock of others.
        age = monotonic() - seen.watched
        if not seen.moved:
            clock = self._disk_time(place)
            age = max(age, clock - seen.stamp.written / 1e9) if clock is not None else age
        if age > _FORGOTTEN:
            take_away(place, name)
        return age < EXPIRES

    def _opened(self, seen: _Seen, session: Session) -> list[Present]:
        """What a session has open, with its times carried over to this clock."""
        now = datetime.now(UTC)
        shift = timedelta(0)
        if session.process.host != self._process.host:
            # From its clock to the disk's by the moment of its writing, from the disk's to this one by the last look.
            shift = timedelta(seconds=seen.stamp.written / 1e9 - session.at.timestamp())
            if self._clock is not None:
                shift += timedelta(seconds=self._clock[1])
        return [
            Present(ref, session.who, min(now, since + shift).replace(microsecond=0))
            for ref, since in session.since.items()
        ]

    def _disk_time(self, place: Place) -> float | None:
        """The disk's clock now; asked for by writing where nothing has been written, so seldom."""
        if self._clock is None and monotonic() >= self._clock_due:
            self._clock_due = monotonic() + _FORGOTTEN
            asked = disk_clock(place)
            if asked is not None:
                self._set_clock(asked)
        return None if self._clock is None else self._clock[0] + monotonic()

    def _set_clock(self, disk: float) -> None:
        """What the disk's clock says now, against the one that never jumps and against this host's."""
        self._clock = (disk - monotonic(), datetime.now(UTC).timestamp() - disk)


def _is_hidden(process: Process) -> bool:
    """Whether a process of this host runs that the system shows nothing of but that it is there (hidepid)."""
    if process.host != this_process().host or Path(f"/proc/{process.pid}").exists():
        return False
    try:
        os.kill(process.pid, 0)
    except PermissionError:
        return True
    except OSError:
        return False
    return False

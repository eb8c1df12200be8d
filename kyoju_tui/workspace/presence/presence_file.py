"""One session's file of what it has open, written and read with care: others' files are hostile until they are read.

The files lie beside the journal, one a session, never in git. A session that has nothing open has none.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

from kyoju_tui.files.faulty import safe
from kyoju_tui.files.private import forget, make_folder, write_private
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import Ref, check_ref
from kyoju_tui.workspace.presence.living import Process

_NAME: Final = re.compile(r"[0-9a-f]{16}\.presence\.json")
_LEFT_OVER: Final = re.compile(r"\.[0-9a-f]{16}\.tmp")
_SCHEMA: Final = 1
# Beyond these it is no file of this program: so many sessions, bytes, records, letters of a name.
_FILES, _BYTES, _REFS, _LETTERS = 200, 32_768, 100, 80


@dataclass(frozen=True, slots=True)
class Place:
    """Where the files of a copy lie; `shared` where its repository is a group's."""

    folder: Path
    shared: bool

    @property
    def sound(self) -> bool:
        """Whether the folder is one, and no way to elsewhere."""
        try:
            return stat.S_ISDIR(os.lstat(self.folder).st_mode)
        except OSError:
            return False


@dataclass(frozen=True, slots=True)
class Session:
    """What one session says of itself. `at` is its own clock when it wrote, `since` that of each record's opening."""

    who: str
    process: Process
    at: datetime
    since: Mapping[Ref, datetime]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Tells one state of a file from the next. Times are those of the disk, which need be no clock of this host."""

    number: int
    size: int
    written: int
    owner: int


def new_name() -> str:
    """A name for a session's file."""
    return f"{secrets.token_hex(8)}.presence.json"


def write(place: Place, name: str, session: Session) -> float:
    """Put the session's file in its place, whole or not at all; what the disk's clock then said.

    Raises OSError, also where the folder is none.
    """
    make_folder(place.folder, shared=place.shared)
    if not place.sound:
        raise NotADirectoryError(str(place.folder))
    content = {
        "schema": _SCHEMA,
        "who": session.who,
        "host": session.process.host,
        "pid": session.process.pid,
        "start": session.process.start,
        "at": session.at.isoformat(),
        "open": {ref: since.isoformat() for ref, since in session.since.items()},
    }
    path = place.folder / name
    write_private(path, json.dumps(content, ensure_ascii=False).encode(), shared=place.shared)
    return path.lstat().st_mtime


def take_away(place: Place, name: str) -> None:
    """Take a session's file away, if one may."""
    with suppress(OSError):
        forget(place.folder / name)


def listed(place: Place) -> dict[str, Stamp]:
    """The sessions' files by name; empty where there is no such folder, or it cannot be read."""
    found: dict[str, Stamp] = {}
    if not place.sound:
        return found
    try:
        with os.scandir(place.folder) as entries:
            for entry in entries:
                if len(found) >= _FILES:
                    break
                if _NAME.fullmatch(entry.name):
                    # One that goes in this moment is gone.
                    with suppress(OSError):
                        found[entry.name] = _stamp(entry.stat(follow_symlinks=False))
    except OSError:
        return found
    return found


def read(place: Place, name: str) -> tuple[Session, Stamp] | None:
    """What a file says; None where it is no file of this program's, or of somebody who has no business here."""
    try:
        handle = os.open(place.folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        status = os.fstat(handle)
        stamp = _stamp(status)
        if not stat.S_ISREG(status.st_mode) or stamp.size > _BYTES or not _may_speak(place, stamp.owner):
            return None
        data = os.read(handle, _BYTES + 1)
    except OSError:
        return None
    finally:
        os.close(handle)
    session = _parsed(data)
    return None if session is None or not _speaks_for(session.process, stamp.owner) else (session, stamp)


def disk_clock(place: Place) -> float | None:
    """What the clock of the disk says now, in seconds since 1970; None where nothing can be written there."""
    path = place.folder / f".{secrets.token_hex(8)}.tmp"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError:
        return None
    try:
        # A write sets the time where the server does, not this host.
        os.write(handle, b"\n")
        return os.fstat(handle).st_mtime
    except OSError:
        return None
    finally:
        os.close(handle)
        with suppress(OSError):
            path.unlink()


def sweep(place: Place, older_than: float) -> None:
    """Take away what killed sessions left half written before a moment of the disk's clock."""
    with suppress(OSError), os.scandir(place.folder) as entries:
        for entry in entries:
            if _LEFT_OVER.fullmatch(entry.name):
                with suppress(OSError):
                    if entry.stat(follow_symlinks=False).st_mtime < older_than:
                        Path(entry.path).unlink()


def _stamp(status: os.stat_result) -> Stamp:
    return Stamp(status.st_ino, status.st_size, status.st_mtime_ns, status.st_uid)


def _may_speak(place: Place, owner: int) -> bool:
    """Whether a user has a say here: in a group's repository whoever may write into it, else oneself alone."""
    return place.shared or owner == os.geteuid()


def _speaks_for(process: Process, owner: int) -> bool:
    """Whether the file's owner is the process's, as far as that can be seen here."""
    if not process.lives:
        return True
    try:
        return Path(f"/proc/{process.pid}").stat().st_uid == owner
    except OSError:
        return True


def _parsed(data: bytes) -> Session | None:
    try:
        content: Any = json.loads(data)
        if content["schema"] != _SCHEMA:
            return None
        opened = cast("dict[str, object]", content["open"])
        if not isinstance(content["open"], dict) or len(opened) > _REFS:
            return None
        pid = content["pid"]
        if not isinstance(pid, int) or isinstance(pid, bool) or not 0 < pid < 2**31:
            return None
        process = Process(pid, _text(content["host"]), _text(content["start"]))
        since = {Ref(check_ref(ref)): _moment(value) for ref, value in opened.items()}
        return Session(safe(_text(content["who"]), _LETTERS), process, _moment(content["at"]), since)
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError, InvalidValue):
        return None


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("no text")
    return value


def _moment(value: object) -> datetime:
    at = datetime.fromisoformat(_text(value))
    if at.tzinfo is None:
        raise ValueError("a time without its zone")
    return at.astimezone(UTC)

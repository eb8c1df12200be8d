"""The journal: what a save is about to do, on the disk before the first file is touched.

A journal that is found later belongs to a save whose end nobody saw. `saving.writer` then finishes it, or, where a file
has been changed since, keeps its text as a draft.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kyoju_tui.files.layout import owner
from kyoju_tui.files.private import read_private, write_private
from kyoju_tui.history.identity import Author
from kyoju_tui.records.errors import InvalidValue

_SUFFIX: Final = ".journal.json"
_SCHEMA: Final = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One file of a save: relative path, the bytes it began from and those it is to hold (None: no file)."""

    path: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One save in the journal. `parent` is the commit that HEAD named before it (None: none yet)."""

    steps: tuple[Step, ...]
    message: str
    author: Author
    parent: str | None

    @property
    def paths(self) -> tuple[str, ...]:
        """The files, relative to the store."""
        return tuple(step.path for step in self.steps)


def write(folder: Path, entry: Entry, *, shared: bool) -> Path:
    """Put the entry on the disk and return its file, which `forget` takes away once the save is acknowledged.

    In a repository that is `shared` by a group, whoever saves next can read it. Raises OSError.
    """
    path = folder / f"{secrets.token_hex(8)}{_SUFFIX}"
    write_private(path, json.dumps(_to_json(entry), ensure_ascii=False).encode(), shared=shared)
    return path


def pending(folder: Path) -> tuple[Path, ...]:
    """The entries that are there, oldest first; without the lock, some may be gone a moment later."""
    found: list[tuple[int, Path]] = []
    for path in folder.glob(f"*{_SUFFIX}"):
        with suppress(FileNotFoundError):
            found.append((path.stat().st_mtime_ns, path))
    return tuple(path for _, path in sorted(found))


def read(path: Path) -> Entry:
    """The entry in a file. Raises ValueError where the file is none that this version writes, OSError."""
    try:
        content: Any = json.loads(read_private(path))
        if content["schema"] != _SCHEMA:
            raise ValueError(f"{path.name}: schema {content['schema']!r}")
        steps = tuple(
            Step(_text(step["path"]), _bytes(step["before"]), _bytes(step["after"])) for step in content["steps"]
        )
        for step in steps:
            owner(step.path)
        author = Author(_text(content["author"]["name"]), _text(content["author"]["email"]))
        return Entry(steps, _text(content["message"]), author, _text(content["parent"]) or None)
    except (KeyError, TypeError, RecursionError, InvalidValue) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _to_json(entry: Entry) -> dict[str, object]:
    steps: Sequence[dict[str, str | None]] = [
        {"path": step.path, "before": _encoded(step.before), "after": _encoded(step.after)} for step in entry.steps
    ]
    author = {"name": entry.author.name, "email": entry.author.email}
    content = {"steps": steps, "message": entry.message, "author": author, "parent": entry.parent or ""}
    return {"schema": _SCHEMA, **content}


def _encoded(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode("ascii")


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r:.40}")
    return value

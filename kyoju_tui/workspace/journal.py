"""The journal: what a save is about to do, on the disk before the first file is touched.

A journal that is found later belongs to a save whose end nobody saw. `workspace.writer` then finishes it, or, where a
file has been changed since, keeps its text as a draft.
"""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kyoju_tui.files.private import write_private
from kyoju_tui.history.identity import Author

_SUFFIX: Final = ".journal.json"


@dataclass(frozen=True, slots=True)
class Step:
    """One file of a save: relative path, the bytes it began from and those it is to hold (None: no file)."""

    path: str
    before: bytes | None
    after: bytes | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One save in the journal."""

    steps: tuple[Step, ...]
    message: str
    author: Author


def write(folder: Path, entry: Entry) -> Path:
    """Put the entry on the disk and return its file, which `forget` takes away once the save is acknowledged."""
    path = folder / f"{secrets.token_hex(8)}{_SUFFIX}"
    write_private(path, json.dumps(_to_json(entry), ensure_ascii=False).encode())
    return path


def pending(folder: Path) -> tuple[Path, ...]:
    """The entries that are there, oldest first."""
    if not folder.is_dir():
        return ()
    return tuple(sorted(folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime_ns))


def read(path: Path) -> Entry:
    """The entry in a file. Raises ValueError where the file is none."""
    try:
        content: Any = json.loads(path.read_bytes())
        return Entry(
            tuple(Step(step["path"], _decoded(step["before"]), _decoded(step["after"])) for step in content["steps"]),
            content["message"],
            Author(content["author"]["name"], content["author"]["email"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"{path.name}: {error}") from error


def _to_json(entry: Entry) -> dict[str, object]:
    steps: Sequence[dict[str, str | None]] = [
        {"path": step.path, "before": _encoded(step.before), "after": _encoded(step.after)} for step in entry.steps
    ]
    author = {"name": entry.author.name, "email": entry.author.email}
    return {"schema": 1, "steps": steps, "message": entry.message, "author": author}


def _encoded(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode("ascii")


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)

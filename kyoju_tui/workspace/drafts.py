"""Drafts: what was typed and is not yet recorded, readable by its writer alone.

A draft never enters the Snapshot and never enters git.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import tomli
import tomli_w

from kyoju_tui.files.private import forget, make_folder, write_private
from kyoju_tui.records.errors import SaveFailed
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import without_empty

_SUFFIX: Final = ".draft.toml"


@dataclass(frozen=True, slots=True)
class Draft:
    """One unsaved text.

    `plain` is the record as far as it was typed (it need not be valid), `base` the file the edit began from (None for
    a new record), `reason` why it is still a draft ("" while somebody types).
    """

    ref: Ref
    plain: Mapping[str, object]
    base: bytes | None
    reason: str = ""


class Drafts:
    """The drafts of one user in one store, one file each, mode 0600.

    The first of `folders` that can be written takes a draft; those that were kept in another one meanwhile (the
    repository could not be written, or was not there) are found too. Where the first lies in a repository that is
    `shared` by a group, the others of the group can make folders beside it.
    """

    def __init__(self, *folders: Path, shared: bool = False) -> None:
        self._folders = folders
        self._shared = shared

    def save(self, draft: Draft) -> None:
        """Keep a draft, in place of an earlier one of the same record. Errors: `SaveFailed`."""
        data, name = _written(draft), _name(draft.ref)
        failed: OSError | None = None
        for folder in self._folders:
            try:
                make_folder(folder.parent, shared=self._shared and folder == self._folders[0])
                write_private(folder / name, data)
            except OSError as error:
                failed = error
                continue
            _forget(*(other / name for other in self._folders if other != folder))
            return
        raise SaveFailed(
            "下書きを保存できませんでした。画面の内容はまだ残っています。",
            cure="画面を閉じずに、ディスクの空きを管理者に確かめてもらってください。",
            detail=str(failed),
        ) from failed

    def get(self, ref: Ref) -> Draft | None:
        """The draft of a record, or None."""
        found = self._files(_name(ref))
        return _read(found[-1]) if found else None

    def all(self) -> tuple[Draft, ...]:
        """Every draft that can be read, oldest first."""
        newest: dict[str, Path] = {}
        for path in self._files(f"*{_SUFFIX}"):
            newest.pop(path.name, None)
            newest[path.name] = path
        return tuple(draft for draft in map(_read, newest.values()) if draft is not None)

    def discard(self, ref: Ref) -> None:
        """Forget the draft of a record, if there is one; one that cannot be taken away is offered again."""
        _forget(*(folder / _name(ref) for folder in self._folders))

    def _files(self, pattern: str) -> list[Path]:
        """The drafts' files of this name, oldest first."""
        found: list[tuple[int, Path]] = []
        for folder in self._folders:
            for path in _inside(folder, pattern):
                with suppress(FileNotFoundError):
                    found.append((path.stat().st_mtime_ns, path))
        return [path for _, path in sorted(found)]


def _inside(folder: Path, pattern: str) -> list[Path]:
    """The files of this name in a folder; one that is not ours to look into holds no draft of ours."""
    try:
        return list(folder.glob(pattern))
    except OSError:
        return []


def _name(ref: Ref) -> str:
    return f"{hashlib.sha256(ref.encode()).hexdigest()[:24]}{_SUFFIX}"


def _forget(*paths: Path) -> None:
    for path in paths:
        # What is left over is at most a text that is offered once more.
        with suppress(OSError):
            forget(path)


def _written(draft: Draft) -> bytes:
    content: dict[str, object] = {"ref": str(draft.ref), "reason": draft.reason}
    if draft.base is not None:
        content["base"] = draft.base.decode("utf-8", "surrogateescape").encode("unicode_escape").decode("ascii")
    # A form may hold rows in which nothing is chosen yet, and half of a character that a terminal cut in two.
    content["plain"] = without_empty(draft.plain)
    return tomli_w.dumps(content).encode("utf-8", "replace")


def _read(path: Path) -> Draft | None:
    """The draft in a file, or None where it is no draft: a file of somebody else's making is left alone."""
    try:
        content: dict[str, Any] = tomli.loads(path.read_text(encoding="utf-8"))
        base = cast("str | None", content.get("base"))
        return Draft(
            Ref(content["ref"]),
            cast("Mapping[str, object]", content["plain"]),
            None if base is None else base.encode("ascii").decode("unicode_escape").encode("utf-8", "surrogateescape"),
            str(content["reason"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None

"""Drafts: what was typed and is not yet recorded, beside the repository's own files, readable by its writer alone.

A draft never enters the Snapshot and never enters git.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import tomli
import tomli_w

from kyoju_tui.files.private import forget, write_private
from kyoju_tui.records.errors import SaveFailed
from kyoju_tui.records.ids import Ref

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
    """The drafts of one user in one store, one file each, mode 0600, in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def save(self, draft: Draft) -> None:
        """Keep a draft, in place of an earlier one of the same record. Errors: `SaveFailed`."""
        content: dict[str, object] = {"ref": str(draft.ref), "reason": draft.reason}
        if draft.base is not None:
            content["base"] = draft.base.decode("utf-8", "surrogateescape").encode("unicode_escape").decode("ascii")
        content["plain"] = dict(draft.plain)
        try:
            write_private(self._path(draft.ref), tomli_w.dumps(content).encode())
        except OSError as error:
            raise SaveFailed(
                "下書きを保存できませんでした。画面の内容はまだ残っています。",
                cure="画面を閉じずに、ディスクの空きを管理者に確かめてもらってください。",
                detail=str(error),
            ) from error

    def get(self, ref: Ref) -> Draft | None:
        """The draft of a record, or None."""
        path = self._path(ref)
        return _read(path) if path.exists() else None

    def all(self) -> tuple[Draft, ...]:
        """Every draft that can be read, oldest first."""
        if not self.folder.is_dir():
            return ()
        paths = sorted(self.folder.glob(f"*{_SUFFIX}"), key=lambda path: path.stat().st_mtime_ns)
        return tuple(draft for draft in map(_read, paths) if draft is not None)

    def discard(self, ref: Ref) -> None:
        """Forget the draft of a record, if there is one."""
        forget(self._path(ref))

    def _path(self, ref: Ref) -> Path:
        return self.folder / f"{hashlib.sha256(ref.encode()).hexdigest()[:24]}{_SUFFIX}"


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

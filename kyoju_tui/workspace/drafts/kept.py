"""Drafts: what was typed and is not yet recorded, readable by its writer alone.

A draft never enters the Snapshot and never enters git. Each form writes a file of its own, so that no session
overwrites what another one, or an earlier one, has left. Nothing here ever deletes a draft because of its age.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, cast

import tomli
import tomli_w

from kyoju_tui.files.private import forget, make_folder, write_private
from kyoju_tui.records.errors import SaveFailed
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import without_empty
from kyoju_tui.workspace.presence.living import Process, this_process

_SUFFIX: Final = ".draft.toml"
_VERSION: Final = 2
# What nobody typed that much of is no draft of ours.
_LARGEST: Final = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Draft:
    """One unsaved text.

    `plain` is the record as far as it was typed (it need not be valid), `base` the file the edit began from (None for
    a new record), `reason` why it is still a draft ("" while somebody types). `form` is what staff call the form where
    that is not the record's own; of what is no record the `ref` is empty. `place` is the field that was typed in last,
    `cursor` line and column there. `at`, `by` and `file` tell when and by which process it was kept, and where.
    """

    ref: Ref
    plain: Mapping[str, object]
    base: bytes | None
    reason: str = ""
    form: str = ""
    place: str = field(default="", compare=False)
    cursor: tuple[int, int] | None = field(default=None, compare=False)
    slot: str = field(default="", compare=False)
    at: datetime | None = field(default=None, compare=False)
    by: Process | None = field(default=None, compare=False)
    file: str = field(default="", compare=False)

    @property
    def held(self) -> bool:
        """Whether another process on this host is typing it now."""
        return self.by is not None and self.by != this_process() and self.by.lives is True


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A file among the drafts that is none, or one of a newer version; it is left alone. `why` is for staff."""

    path: Path
    why: str


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
        """Keep a draft, in place of what this process kept before from the same form (`slot`), or, without one, of
        the same record. Errors: `SaveFailed`.
        """  # noqa: D205
        draft = replace(draft, at=datetime.now(UTC).replace(microsecond=0), by=this_process())
        data, name = _written(draft), _name(draft.ref, draft.slot)
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

    def add(self, draft: Draft) -> None:
        """Keep a draft beside all others; the same text of the same record is kept once. Errors: `SaveFailed`."""
        if all((each.ref, each.base, each.plain) != (draft.ref, draft.base, draft.plain) for each in self.all()):
            self.save(replace(draft, slot=secrets.token_hex(4)))

    def get(self, ref: Ref, form: str = "") -> Draft | None:
        """The newest draft of a record, or of what is no record by its `form`, that no other session is typing."""
        return next((each for each in reversed(self.all()) if (each.ref, each.form) == (ref, form)), None)

    def all(self) -> tuple[Draft, ...]:
        """Every draft that can be read and that no other session is typing now, oldest first."""
        return tuple(each for each in self._read() if not each.held)

    def held(self) -> tuple[Draft, ...]:
        """Those that another session of the same user is typing now."""
        return tuple(each for each in self._read() if each.held)

    def unreadable(self) -> tuple[Unreadable, ...]:
        """The files that look like drafts and cannot be read here; they stay as they are."""
        return tuple(found for path in self._files() if isinstance(found := _read(path), Unreadable))

    def discard(self, ref: Ref, slot: str = "") -> None:
        """Forget what this process kept of a record (or from a form, by its slot), if anything.

        One that cannot be taken away is offered again.
        """
        self._forget(_name(ref, slot))

    def discard_file(self, draft: Draft) -> None:
        """Forget this very draft, whoever kept it."""
        if draft.file:
            self._forget(draft.file)

    def _forget(self, name: str) -> None:
        _forget(*(folder / name for folder in self._folders))

    def _read(self) -> Iterator[Draft]:
        newest: dict[str, Path] = {}
        for path in self._files():
            newest.pop(path.name, None)
            newest[path.name] = path
        for path in newest.values():
            found = _read(path)
            if isinstance(found, Draft):
                yield found

    def _files(self) -> list[Path]:
        """The drafts' files, oldest first."""
        found: list[tuple[int, Path]] = []
        for folder in self._folders:
            for path in _inside(folder):
                with suppress(OSError):
                    found.append((path.lstat().st_mtime_ns, path))
        return [path for _, path in sorted(found)]


def _inside(folder: Path) -> list[Path]:
    """The files of a folder that are named like drafts; one that is not ours to look into holds no draft of ours."""
    try:
        return list(folder.glob(f"*{_SUFFIX}"))
    except OSError:
        return []


def _name(ref: Ref, slot: str) -> str:
    by = this_process()
    session = hashlib.sha256(f"{by.host} {by.pid} {by.start}".encode()).hexdigest()[:12]
    return f"{session}-{slot or hashlib.sha256(ref.encode('utf-8', 'replace')).hexdigest()[:16]}{_SUFFIX}"


def _forget(*paths: Path) -> None:
    for path in paths:
        # What is left over is at most a text that is offered once more.
        with suppress(OSError):
            forget(path)


def _written(draft: Draft) -> bytes:
    content: dict[str, object] = {"version": _VERSION, "ref": str(draft.ref), "reason": draft.reason}
    if draft.form:
        content["form"] = draft.form
    if draft.place:
        content["place"] = draft.place
    if draft.cursor is not None:
        content["cursor"] = list(draft.cursor)
    if draft.at is not None:
        content["at"] = draft.at
    if draft.base is not None:
        content["base"] = draft.base.decode("utf-8", "surrogateescape").encode("unicode_escape").decode("ascii")
    if draft.by is not None:
        content["by"] = {"pid": draft.by.pid, "host": draft.by.host, "start": draft.by.start}
    # A form may hold rows in which nothing is chosen yet, and half of a character that a terminal cut in two.
    content["plain"] = without_empty(draft.plain)
    return tomli_w.dumps(content).encode("utf-8", "replace")


def _read(path: Path) -> Draft | Unreadable | None:
    """The draft in a file, or why it is none: a file of somebody else's making is left alone. None: it is gone."""
    try:
        if path.is_symlink() or not path.is_file():
            return Unreadable(path, "ふつうのファイルではありません") if path.is_symlink() or path.exists() else None
        if path.stat().st_size > _LARGEST:
            return Unreadable(path, "下書きとしては大きすぎます")
        content: dict[str, Any] = tomli.loads(path.read_text(encoding="utf-8"))
        version = content.get("version", 1)
        if not isinstance(version, int) or version > _VERSION:
            return Unreadable(path, "新しい版の kyoju-tui が書いた下書きです")
        return _draft(content, path)
    except FileNotFoundError:
        return None
    except OSError as error:
        return Unreadable(path, error.strerror or "読み取れません")
    except (ValueError, KeyError, TypeError, RecursionError):
        return Unreadable(path, "下書きの形をしていません")


def _draft(content: Mapping[str, Any], path: Path) -> Draft:
    """Raises KeyError, TypeError, ValueError where something is missing or of another type."""
    base, at, by, cursor = content.get("base"), content.get("at"), content.get("by"), content.get("cursor")
    plain = content["plain"]
    if not isinstance(plain, dict):
        raise TypeError(f"no table: {plain!r:.40}")
    held = None if by is None else Process(int(by["pid"]), _text(by["host"]), _text(by["start"]))
    return Draft(
        Ref(_text(content["ref"])),
        cast("Mapping[str, object]", plain),
        None
        if base is None
        else _text(base).encode("ascii").decode("unicode_escape").encode("utf-8", "surrogateescape"),
        _text(content["reason"]),
        _text(content.get("form", "")),
        _text(content.get("place", "")),
        None if cursor is None else (int(cursor[0]), int(cursor[1])),
        "",
        at if isinstance(at, datetime) and at.tzinfo is not None else _kept_at(path),
        held,
        path.name,
    )


def _kept_at(path: Path) -> datetime:
    """When a draft of an earlier version was kept."""
    return datetime.fromtimestamp(path.stat().st_mtime, UTC).replace(microsecond=0)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r:.40}")
    return value

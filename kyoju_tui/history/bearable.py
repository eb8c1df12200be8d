"""How much may come from a remote: bounds while it comes, and a look at what has come before anything is done with it.

A store is text: far below these bounds in every office. Beyond them somebody has put something else there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from kyoju_tui.history.commits import contents
from kyoju_tui.history.git import Repository
from kyoju_tui.history.process import Cancelled
from kyoju_tui.records.errors import Refused

LARGEST_FILE: Final = 128 * 1024**2
"""Bytes of one file."""

LARGEST_SUM: Final = 1024**3
"""Bytes of all new files together, and of what lies on the disk of an exchange under way."""

MOST_OBJECTS: Final = 2_000_000
"""Files and folders of all versions that one exchange brings."""

MOST_FILES: Final = 100_000
"""Files in one version of a store."""

_DEEPEST: Final = 64
_READ: Final = 64 * 1024**2
_HEADER: Final = 12
_LOOKING: Final = 120.0
_CURE: Final = "何も失われていません。管理者に、送り先の内容を確かめるよう依頼してください。"


class Incoming:
    """A fetch under way: what it writes is looked at each time somebody asks whether to go on."""

    def __init__(self, repository: Repository, cancelled: Callable[[], bool]) -> None:
        self._folder = repository.common_dir / "objects" / "pack"
        self._cancelled = cancelled
        self._known = frozenset(self._packs())
        self._why = ""

    def stopped(self) -> bool:
        """Whether the user has stopped it, or it has grown beyond the bounds."""
        if not self._why:
            self._why = next((why for pack in self._new() if (why := _unbearable(pack))), "")
        return bool(self._why) or self._cancelled()

    def explain(self, error: Cancelled) -> Refused:
        """Why it was stopped; what has come is taken away. The user's own word is `error`."""
        if not self._why:
            return error
        for pack in self._new():
            # Another session may have done so; what cannot be taken away goes with git's own cleaning.
            with suppress(OSError):
                pack.unlink()
        return too_much(self._why)

    def _new(self) -> list[Path]:
        return [pack for pack in self._packs() if pack not in self._known]

    def _packs(self) -> list[Path]:
        try:
            return [Path(entry.path) for entry in os.scandir(self._folder) if entry.name.startswith("tmp_pack_")]
        except OSError:
            return []


def _unbearable(pack: Path) -> str:
    """What of a pack that is being written is beyond the bounds (for `detail`), or ""."""
    try:
        with pack.open("rb") as stream:
            header = stream.read(_HEADER)
            size = os.fstat(stream.fileno()).st_size
    except OSError:
        return ""  # it has its name by now
    count = int.from_bytes(header[8:], "big") if len(header) == _HEADER else 0
    if count > MOST_OBJECTS:
        return f"{count} objects"
    return f"a pack of {size} bytes" if size > LARGEST_SUM else ""


def too_much(detail: str) -> Refused:
    """The refusal of more than a store can hold."""
    return Refused(
        "送り先から届く内容が、保管場所としては多すぎる（大きすぎる）ため、受信していません。何も変えていません。",
        cure=_CURE,
        detail=detail,
    )


def require_bearable(repository: Repository, commit: str, known: list[str]) -> None:
    """Refuse what would fill the memory or the disk of whoever merges a commit. `known` are commits looked at before.

    Errors: `Refused`.
    """
    without = [f"^{each}" for each in known]
    listed = repository.run(
        *("rev-list", "--objects", "--no-object-names", "--end-of-options", commit, *without, "--"), timeout=_LOOKING
    )
    told = repository.run(
        *("cat-file", "--buffer", "--batch-check=%(objectname) %(objecttype) %(objectsize)"),
        data=listed,
        timeout=_LOOKING,
    )
    found = [(name, kind, int(size)) for name, kind, size in map(bytes.split, told.splitlines())]
    sizes = [size for _, _, size in found]
    if max(sizes, default=0) >= LARGEST_FILE:
        raise Refused(
            "送り先に、大きすぎるファイル（128MB以上）があるため、受信していません。何も変えていません。",
            cure="管理者に、送り先からそのファイルを取り除くよう依頼してください。",
            detail=f"{max(sizes)} bytes",
        )
    total = sum(size for _, kind, size in found if kind == b"blob")
    if total > LARGEST_SUM or len(sizes) > MOST_OBJECTS:
        raise too_much(f"{total} bytes in new files, {len(sizes)} objects")
    folders = {name.decode(): size for name, kind, size in found if kind == b"tree"}
    # Every version that is new; of very many of them the last one.
    _require_few(repository, list(folders) if sum(folders.values()) < _READ else [f"{commit}^{{tree}}"])


def _require_few(repository: Repository, folders: list[str]) -> None:
    """Refuse a folder (by git's name for it) with more files below it than a store has. One process for each level.

    A few folders that stand in each other many times name any number of files: each is read once and counted often.
    """
    inside: dict[str, tuple[int, Counter[str]]] = {}
    level = folders
    for _ in range(_DEEPEST):
        if not level:
            break
        read = zip(level, contents(repository, level, b"tree"), strict=True)
        inside |= {name: _held(data or b"", 32 if repository.object_format == "sha256" else 20) for name, data in read}
        level = [name for name in dict.fromkeys(n for held in level for n in inside[held][1]) if name not in inside]
    if level:
        raise too_much(f"folders more than {_DEEPEST} deep")
    counted: dict[str, tuple[int, int]] = {}
    for name in folders:
        files, depth = _counted(name, inside, counted)
        if files > MOST_FILES or depth > _DEEPEST:
            raise too_much(f"{files} files, folders {depth} deep")


def _counted(
    top: str, inside: Mapping[str, tuple[int, Counter[str]]], counted: dict[str, tuple[int, int]]
) -> tuple[int, int]:
    """How many files a folder has, and how deep folders lie in it; `counted` keeps what is known by now."""
    way = [(top, iter(inside[top][1]))]
    while way:
        name, rest = way[-1]
        following = next((each for each in rest if each not in counted), None)
        if following is not None:
            way.append((following, iter(inside[following][1])))
            continue
        files, below = inside[name]
        counted[name] = (
            files + sum(counted[each][0] * times for each, times in below.items()),
            1 + max((counted[each][1] for each in below), default=0),
        )
        way.pop()
    return counted[top]


def _held(tree: bytes, length: int) -> tuple[int, Counter[str]]:
    """How many files a folder's own bytes name, and which folders how often. `length` is that of a raw object id."""
    files, below, at = 0, Counter[str](), 0
    while at < len(tree):
        end = tree.index(b"\0", at) + 1
        if tree.startswith(b"40000 ", at):
            below[tree[end : end + length].hex()] += 1
        else:
            files += 1
        at = end + length
    return files, below

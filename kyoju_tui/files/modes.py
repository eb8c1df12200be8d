"""Who may read and write the files of a store and of its repository: what lacks, and what is too open."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

_GROUP_FOLDER: Final = 0o2070
_GROUP_FILE: Final = 0o060
_OTHERS: Final = 0o077


def closed_to_group(tops: Iterable[Path], private: Collection[Path] = ()) -> tuple[Path, ...]:
    """Folders that a group cannot write into or that do not hand the group on, and files that it cannot write.

    Looked at is everything below `tops`, but for the folders of `private` and links.
    """
    return tuple(path for top in tops for path, status in _below(top, frozenset(private)) if _lacks(status))


def open_to_group(path: Path) -> None:
    """Let the group write: folders 2770 more, files 0660 more than they have. Raises OSError for what is not ours."""
    status = path.lstat()
    path.chmod(stat.S_IMODE(status.st_mode) | (_GROUP_FOLDER if stat.S_ISDIR(status.st_mode) else _GROUP_FILE))


def seen_by_others(tops: Iterable[Path]) -> tuple[Path, ...]:
    """What others can read or enter below folders that are one user's alone, the folders themselves too."""
    return tuple(path for top in tops for path, status in _below(top, frozenset()) if status.st_mode & _OTHERS)


def close_to_others(path: Path) -> None:
    """Leave a file or folder to its owner. Raises OSError for what is not ours."""
    path.chmod(stat.S_IMODE(path.lstat().st_mode) & ~_OTHERS & 0o700)


def older(paths: Iterable[Path], moment: float) -> tuple[Path, ...]:
    """Those regular files that were last written before a moment (seconds since 1970)."""
    found: list[Path] = []
    for path in paths:
        try:
            status = path.lstat()
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode) and status.st_mtime < moment:
            found.append(path)
    return tuple(found)


def _lacks(status: os.stat_result) -> bool:
    wanted = _GROUP_FOLDER if stat.S_ISDIR(status.st_mode) else _GROUP_FILE
    return status.st_mode & wanted != wanted


def _below(top: Path, private: Collection[Path]) -> Iterator[tuple[Path, os.stat_result]]:
    """A folder and what lies in it, with what the disk says of each; what goes meanwhile is left out."""
    try:
        status = top.lstat()
        if not stat.S_ISDIR(status.st_mode) or top in private:
            return
        yield top, status
        with os.scandir(top) as found:
            entries = list(found)
    except OSError:
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path), private)
        elif entry.is_file(follow_symlinks=False):
            try:
                yield Path(entry.path), entry.stat(follow_symlinks=False)
            except OSError:
                continue

"""What the disk says of a store's files without reading them: how a change is noticed where no notice comes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from kyoju_tui.files.layout import is_ignored

Stamp: TypeAlias = tuple[int, int, int]


def stamps(root: Path) -> dict[str, Stamp]:
    """Time of change (ns), size and number of every file of the store, by path. A folder that goes away is absent."""
    return dict(_below(root, ""))


def changed(before: dict[str, Stamp], after: dict[str, Stamp]) -> frozenset[str]:
    """The paths that are new, gone or different."""
    return frozenset(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, Stamp]]:
    try:
        with os.scandir(folder) as found:
            entries = list(found)
    except OSError:
        return
    for entry in entries:
        if is_ignored(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(folder / entry.name, f"{prefix}{entry.name}/")
            continue
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError:
            continue
        yield prefix + entry.name, (status.st_mtime_ns, status.st_size, status.st_ino)

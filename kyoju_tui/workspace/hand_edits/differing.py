"""Which files of the store differ from HEAD: records, store.toml and the figures of data sets, nothing else.

Bytes are compared with the blobs of HEAD, not stamps with git's index: a file that git was told to overlook is seen
too. What a save of this moment is writing does not count.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kyoju_tui.files.layout import Misplaced, is_figures, is_ignored, owner
from kyoju_tui.files.ownership import held
from kyoju_tui.files.tree import read_figures_file, read_paths
from kyoju_tui.history import commits
from kyoju_tui.history.git import Repository
from kyoju_tui.history.recorded import recorded_blobs
from kyoju_tui.records.errors import BrokenRecord
from kyoju_tui.workspace.saving import journal
from kyoju_tui.workspace.workspace import Workspace

# A save of somebody else's may come in between the looks at HEAD and at the files.
_LOOKS: Final = 3


@dataclass(frozen=True, slots=True)
class Differing:
    """One file: its bytes now (None: gone, or not to be read), and the blob that HEAD has of it (None: none)."""

    path: str
    data: bytes | None
    blob: str | None


def differing(workspace: Workspace) -> tuple[Differing, ...]:
    """Every file that differs, in the order of paths: one process of git and a hash of every file.

    What the files hold is what the Workspace knows of them (`refresh`, `watch`); each that differs is read again.
    Errors: as `Workspace.repository`, `GitFailed`.
    """
    repository = workspace.repository
    found: tuple[Differing, ...] = ()
    for _ in range(_LOOKS):
        commit, blobs = recorded_blobs(repository)
        found = tuple(_looked(workspace, repository, blobs))
        if not found or commits.head(repository) == commit:
            break
    return found


def read_now(root: Path, path: str) -> bytes | None:
    """What a file of the store holds now; None where it is gone or cannot be read."""
    if is_figures(path):
        try:
            return read_figures_file(root, path)
        except BrokenRecord:
            return None
    return read_paths(root, [path]).data.get(owner(path))


def belongs(path: str) -> bool:
    """Whether a path is that of a record or of a data set's figures."""
    if is_ignored(path):
        return False
    try:
        owner(path)
    except Misplaced:
        return False
    return True


def _looked(workspace: Workspace, repository: Repository, blobs: Mapping[str, str]) -> list[Differing]:
    known = _known(workspace, repository)
    paths = {path for path, blob in known.items() if blobs.get(path) != blob}
    paths |= {path for path in blobs.keys() - known.keys() if belongs(path)}
    paths -= _under_way(repository)
    found: list[Differing] = []
    for path in sorted(paths):
        data, blob = read_now(workspace.root, path), blobs.get(path)
        if data is None:
            # There and not to be read (a link, too large), or gone.
            differs = blob is not None or held(workspace.root, path) is not None
        else:
            differs = blob != commits.blob_id(repository, data)
        if differs:
            found.append(Differing(path, data, blob))
    return found


def _known(workspace: Workspace, repository: Repository) -> dict[str, str]:
    """The blob ids of the files as they are known, by path; "" for one that is there and cannot be read."""
    snapshot = workspace.snapshot
    contents = {ref.path: workspace.base(ref).data for ref in (*snapshot.records, *snapshot.broken)}
    with suppress(OSError):
        paths = [f"datasets/{entry.name}" for entry in (workspace.root / "datasets").iterdir()]
        contents |= {path: read_now(workspace.root, path) for path in paths if is_figures(path)}
    return {path: "" if data is None else commits.blob_id(repository, data) for path, data in contents.items()}


def _under_way(repository: Repository) -> frozenset[str]:
    """The files of saves that are being made, or whose end nobody saw: the next save takes care of them."""
    found: set[str] = set()
    for path in journal.pending(repository.state_dir() / "journal"):
        # One that cannot be read is told by `doctor`; one that is gone was finished this moment.
        with suppress(ValueError, OSError):
            found.update(journal.read(path).paths)
    return frozenset(found)

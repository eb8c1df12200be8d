"""Which file of one side meets which of the other: by path, and for entries by id, wherever they have been moved to.

Pure: from the differences of both sides against their common ancestor to units that are then decided one by one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kyoju_tui.files.layout import Misplaced, locate
from kyoju_tui.history.trees import Difference, File
from kyoju_tui.records.ids import Ref


@dataclass(frozen=True, slots=True)
class Version:
    """A file at its place in one version of the store."""

    path: str
    file: File


@dataclass(frozen=True, slots=True)
class Unit:
    """One file in the three versions; None where it is not there. Its places differ where an entry was moved."""

    base: Version | None
    ours: Version | None
    theirs: Version | None

    @property
    def versions(self) -> tuple[Version, ...]:
        """Those that are there."""
        return tuple(version for version in (self.base, self.ours, self.theirs) if version is not None)

    @property
    def place(self) -> str:
        """Where the file lies: with us, else with them, else where it was."""
        return next(version.path for version in (self.ours, self.theirs, self.base) if version is not None)

    @property
    def key(self) -> str:
        """What tells this unit in these very versions from any other."""
        return "|".join(map(_told, (self.base, self.ours, self.theirs)))


def units(ours: Difference, theirs: Difference) -> Iterator[Unit]:
    """Everything that the other side changed, with what became of it here."""
    places = _places_of_entries(ours, theirs)
    done: set[str] = set()
    for path in theirs:
        if path in done:
            continue
        wanted = places.get(path, frozenset())
        unit = _travelling(wanted, ours, theirs) if len(wanted) > 1 else None
        if unit is None:
            yield _at(path, ours, theirs)
        else:
            done |= wanted
            yield unit


def record_at(path: str) -> Ref | None:
    """The record that lies at a path; None for any other file."""
    try:
        return locate(path) if path.endswith(".toml") else None
    except Misplaced:
        return None


def _told(version: Version | None) -> str:
    return "-" if version is None else f"{version.path}:{version.file.mode}:{version.file.blob}"


def _at(path: str, ours: Difference, theirs: Difference) -> Unit:
    base, there = theirs[path]
    here = ours[path][1] if path in ours else base
    return Unit(*(None if file is None else Version(path, file) for file in (base, here, there)))


def _places_of_entries(ours: Difference, theirs: Difference) -> Mapping[str, frozenset[str]]:
    """For each place of an entry among the changes, all places that its id has among them."""
    by_id: dict[str, set[str]] = defaultdict(set)
    for path in (*ours, *theirs):
        if path.startswith("entries/"):
            ref = record_at(path)
            if ref is not None:
                by_id[ref.id].add(path)
    return {path: frozenset(paths) for paths in by_id.values() for path in paths}


def _travelling(paths: frozenset[str], ours: Difference, theirs: Difference) -> Unit | None:
    """An entry that lies at several places over the versions; None where one version has it twice."""
    found: list[Version | None] = []
    for number in range(3):
        there = [
            Version(path, file) for path in sorted(paths) if (file := _version(path, number, ours, theirs)) is not None
        ]
        if len(there) > 1:
            return None
        found.append(there[0] if there else None)
    return Unit(*found)


def _version(path: str, number: int, ours: Difference, theirs: Difference) -> File | None:
    """A path's file in the base (0), ours (1) or theirs (2)."""
    base = ours[path][0] if path in ours else theirs[path][0]
    side = (None, ours, theirs)[number]
    return base if side is None or path not in side else side[path][1]

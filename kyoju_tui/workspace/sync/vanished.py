"""Records that one side took away while the other side began to refer to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from kyoju_tui.files import codec
from kyoju_tui.history.trees import Difference, File
from kyoju_tui.records.description import references
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.sync.meeting_points import Unit, Version, record_at

_Names = frozenset[tuple[str, str]]


def vanished(
    ours: Difference,
    theirs: Difference,
    changes: Mapping[str, File | bytes | None],
    know: Callable[[Sequence[str]], Mapping[str, bytes]],
    here: Snapshot,
) -> Iterator[tuple[Unit, tuple[Ref, ...]]]:
    """Each such record, with those that name it now and did not before. `changes` is what the merge does to OURS.

    `know` gives contents by blob; it is asked only where a record is gone at all.
    """
    there = {path: _gone(path, theirs) for path in theirs if path in changes and changes[path] is None}
    mine = {path: _gone(path, ours) for path in ours if ours[path][1] is None and path not in changes}
    yield from _missed({path: unit for path, unit in there.items() if unit is not None}, ours, know, here)
    left = {path: unit for path, unit in mine.items() if unit is not None}
    came = {
        path: (before, after)
        for path, (before, after) in theirs.items()
        if path in changes and changes[path] is not None
    }
    yield from _missed({path: _turned(unit) for path, unit in left.items()}, came, know, here)


def _missed(
    gone: Mapping[str, Unit],
    changed: Difference,
    know: Callable[[Sequence[str]], Mapping[str, bytes]],
    here: Snapshot,
) -> Iterator[tuple[Unit, tuple[Ref, ...]]]:
    """Those of the records that the changed ones name anew."""
    alive = {ref.id for ref in (record_at(path) for path, (_, after) in changed.items() if after) if ref is not None}
    # An entry that only moved is still there under its id.
    wanted = {
        path: unit for path, unit in gone.items() if not (path.startswith("entries/") and Ref(path[:-5]).id in alive)
    }
    if not wanted:
        return
    files = [
        (path, before, after) for path, (before, after) in changed.items() if after is not None and record_at(path)
    ]
    blobs = know([file.blob for _, before, after in files for file in (before, after) if file is not None])
    named: dict[Ref, _Names] = {}
    for path, before, after in files:
        ref = record_at(path)
        if ref is not None:
            earlier: _Names = _names(ref, blobs[before.blob]) if before is not None else frozenset()
            named[ref] = _names(ref, blobs[after.blob]) - earlier
    for path, unit in wanted.items():
        target = Ref(path.removesuffix(".toml"))
        word = kind_of(target).word
        sources = tuple(ref for ref, names in named.items() if {(word, target.id), ("", str(target))} & names)
        if sources and not (word == "entry" and _elsewhere(here, target)):
            yield unit, sources


def _elsewhere(here: Snapshot, ref: Ref) -> bool:
    known = here.by_id("entry", ref.id)
    return known is not None and known != ref


def _names(ref: Ref, data: bytes) -> _Names:
    """What a record names: kind and id, or no kind and a REF; an entry's folder too."""
    record = codec.read_record(data, ref.path, kind_of(ref).model).record
    if record is None:
        return frozenset()
    found = {(refers.kind, text) for _, refers, text in references(record)}
    if ref.department is not None:
        found.add(("department", ref.department))
    return frozenset(found)


def _gone(path: str, side: Difference) -> Unit | None:
    """The unit of a record that this side took away, the other side having left it as it was."""
    before, after = side[path]
    if before is None or after is not None or record_at(path) is None:
        return None
    version = Version(path, before)
    return Unit(version, version, None)


def _turned(unit: Unit) -> Unit:
    """The same, taken away by us."""
    return Unit(unit.base, unit.theirs, unit.ours)

"""A change of many records, worked out before it is carried out: what a preview shows is what the save does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Self

from kyoju_tui.records.base import Record
from kyoju_tui.records.changes import changes, describe_all
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.kinds import kind_of_model
from kyoju_tui.records.plain import to_plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.requests import Action, Base, Change, Put, PutBack, Saved

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace

REMARK: Final = "なお、"


@dataclass(frozen=True, slots=True)
class Present:
    """The records of one moment, and the file each edit of them begins from."""

    snapshot: Snapshot
    bases: Mapping[Ref, Base]

    @classmethod
    def of(cls, workspace: Workspace) -> Self:
        """The records as they are now. A save that falls between is waited out: no base is newer than its record."""
        while True:
            snapshot = workspace.snapshot
            bases = {ref: workspace.base(ref) for ref in snapshot.records}
            if workspace.snapshot is snapshot:
                return cls(snapshot, bases)

    def base(self, ref: str) -> Base:
        """What an edit of this record begins from."""
        return self.bases.get(Ref(ref), Base(Ref(ref), None))

    def putting(self, ref: Ref, record: Record) -> Put:
        """The change that saves a record."""
        return Put(ref, record, self.base(ref))


@dataclass(frozen=True, slots=True)
class Planned:
    """One commit that is not made yet. `remarks` say what stays as it is, and what is left to do."""

    changes: tuple[Change, ...]
    action: Action
    subject: str
    lines: tuple[str, ...]
    remarks: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """The preview: every record that changes, then the remarks."""
        return (*self.lines, *(f"{REMARK}{remark}" for remark in self.remarks))

    def record(self, workspace: Workspace) -> Future[Saved]:
        """Carry it out, all or nothing. Errors: those of `Workspace.batch`."""
        return workspace.batch(self.changes, action=self.action, subject=self.subject)


def told(planned: Sequence[Change], snapshot: Snapshot) -> Iterator[str]:
    """A line per record that changes, in words: what it is called, and what becomes of it."""
    came = {change.ref.id: change.ref for change in planned if isinstance(change, PutBack) and change.data is not None}
    gone = {change.ref for change in planned if isinstance(change, PutBack) and change.data is None}
    after = snapshot.replacing(
        {
            **{change.ref: change.record for change in planned if isinstance(change, Put)},
            # What names a moved entry is told with its title, before and after.
            **{came[old.id]: snapshot.records[old] for old in gone},
        }
    )
    for change in planned:
        if isinstance(change, PutBack) and change.data is None:
            old, new = change.ref, came[change.ref.id]
            where = f"{_folder(old, after)} → {_folder(new, after)}"
            yield f"{named(old, snapshot.records.get(old), after)}：{where}"
        elif isinstance(change, Put) and isinstance(change.record, Finding) and change.ref not in snapshot:
            # Filed anew, since its key is made of what it is about.
            yield f"{named(change.ref, change.record, after)}：対象の所管を書き換え"
        elif isinstance(change, Put):
            yield from _put(change, snapshot, after)


def _put(change: Put, before: Snapshot, after: Snapshot) -> Iterator[str]:
    old, what = before.get(change.ref), named(change.ref, change.record, after)
    if old is None:
        yield f"{what}：新しい記録"
        return
    found = changes(to_plain(old), to_plain(change.record), type(change.record), after.full_name)
    lines = describe_all(found, after.full_name)
    if lines:
        yield f"{named(change.ref, old, before)}：{'、'.join(lines)}"


def named(ref: Ref, record: Record | None, snapshot: Snapshot) -> str:
    """What a record is called in a list of many kinds: `取組「見守り訪問」（高齢福祉課）`."""
    if record is None:
        return str(ref)
    word = record.kind if isinstance(record, Entry) else kind_of_model(type(record)).label
    heading = record.heading or (snapshot.title(ref) if ref in snapshot else "")
    where = f"（{_folder(ref, snapshot)}）" if isinstance(record, Entry) else ""
    return f"{word}「{heading}」{where}" if heading and heading != word else f"{word}{where}"


def _folder(ref: Ref, snapshot: Snapshot) -> str:
    return "共通" if ref.department in (None, COMMON) else snapshot.full_name("department", ref.department or "")

"""What an inquiry asks of one department: the rows of the matrix and the kinds, under the form's headings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, get_args

from kyoju_tui.overview.asked import nothing_cells, rows_asked
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.snapshot import Snapshot

REST: Final = "そのほか"
_KINDS: Final[tuple[EntryKind, ...]] = get_args(EntryKind)
# What goes on stands before what is over.
_STATUS: Final = ("取組中", "検討中", "必要", "終了", None)


@dataclass(frozen=True, slots=True)
class Block:
    """One category × kind: the department's entries there, and whether the inquiry has 「該当なし」 for it already."""

    category: str
    kind: EntryKind
    entries: tuple[Ref, ...]
    nothing: bool


@dataclass(frozen=True, slots=True)
class AskedSection:
    """A heading of the form with what is asked under it."""

    label: str
    blocks: tuple[Block, ...]


def asking(snapshot: Snapshot, inquiry: Inquiry, department: str) -> tuple[AskedSection, ...]:
    """What this department is asked, in the order of the inquiry's sections; empty where it has none of the rows.

    A row that no section names stands at the end. An entry of several rows stands once, under the first that is asked.
    """
    rows = categories_asked(snapshot, inquiry, department)
    nothing = nothing_cells(inquiry, rows)
    kinds = sorted(frozenset[EntryKind](inquiry.kinds or _KINDS), key=_KINDS.index)
    placed: set[Ref] = set()
    sections: list[AskedSection] = []
    for label, categories in _headings(snapshot, inquiry, rows):
        blocks: list[Block] = []
        for category in categories:
            said = nothing.get((category, department), frozenset[str | None]())
            for kind in kinds:
                entries = _entries(snapshot, category, department, kind, placed)
                placed.update(entries)
                blocks.append(Block(category, kind, entries, None in said or kind in said))
        sections.append(AskedSection(label, tuple(blocks)))
    return tuple(sections)


def categories_asked(snapshot: Snapshot, inquiry: Inquiry, department: str) -> tuple[str, ...]:
    """The rows in use that the inquiry asks about and that the department is expected to fill."""
    known = snapshot.departments.get(department)
    expected = frozenset(known.categories) if known is not None else frozenset[str]()
    return tuple(row for row in rows_asked(inquiry, snapshot.categories_in_use) if not expected or row in expected)


def _headings(snapshot: Snapshot, inquiry: Inquiry, rows: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    """The headings with their rows, every row once."""
    if not any(section.categories for section in inquiry.sections):
        yield from ((snapshot.full_name("category", row), [row]) for row in rows)
        return
    left = list(rows)
    for section in inquiry.sections:
        found = [row for row in dict.fromkeys(section.categories) if row in left]
        if found:
            left = [row for row in left if row not in found]
            names = "・".join(snapshot.full_name("category", row) for row in found)
            yield section.label or names, found
    if left:
        yield REST, left


def _entries(snapshot: Snapshot, category: str, department: str, kind: EntryKind, placed: set[Ref]) -> tuple[Ref, ...]:
    here = [
        ref
        for ref in snapshot.entries_by_cell.get((category, department), ())
        if ref not in placed and snapshot.entries[ref].kind == kind
    ]
    return tuple(sorted(here, key=lambda ref: (_STATUS.index(snapshot.entries[ref].status), ref)))

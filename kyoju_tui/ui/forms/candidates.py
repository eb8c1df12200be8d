"""What a reference can be set to: records of a kind by name, found by kanji, kana and romaji."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from kyoju_tui.records.category import Category
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import KINDS, kind_of_model
from kyoju_tui.records.snapshot import Snapshot


@dataclass(frozen=True)
class Candidate:
    """One record that can be chosen: the text that stands in the file, its name, and what tells it from others."""

    value: str
    name: str
    detail: str = ""
    search: tuple[str, ...] = field(default=(), repr=False)

    @property
    def record_id(self) -> str:
        """The id as it is shown; an answer that is no record (「すべての部署」) has none."""
        return "" if self.value.startswith("@") else self.value

    @cached_property
    def text(self) -> SearchText:
        """Everything that it is found by."""
        return SearchText.of(self.name, self.detail, self.record_id, *self.search)


def candidates(snapshot: Snapshot, kind: str, today: date) -> tuple[Candidate, ...]:
    """The records of a kind, of all where it is empty; departments and categories in order, those in use only."""
    if kind == "department":
        return tuple(
            _candidate(snapshot, Ref(f"departments/{key}"), kind) for key in snapshot.departments_in_use(today)
        )
    if kind == "category":
        return tuple(_candidate(snapshot, Ref(f"categories/{key}"), kind) for key in snapshot.categories_in_use)
    refs = snapshot.all(KINDS[kind].model) if kind else snapshot.records
    return tuple(_candidate(snapshot, ref, kind) for ref in refs)


def _candidate(snapshot: Snapshot, ref: Ref, kind: str) -> Candidate:
    record = snapshot.records[ref]
    reading = str(getattr(record, "reading", None) or "")
    # A name that is cut for the matrix is not what people look for.
    name = record.name if isinstance(record, Department | Category) else snapshot.title(ref)
    details: list[str] = [] if kind else [kind_of_model(type(record)).label]
    if isinstance(record, Entry):
        details += [
            record.kind,
            snapshot.name("department", ref.department or "") if ref.department != "common" else "",
        ]
    held = getattr(record, "held_on", None)
    if isinstance(held, date):
        details.append(format_date(held, weekday=False))
    return Candidate(ref.id if kind else str(ref), name, "　".join(filter(None, details)), (reading, record.heading))

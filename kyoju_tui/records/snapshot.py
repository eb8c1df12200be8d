"""All records of one moment, immutable, with the indexes that the matrix, the rules and the screens need.

A Snapshot is replaced, never mutated. Drafts and unsaved forms never enter it. A record whose file cannot be read is
not in it, but its REF stays taken (`broken`), so that nothing is written over it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import cast

from kyoju_tui.records.area import Area
from kyoju_tui.records.base import Record, RecordT
from kyoju_tui.records.category import Category
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.department import Department
from kyoju_tui.records.description import references
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import UnknownRef
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.kinds import KINDS, kind_of, kind_of_model
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.store import Store


@dataclass(frozen=True, slots=True)
class Reference:
    """One record naming another: who, in which field (dotted), and the text that names it."""

    source: Ref
    field: str
    kind: str
    text: str


class Snapshot:
    """All records of one moment by REF.

    `records` must not be changed after it was handed over. `broken` are the REFs whose files could not be read.
    """

    def __init__(self, records: Mapping[Ref, Record], broken: Iterable[Ref] = ()) -> None:
        self.records: Mapping[Ref, Record] = MappingProxyType(dict(records))
        self.broken = frozenset(broken)
        self._by_model: dict[type[Record], dict[Ref, Record]] = {}
        for ref, record in self.records.items():
            self._by_model.setdefault(type(record), {})[ref] = record

    def __len__(self) -> int:
        return len(self.records)

    def __contains__(self, ref: object) -> bool:
        return ref in self.records

    def all(self, model: type[RecordT]) -> Mapping[Ref, RecordT]:
        """Every record of a kind by REF, in the order of their paths."""
        return cast("Mapping[Ref, RecordT]", self._by_model.get(model, {}))

    def get(self, ref: str) -> Record | None:
        """The record, or None."""
        return self.records.get(Ref(ref))

    def expect(self, ref: str, model: type[RecordT]) -> RecordT:
        """The record of this model; raises `UnknownRef` where there is none."""
        record = self.records.get(Ref(ref))
        if not isinstance(record, model):
            raise UnknownRef(f"「{ref}」という記録は見つかりません。", cure="一覧で確かめてください。")
        return record

    def by_id(self, kind: str, record_id: str) -> Ref | None:
        """The REF of the record of this kind (domain word) with this id."""
        if kind == "entry":
            return self._entry_refs.get(record_id)
        ref = KINDS[kind].ref(record_id)
        return ref if ref in self.records else None

    def target(self, kind: str, text: str) -> Ref | None:
        """What a reference names: a bare id where the kind is fixed, a REF where `kind` is empty; None if dangling."""
        if kind:
            return self.by_id(kind, text)
        return Ref(text) if Ref(text) in self.records else None

    def find(self, text: str) -> Ref:
        """The record that a person names: a REF, or an id that is unique over kinds. Raises `UnknownRef`."""
        ref = Ref(text.removesuffix(".toml"))
        if ref in self.records or ref in self.broken:
            return ref
        found = self._refs_by_id.get(text, ())
        if len(found) == 1:
            return found[0]
        if found:
            raise UnknownRef(
                f"「{text}」は{len(found)}件あります。", cure=f"場所で指定してください：{'、'.join(found)}"
            )
        raise UnknownRef(f"「{text[:80]}」という記録は見つかりません。", cure="種類ごとの一覧で確かめてください。")

    def name(self, kind: str, text: str) -> str:
        """What a reference is called on screens; the text itself where it names nothing."""
        ref = self.target(kind, text)
        return self.title(ref) if ref is not None else text

    def full_name(self, kind: str, text: str) -> str:
        """What a reference is called where there is room and time goes by: the whole name, not the short one."""
        ref = self.target(kind, text)
        record = None if ref is None else self.records[ref]
        return record.name if isinstance(record, Department | Category) else self.name(kind, text)

    def title(self, ref: str) -> str:
        """What a record is called on screens: its short name, name or title."""
        record = self.records.get(Ref(ref))
        if record is None:
            return str(ref)
        if isinstance(record, Department | Category):
            return record.short or record.name
        return record.heading or kind_of_model(type(record)).label

    @property
    def store(self) -> Store:
        """The store's own record; raises `UnknownRef` where `store.toml` is absent or broken."""
        return self.expect("store", Store)

    @property
    def entries(self) -> Mapping[Ref, Entry]:
        """All entries."""
        return self.all(Entry)

    @property
    def meetings(self) -> Mapping[Ref, Meeting]:
        """All meetings."""
        return self.all(Meeting)

    @property
    def inquiries(self) -> Mapping[Ref, Inquiry]:
        """All inquiries."""
        return self.all(Inquiry)

    @property
    def findings(self) -> Mapping[Ref, Finding]:
        """The settled points."""
        return self.all(Finding)

    @property
    def areas(self) -> Mapping[Ref, Area]:
        """All areas."""
        return self.all(Area)

    @property
    def datasets(self) -> Mapping[Ref, Dataset]:
        """All data sets."""
        return self.all(Dataset)

    @cached_property
    def departments(self) -> Mapping[str, Department]:
        """All departments by id, in their order."""
        found = self.all(Department)
        ordered = sorted(found, key=lambda ref: (_order(found[ref].order), ref))
        return MappingProxyType({ref.id: found[ref] for ref in ordered})

    @cached_property
    def categories(self) -> Mapping[str, Category]:
        """All categories by id, in their order, retired ones too."""
        found = self.all(Category)
        ordered = sorted(found, key=lambda ref: (_order(found[ref].order), ref))
        return MappingProxyType({ref.id: found[ref] for ref in ordered})

    def departments_in_use(self, today: date) -> Mapping[str, Department]:
        """The columns of the matrix: departments that exist on that day."""
        return {
            record_id: department
            for record_id, department in self.departments.items()
            if (department.from_ is None or department.from_ <= today)
            and (department.until is None or today <= department.until)
        }

    @cached_property
    def categories_in_use(self) -> Mapping[str, Category]:
        """The rows of the matrix: neither retired nor merged into another."""
        return {
            record_id: category
            for record_id, category in self.categories.items()
            if not category.retired and category.merged_into is None
        }

    @cached_property
    def entries_by_cell(self) -> Mapping[tuple[str, str], tuple[Ref, ...]]:
        """Entries by (category, department folder); `common` is the folder of no department."""
        cells: dict[tuple[str, str], list[Ref]] = defaultdict(list)
        for ref, entry in self.entries.items():
            department = ref.department or COMMON
            for category in entry.categories:
                cells[category, department].append(ref)
        return {cell: tuple(refs) for cell, refs in cells.items()}

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """Every reference in every record."""
        return tuple(
            Reference(source, place, refers.kind, text)
            for source, record in self.records.items()
            for place, refers, text in references(record)
        )

    @cached_property
    def referrers(self) -> Mapping[Ref, tuple[Reference, ...]]:
        """Back-references: who names a record, and where."""
        found: dict[Ref, list[Reference]] = defaultdict(list)
        for reference in self.references:
            target = self.target(reference.kind, reference.text)
            if target is not None and target != reference.source:
                found[target].append(reference)
        # An entry lies in its department's folder: that is a reference too.
        for ref in self.entries:
            if ref.department not in (None, COMMON):
                found[Ref(f"departments/{ref.department}")].append(
                    Reference(ref, "", "department", ref.department or "")
                )
        return {ref: tuple(items) for ref, items in found.items()}

    def replacing(self, changed: Mapping[Ref, Record | None], broken: Iterable[Ref] | None = None) -> Snapshot:
        """The next moment: the given records put in place, those that are None taken away."""
        following = Snapshot({}, self.broken if broken is None else broken)
        following.records = MappingProxyType(_replaced(self.records, changed))
        following._by_model = dict(self._by_model)
        for model in {
            type(record) for ref in changed for record in (self.get(ref), changed[ref]) if record is not None
        }:
            ours = {ref: record if isinstance(record, model) else None for ref, record in changed.items()}
            following._by_model[model] = _replaced(self._by_model.get(model, {}), ours)
        return following

    @cached_property
    def _entry_refs(self) -> Mapping[str, Ref]:
        return {ref.id: ref for ref in self.entries}

    @cached_property
    def _refs_by_id(self) -> Mapping[str, tuple[Ref, ...]]:
        found: dict[str, list[Ref]] = defaultdict(list)
        for ref in (*self.records, *self.broken):
            found[ref.id].append(ref)
        return {record_id: tuple(refs) for record_id, refs in found.items()}

    def taken_ids(self, kind: str) -> frozenset[str]:
        """Ids of a kind that a new record may not take, broken files included."""
        model = KINDS[kind].model
        broken = (ref.id for ref in self.broken if kind_of(ref).word == kind)
        return frozenset([*(ref.id for ref in self.all(model)), *broken])


def _replaced(records: Mapping[Ref, Record], changed: Mapping[Ref, Record | None]) -> dict[Ref, Record]:
    """A copy with the changes made, in the order of paths."""
    following = dict(records)
    came = False
    for ref, record in changed.items():
        if record is None:
            following.pop(ref, None)
        else:
            came = came or ref not in following
            following[ref] = record
    return {ref: following[ref] for ref in sorted(following)} if came else following


def _order(order: int | None) -> tuple[bool, int]:
    return order is None, order or 0

"""How a sheet is laid out: its head, what each column is, whose it is; kept as a `mapping` record for the next one."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field, replace
from typing import Final, Literal, TypeAlias

from kyoju_tui.exchange.sheets import words
from kyoju_tui.exchange.sheets.names import LEFT_OUT, Decisions, Named
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref, is_id, new_part_id
from kyoju_tui.records.mapping import Mapping
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.text import LINE_LIMIT

Form: TypeAlias = Literal["一覧表", "事務事業一覧"]
FORMS: Final[tuple[Form, ...]] = ("一覧表", "事務事業一覧")
_FOLDERS: Final[dict[str, Named]] = {"departments": "department", "categories": "category"}
_TOPS: Final[dict[Named, str]] = {"department": "departments", "category": "categories"}


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """One column: its heading on one line, what it is (a word of `words.meanings`; empty: unknown), and where its head
    names a department or category, that name and, if a kept mapping says so, its id. `unit` is that of its money.
    """  # noqa: D205

    number: int
    heading: str
    field: str = ""
    named: Named | Literal[""] = ""
    name: str = ""
    id: str = ""
    unit: str = ""

    def being(self, meaning: str) -> LayoutColumn:
        """The same column with another meaning. Whose it is stays where its cells are still split into entries."""
        if meaning in words.CELLS:
            return replace(self, field=meaning)
        return replace(self, field=meaning, named="", name="", id="")


@dataclass(frozen=True)
class Layout:
    """The layout of `sheet` (and of `others`, which have the same head). Rows and columns are counted from 0.

    `legend` is what the sheet says its bullets stand for. `mapping` is the record that it was taken from.
    """

    sheet: str
    form: Form
    head_from: int
    head_rows: int
    columns: tuple[LayoutColumn, ...]
    others: tuple[str, ...] = ()
    legend: Map[str, EntryKind] = field(default_factory=dict[str, EntryKind])
    mapping: Ref | None = None

    @property
    def body(self) -> int:
        """The first row below the head."""
        return self.head_from + self.head_rows

    def of(self, meaning: str) -> tuple[LayoutColumn, ...]:
        """The columns of a meaning."""
        return tuple(column for column in self.columns if column.field == meaning)

    def changed(self, column: LayoutColumn) -> Layout:
        """With one column understood otherwise."""
        columns = tuple(column if each.number == column.number else each for each in self.columns)
        return replace(self, columns=columns, form=form_of(columns), mapping=None)


def form_of(columns: tuple[LayoutColumn, ...]) -> Form:
    """A row is a project where there is a column for what it is called or does."""
    return "事務事業一覧" if any(each.field in ("title", "outline") for each in columns) else "一覧表"


def kept(layout: Layout, decisions: Decisions, title: str) -> Mapping:
    """The record that keeps a layout and what was settled about names for the next sheet with the same heads."""
    columns: list[dict[str, object]] = []
    taken: set[str] = set()
    for each in layout.columns:
        if not each.heading:
            continue
        column: dict[str, object] = {"id": new_part_id(taken), "heading": each.heading[:LINE_LIMIT]}
        taken.add(str(column["id"]))
        if each.field:
            column["field"] = each.field
        if each.unit:
            column["unit"] = each.unit
        settled = _settled(each, decisions)
        if each.named and settled:
            column[each.named] = settled
        columns.append(column)
    values: list[dict[str, object]] = []
    of_columns = {(each.named, fold(each.name)) for each in layout.columns if each.named}
    for (kind, word), record_id in sorted(decisions.means.items()):
        if word and ((kind, word) not in of_columns or record_id == LEFT_OUT):
            # Nothing behind the folder: left out.
            value = {"id": new_part_id(taken), "written": word[:LINE_LIMIT], "means": f"{_TOPS[kind]}/{record_id}"}
            taken.add(value["id"])
            values.append({**value})
    return Mapping.model_validate(
        {
            "title": title,
            "form": layout.form,
            "sheet": layout.sheet[:LINE_LIMIT] or None,
            "head_from": min(layout.head_from + 1, 100),
            "head_rows": layout.head_rows,
            "columns": columns,
            "values": values,
        }
    )


def same_mapping(one: Mapping, other: Mapping) -> bool:
    """Whether two records keep the same, whatever their tables are numbered."""

    def bare(mapping: Mapping) -> object:
        columns = [(each.heading, each.field, each.department, each.category, each.unit) for each in mapping.columns]
        values = sorted((each.written or "", each.means or "") for each in mapping.values)
        return mapping.form, columns, values

    return bare(one) == bare(other)


def fitting(snapshot: Snapshot, headings: tuple[str, ...]) -> Ref | None:
    """The kept mapping whose headings are all among these, the one with the most of them; None where there is none."""
    there = {fold(each) for each in headings}
    best: tuple[int, Ref] | None = None
    for ref, mapping in snapshot.all(Mapping).items():
        wanted = {fold(each.heading or "") for each in mapping.columns} - {""}
        if mapping.form in FORMS and wanted and wanted <= there and (best is None or len(wanted) > best[0]):
            best = len(wanted), ref
    return best[1] if best else None


def applied(layout: Layout, mapping: Mapping, ref: Ref | None) -> Layout:
    """The layout with its columns understood as a kept mapping says, by their headings."""
    by_heading = {fold(each.heading or ""): each for each in mapping.columns}
    columns: list[LayoutColumn] = []
    for each in layout.columns:
        told = by_heading.get(fold(each.heading))
        if told is None:
            columns.append(each)
            continue
        named: Named | Literal[""] = "department" if told.department else "category" if told.category else each.named
        record_id = told.department or told.category or ""
        column = replace(each, field=told.field or "", unit=told.unit or each.unit, id=record_id, named=named)
        columns.append(column if column.field in words.CELLS else column.being(column.field))
    return replace(layout, columns=tuple(columns), form=form_of(tuple(columns)), mapping=ref)


def remembered(mapping: Mapping, decisions: Decisions, snapshot: Snapshot) -> Decisions:
    """What a kept mapping says of words, under what was settled now. What has gone since is not settled any more."""
    means: dict[tuple[Named, str], str] = {}
    for each in mapping.values:
        folder, _, record_id = (each.means or "").partition("/")
        kind = _FOLDERS.get(folder)
        if kind is None or not each.written:
            continue
        if record_id == LEFT_OUT or (is_id(record_id) and Ref(f"{folder}/{record_id}") in snapshot):
            means[kind, fold(each.written)] = record_id
    return Decisions({**means, **decisions.means}, decisions.created, decisions.department, decisions.category)


def _settled(column: LayoutColumn, decisions: Decisions) -> str:
    if column.id or not column.named:
        return column.id
    return decisions.means.get((column.named, fold(column.name)), "")

"""A town that asks its departments, and answers written into the forms as people do it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

from kyoju_tui.exchange.bringing import Bringing
from kyoju_tui.exchange.inquiries.inquiry_answers import Arrived, Expected, Turned, bring, read_answers
from kyoju_tui.exchange.inquiries.inquiry_export import make_forms
from kyoju_tui.exchange.inquiries.inquiry_layout import RowMark, columns, results_year
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.workspace.requests import Base, Put, Saved
from kyoju_tui.workspace.workspace import Workspace

TODAY = date(2026, 11, 23)
ASKED = Ref("inquiries/20261101-qqqqq")
VISITS = Ref("entries/korei/20261101-aaaaa")
LONELY = Ref("entries/korei/20261101-ccccc")
COUNTED = Ref("entries/korei/20261101-ddddd")
HOUSES = Ref("entries/jutaku/20261101-bbbbb")
SAID = 4
COLUMN = {column.name: column.number for column in columns(results_year(TODAY, 4))}

Write = Callable[[Any], object]

TOWN: dict[str, dict[str, object]] = {
    "departments/jutaku": {"name": "住宅政策課", "short": "住宅", "order": 10},
    "departments/korei": {"name": "高齢福祉課", "short": "高齢", "order": 20},
    VISITS: {
        "title": "見守り訪問", "kind": "取組", "status": "検討中", "categories": ["koreisha", "sumai"],
        "outline": "協力員が訪問する。\n月に1回。", "results": [{"fiscal_year": 2025, "text": "12世帯"}],
        "since": date(2024, 4, 1),
    },
    LONELY: {"title": "孤立", "kind": "課題", "categories": ["koreisha"], "outline": "声がかからない。"},
    COUNTED: {"title": "ひとり暮らしの数", "kind": "データ", "data_kind": "統計", "categories": ["koreisha"]},
    HOUSES: {"title": "空き家相談窓口", "kind": "取組", "status": "取組中", "categories": ["sumai"]},
    ASKED: {
        "title": "時点修正の照会", "form": "照会", "issued_on": date(2026, 11, 6), "due_on": date(2026, 11, 27),
        "targets": [{"department": each, "sent_on": date(2026, 11, 6)} for each in ("korei", "jutaku")],
    },
}  # fmt: skip


def put(workspace: Workspace, records: dict[str, dict[str, object]]) -> None:
    """Record these by REF, as one save."""
    puts = [
        Put(Ref(ref), kind_of(ref).model.model_validate(each), workspace.base(ref)) for ref, each in records.items()
    ]
    workspace.batch(puts, action="update").result()


def change(workspace: Workspace, ref: Ref, **fields: object) -> None:
    """A member of staff edits a record here."""
    record = workspace.snapshot.records[ref]
    base = workspace.base(ref)
    workspace.batch([Put(ref, record.but(**fields), base if base.data else Base(ref, None))], action="update").result()


@dataclass(frozen=True, slots=True)
class Office:
    """The store, and a folder for what comes back."""

    workspace: Workspace
    folder: Path

    def form(self, name: str = "回答.xlsx", department: str = "korei", *writes: Write, inquiry: Ref = ASKED) -> Path:
        """A form that goes out now, with these things written into it."""
        path = self.folder / name
        path.write_bytes(make_forms(self.workspace, inquiry, TODAY, [department], "none").files[0].data)
        return self.edited(path, *writes) if writes else path

    def edited(self, path: Path, *writes: Write, name: str = "") -> Path:
        """The same file with more written into it."""
        book = openpyxl.load_workbook(path)
        for write in writes:
            write(book)
        book.save(self.folder / (name or path.name))
        return self.folder / (name or path.name)

    def read(self, *paths: Path, **expected: Any) -> tuple[Arrived | Turned, ...]:
        """What the files are."""
        return read_answers(self.workspace, paths, TODAY, Expected(**expected))

    def bringing(self, path: Path, **expected: Any) -> Bringing:
        """What one file changes."""
        (found,) = self.read(path, **expected)
        assert isinstance(found, Arrived), found.error.message
        return bring(self.workspace, found, TODAY)

    def brought(self, path: Path, **expected: Any) -> Bringing:
        """One file, recorded."""
        found = self.bringing(path, **expected)
        self.record(found)
        return found

    def record(self, found: Bringing) -> Saved:
        """Record what a file changes."""
        return self.workspace.batch(found.changes, action="import", subject=found.subject).result()

    def turned(self, *paths: Path, **expected: Any) -> list[str]:
        """Why files are not taken, in words."""
        return [each.error.message for each in self.read(*paths, **expected) if isinstance(each, Turned)]

    @property
    def inquiry(self) -> Inquiry:
        """The inquiry as it is now."""
        return self.workspace.snapshot.expect(ASKED, Inquiry)

    def entry(self, ref: Ref) -> Any:
        """An entry as it is now."""
        return self.workspace.snapshot.records[ref]


def row_of(book: Any, which: Ref | tuple[str, str, str]) -> int:
    """The row of an entry, or the first of a sort, category and kind."""
    sheet = book["回答"]
    for row in range(1, sheet.max_row + 1):
        mark = RowMark.parse(sheet.cell(row, 1).value)
        if mark is not None and which in (mark.entry, (mark.sort, mark.category, mark.kind)):
            return row
    raise AssertionError(f"no row for {which}")


def cell(which: Ref | tuple[str, str, str], field: str, value: object) -> Write:
    """Write into a field of a row; `said` is 変更の有無 or 該当なし."""

    def write(book: Any) -> None:
        column = SAID if field == "said" else COLUMN[field]
        found = book["回答"].cell(row_of(book, which), column)
        found.value = value
        if isinstance(value, str) and not value.startswith("=formula"):
            found.data_type = "s"

    return write


def without_ids(book: Any) -> None:
    """The hidden column is lost."""
    book["回答"].delete_cols(1)


def without_copy(book: Any) -> None:
    """The hidden sheet is lost."""
    del book["控え"]


def new_row(category: str, kind: str, **fields: object) -> Write:
    """Fill in the first row for a new entry."""

    def write(book: Any) -> None:
        row = row_of(book, ("new", category, kind))
        for name, value in fields.items():
            found = book["回答"].cell(row, COLUMN[name])
            found.value = value
            if isinstance(value, str):
                found.data_type = "s"

    return write

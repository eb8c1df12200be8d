"""How long the forms of an inquiry take, beside openpyxl writing the very same cells without any looks.

A store of 30 departments, 7 categories and some hundred entries is made; the whole set of forms is written, and then
every cell of those files (the empty ones that are to be filled in too) is written once more by openpyxl alone, one
value after the other, into files with the same sheets. Both run in turn in one process; told are medians.

    python -m benchmarks.forms_speed [--departments 30] [--entries 300] [--runs 5]
"""

from __future__ import annotations

import argparse
import io
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from kyoju_tui.exchange.forms.file_set import write_set
from kyoju_tui.exchange.forms.form_set import FormSet
from kyoju_tui.exchange.inquiries.inquiry_export import LetterForm, make_forms
from kyoju_tui.records.base import Record
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.workspace.new_store.start import init_store
from kyoju_tui.workspace.requests import Base, Put
from kyoju_tui.workspace.workspace import Workspace

WHO: Final = "住宅政策課 担当 <jutaku@example.jp>"
TODAY: Final = date(2026, 11, 23)
INQUIRY: Final = Ref("inquiries/20261101-aaaaa")

Cells = Mapping[str, Sequence[tuple[int, int, object]]]
"""The cells of one file by sheet: row, column, value (None: empty, to be filled in)."""


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians in milliseconds over the whole set, and how ours stands to openpyxl's.

    `plain` writes all the cells that a form has, `filled` leaves out those that are empty.
    """

    departments: int
    entries: int
    cells: int
    empty: int
    runs: int
    ours: float
    plain: float
    filled: float
    with_letters: float

    @property
    def ratio(self) -> float:
        """Ours by openpyxl's own, the same cells."""
        return self.ours / self.plain

    def as_json(self) -> dict[str, object]:
        """For a program."""
        return {
            "departments": self.departments,
            "entries": self.entries,
            "cells": self.cells,
            "empty_cells": self.empty,
            "runs": self.runs,
            "ours_ms": round(self.ours, 1),
            "openpyxl_ms": round(self.plain, 1),
            "openpyxl_filled_only_ms": round(self.filled, 1),
            "with_letters_ms": round(self.with_letters, 1),
            "ratio": round(self.ratio, 2),
            "ratio_filled_only": round(self.ours / self.filled, 2),
        }


def make_store(folder: Path, departments: int, entries: int) -> Path:
    """A store with an inquiry that asks every department about all 7 categories."""
    root = init_store(folder / "store", "試験市", "handbook-7", author=WHO)
    workspace = Workspace.open(root, author=WHO)
    rows = list(workspace.snapshot.categories_in_use)
    names = [f"d{number:02}" for number in range(departments)]
    made = [_record("department", name, None, name=f"第{number}課") for number, name in enumerate(names, 1)]
    made += [
        _record("entry", f"20261101-{number:05}", names[number % departments], **_entry(number, rows))
        for number in range(entries)
    ]
    asked = {"title": "取組・課題等について（照会）", "form": "照会", "issued_on": TODAY, "due_on": date(2026, 12, 7)}
    made.append(_record("inquiry", INQUIRY.id, None, **asked, targets=[{"department": name} for name in names]))
    try:
        workspace.batch([Put(ref, record, Base(ref, None)) for ref, record in made], action="create").result()
    finally:
        workspace.close()
    return root


def measure(folder: Path, departments: int, entries: int, runs: int) -> Figures:
    """Make a store in `folder` and measure."""
    workspace = Workspace.open(make_store(folder, departments, entries), author=WHO)
    try:
        books = [_cells(file.data) for file in _forms(workspace, "none").files]
        filled = [_without_empty(book) for book in books]
        works: dict[str, Callable[[Path], object]] = {
            "ours": lambda place: write_set(_forms(workspace, "none"), place),
            "plain": lambda place: _plain(books, place),
            "filled": lambda place: _plain(filled, place),
            "letters": lambda place: write_set(_forms(workspace, "docx"), place),
        }
        times: dict[str, list[float]] = {kind: [] for kind in works}
        for run in range(runs):
            for kind, work in works.items():
                place = folder / f"{kind}-{run}"
                place.mkdir()
                started = time.perf_counter()
                work(place)
                times[kind].append((time.perf_counter() - started) * 1000)
                if len(list(place.glob("*.xlsx"))) != departments:
                    raise RuntimeError(f"{kind}: not every department has its file")
    finally:
        workspace.close()
    medians = {kind: statistics.median(found) for kind, found in times.items()}
    counts = [sum(map(len, book.values())) for book in books], [sum(map(len, book.values())) for book in filled]
    return Figures(
        departments, entries, sum(counts[0]), sum(counts[0]) - sum(counts[1]), runs,
        medians["ours"], medians["plain"], medians["filled"], medians["letters"],
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.forms_speed")
    parser.add_argument("--departments", type=int, default=30)
    parser.add_argument("--entries", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kyoju-forms-") as folder:
        found = measure(Path(folder), told.departments, told.entries, told.runs)
    print(json.dumps({"schema": 1, "export": found.as_json()}, ensure_ascii=False, indent=2))
    print(
        f"export, {found.departments} departments, {found.entries} entries, {found.cells} cells: {found.ours:.0f} ms, "
        f"openpyxl alone {found.plain:.0f} ms ({found.ratio:.2f}×), "
        f"without the empty cells {found.filled:.0f} ms ({found.ours / found.filled:.2f}×)"
    )
    return 0


def _record(kind: str, record_id: str, department: str | None, /, **fields: object) -> tuple[Ref, Record]:
    known = KINDS[kind]
    return known.ref(record_id, department), known.model.model_validate(fields)


def _entry(number: int, rows: Sequence[str]) -> dict[str, object]:
    kind = ("取組", "課題", "データ")[number % 7 % 3]
    told: dict[str, object] = {
        "title": f"見守り訪問その{number}",
        "kind": kind,
        "categories": [rows[number % len(rows)]],
        "outline": "協力員が月に一度訪ねて、暮らしの様子をたしかめる。\n困りごとは担当へつなぐ。",
        "as_of": date(2026, 4, 1),
        "section": "地域支援係",
        "extension": "内線 2314",
    }
    if kind == "取組":
        told |= {"status": "取組中", "since": date(2020, 4, 1), "difficulties": "担い手が増えず、訪問先が偏っている。"}
        told |= {"results": [{"fiscal_year": 2025, "text": "延べ412世帯"}], "target_group": "ひとり暮らしの高齢者"}
    return told


def _forms(workspace: Workspace, letter: LetterForm) -> FormSet:
    return make_forms(workspace, INQUIRY, TODAY, letter=letter)


def _cells(data: bytes) -> Cells:
    import openpyxl

    book: Any = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [
            (cell.row, cell.column, cell.value)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None or cell.has_style
        ]
        for sheet in book.worksheets
    }


def _without_empty(book: Cells) -> Cells:
    return {name: [cell for cell in cells if cell[2] is not None] for name, cells in book.items()}


def _plain(books: Sequence[Cells], place: Path) -> None:
    """Write the cells as anybody would with openpyxl, without looks."""
    import openpyxl

    for number, book in enumerate(books):
        made: Any = openpyxl.Workbook()
        made.remove(made.active)
        for name, cells in book.items():
            sheet = made.create_sheet(name)
            for row, column, value in cells:
                sheet.cell(row, column, value)
        made.save(place / f"{number}.xlsx")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

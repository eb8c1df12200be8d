"""How long bringing answers in takes, beside openpyxl reading the very same files alone (read-only, values only).

A store of 30 departments and 7 categories asks everybody; every form comes back with some rows edited and one added.
All answers are read and worked out, and openpyxl reads every cell of the same files; both in turn in one process, told
are medians. Recording them (a commit a file) is measured once, beside.

    python -m benchmarks.answers_speed [--departments 30] [--entries 300] [--runs 5]
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.forms_speed import INQUIRY, TODAY, WHO, make_store
from kyoju_tui.exchange.bringing import Bringing
from kyoju_tui.exchange.inquiries.inquiry_answers import Arrived, Expected, bring, read_answers
from kyoju_tui.exchange.inquiries.inquiry_export import make_forms
from kyoju_tui.exchange.inquiries.inquiry_layout import RowMark, columns, results_year
from kyoju_tui.workspace.workspace import Workspace

_COLUMN: Final = {column.name: column.number for column in columns(results_year(TODAY, 4))}
_EVERY: Final = 3


@dataclass(frozen=True, slots=True)
class Figures:
    """Medians in milliseconds over all files; `recording` is one run of a commit a file."""

    departments: int
    entries: int
    changes: int
    runs: int
    ours: float
    plain: float
    recording: float

    @property
    def ratio(self) -> float:
        """Ours by openpyxl's own, the same files."""
        return self.ours / self.plain

    def as_json(self) -> dict[str, object]:
        """For a program."""
        return {
            "departments": self.departments,
            "entries": self.entries,
            "changes": self.changes,
            "runs": self.runs,
            "ours_ms": round(self.ours, 1),
            "openpyxl_ms": round(self.plain, 1),
            "ratio": round(self.ratio, 2),
            "recording_ms": round(self.recording, 1),
        }


def measure(folder: Path, departments: int, entries: int, runs: int) -> Figures:
    """Make a store and its answers in `folder`, and measure."""
    workspace = Workspace.open(make_store(folder, departments, entries), author=WHO)
    try:
        paths = _answers(workspace, folder / "answers")
        works: dict[str, Callable[[], object]] = {
            "ours": lambda: _ours(workspace, paths),
            "plain": lambda: _plain(paths),
        }
        times: dict[str, list[float]] = {kind: [] for kind in works}
        for _ in range(runs):
            for kind, work in works.items():
                times[kind].append(_milliseconds(work))
        found = _ours(workspace, paths)
        if len(found) != departments or not all(each.changes for each in found):
            raise RuntimeError("not every answer changes something")
        recording = _milliseconds(lambda: _record(workspace, paths))
    finally:
        workspace.close()
    changes = sum(len(each.changes) for each in found)
    medians = {kind: statistics.median(each) for kind, each in times.items()}
    return Figures(departments, entries, changes, runs, medians["ours"], medians["plain"], recording)


def main(arguments: list[str]) -> int:
    """Measure as the command line says."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.answers_speed")
    parser.add_argument("--departments", type=int, default=30)
    parser.add_argument("--entries", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    told = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="kyoju-answers-") as folder:
        found = measure(Path(folder), told.departments, told.entries, told.runs)
    print(json.dumps({"schema": 1, "import": found.as_json()}, ensure_ascii=False, indent=2))
    print(
        f"import, {found.departments} files, {found.changes} changes: {found.ours:.0f} ms, "
        f"openpyxl reading alone {found.plain:.0f} ms ({found.ratio:.2f}×), recording {found.recording:.0f} ms"
    )
    return 0


def _answers(workspace: Workspace, place: Path) -> list[Path]:
    """The forms of all departments, with every third row rewritten and one row added."""
    import openpyxl

    place.mkdir()
    paths: list[Path] = []
    for file in make_forms(workspace, INQUIRY, TODAY, (), "none").files:
        path = place / file.name
        path.write_bytes(file.data)
        book: Any = openpyxl.load_workbook(path)
        _edit(book["回答"])
        book.save(path)
        paths.append(path)
    return paths


def _edit(sheet: Any) -> None:
    seen = 0
    added = False
    for row in range(1, sheet.max_row + 1):
        mark = RowMark.parse(sheet.cell(row, 1).value)
        if mark is None:
            continue
        if mark.sort == "new" and mark.kind == "課題" and not added:
            added = True
            sheet.cell(row, _COLUMN["title"]).value = "新しい課題"
        if mark.entry is not None:
            seen += 1
            if seen % _EVERY == 1:
                sheet.cell(row, _COLUMN["outline"]).value = "書き直した概要。\n二行目。"


def _ours(workspace: Workspace, paths: Sequence[Path]) -> list[Bringing]:
    found: list[Bringing] = []
    for each in read_answers(workspace, paths, TODAY, Expected(INQUIRY)):
        if not isinstance(each, Arrived):
            raise each.error
        found.append(bring(workspace, each, TODAY))
    return found


def _record(workspace: Workspace, paths: Sequence[Path]) -> None:
    for each in read_answers(workspace, paths, TODAY, Expected(INQUIRY)):
        if isinstance(each, Arrived):
            found = bring(workspace, each, TODAY)
            workspace.batch(found.changes, action="import", subject=found.subject).result()


def _plain(paths: Sequence[Path]) -> int:
    import openpyxl

    cells = 0
    for path in paths:
        book: Any = openpyxl.load_workbook(path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            for row in sheet.iter_rows(values_only=True):
                cells += sum(value is not None for value in row)
        book.close()
    return cells


def _milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

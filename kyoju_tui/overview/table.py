"""The カテゴリー別整理表 of one department or of all (handbook 1-2(1)).

Its columns are カテゴリー, 取組中, 検討中, 既往データ and 課題.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kyoju_tui.overview.matrix import Axis, Matrix
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.errors import UnknownRef
from kyoju_tui.records.ids import Ref


@dataclass(frozen=True, slots=True)
class NothingMark:
    """A department's 「該当なし」: to the whole category where `kind` is None, else to that kind alone."""

    department: str
    kind: EntryKind | None


@dataclass(frozen=True, slots=True)
class TableRow:
    """One category of the table, with REFs in each column.

    `nothing` are the answers 「該当なし」 that nothing recorded since speaks against.
    """

    category: Axis
    under_way: tuple[Ref, ...]
    considered: tuple[Ref, ...]
    data: tuple[Ref, ...]
    issues: tuple[Ref, ...]
    nothing: tuple[NothingMark, ...]


def category_table(matrix: Matrix, department: str | None = None) -> tuple[TableRow, ...]:
    """The table of one department, or of all departments in use together.

    Raises `UnknownRef` where the department is no column of the matrix.
    """
    if department is None:
        departments = tuple(axis.id for axis in matrix.departments)
    elif any(axis.id == department for axis in matrix.departments):
        departments = (department,)
    else:
        raise UnknownRef(
            f"「{department[:80]}」という部署は、いまの一覧表にありません。", cure="部署の一覧で確かめてください。"
        )
    return tuple(_row(matrix, category, departments, department) for category in matrix.categories)


def _row(matrix: Matrix, category: Axis, departments: tuple[str, ...], only: str | None) -> TableRow:
    entries = matrix.snapshot.entries
    refs = [ref for department in departments for ref in matrix.cells[category.id, department].entries]
    data = matrix.base_data[category.id]
    return TableRow(
        category,
        tuple(ref for ref in refs if entries[ref].status == "取組中"),
        tuple(ref for ref in refs if entries[ref].status == "検討中"),
        data if only is None else tuple(ref for ref in data if holder(matrix, ref) == only),
        tuple(ref for ref in refs if entries[ref].kind == "課題"),
        tuple(mark for department in departments for mark in _marks(matrix, category.id, department)),
    )


def holder(matrix: Matrix, ref: Ref) -> str | None:
    """The department that holds an entry or a data set, as far as it is known."""
    record = matrix.snapshot.get(ref)
    return record.department if isinstance(record, Dataset) else ref.department


def _marks(matrix: Matrix, category: str, department: str) -> Iterator[NothingMark]:
    cell = matrix.cells[category, department]
    if cell.state == "該当なし":
        yield NothingMark(department, None)
    if cell.asked is None:
        return
    present = {matrix.snapshot.entries[ref].kind for ref in cell.entries}
    if any(holder(matrix, ref) == department for ref in matrix.base_data[category]):
        present.add("データ")
    for kind in ("取組", "課題", "データ"):
        if kind in cell.asked.nothing_kinds and kind not in present:
            yield NothingMark(department, kind)

"""The figures of the whole matrix that screens and reports show (handbook 1-2(2))."""

from __future__ import annotations

from dataclasses import dataclass

from kyoju_tui.overview.matrix import Matrix


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of cells and rows.

    `filled` cells have content, `empty` ones have none, whatever their state; `gaps` are those of 記入なし. Cells
    `with_initiative` have a 取組 that is 取組中, 検討中 or 終了, `issues_only` have issues and no such 取組. Rows are
    `shared` with such a 取組 in two departments or more, `single` in just one; those `without_data` have no 基礎データ.
    """

    filled: int
    empty: int
    gaps: int
    with_initiative: int
    issues_only: int
    shared: int
    single: int
    without_data: int


def figures(matrix: Matrix) -> Figures:
    """The figures of a matrix."""
    cells = matrix.cells.values()
    departments_at_work = [
        sum(1 for cell in matrix.row(category.id) if cell.counts.initiatives) for category in matrix.categories
    ]
    filled = sum(1 for cell in cells if cell.entries)
    return Figures(
        filled=filled,
        empty=len(cells) - filled,
        gaps=sum(1 for cell in cells if cell.state == "記入なし"),
        with_initiative=sum(departments_at_work),
        issues_only=sum(1 for cell in cells if cell.counts.issues and not cell.counts.initiatives),
        shared=sum(1 for count in departments_at_work if count > 1),
        single=departments_at_work.count(1),
        without_data=sum(1 for refs in matrix.base_data.values() if not refs),
    )

"""The 一覧表 in one line, and where to look first in it."""

from __future__ import annotations

from kyoju_tui.overview.matrix import Cell, Matrix
from kyoju_tui.ui.matrix_layers import Sheet
from kyoju_tui.ui.matrix_words import OPEN_ANSWERS


def summary(sheet: Sheet) -> str:
    """記入なし12・期限超過2・論点8, in the departments and categories that are shown."""
    rows = {axis.id for axis in sheet.limits.rows(sheet.matrix)}
    columns = {axis.id for axis in sheet.limits.columns(sheet.matrix)}
    cells = [cell for key, cell in sheet.matrix.cells.items() if key[0] in rows and key[1] in columns]
    late = len({cell.department for cell in cells if cell.inquiry == "期限超過"})
    points = sum(view.kind == "論点" and not view.settled for view in sheet.raised.views)
    words = [f"記入なし{sum(cell.state == '記入なし' for cell in cells)}"]
    if not sheet.projector:
        words.append(f"期限超過{late}部署")
    return "・".join([*words, f"論点{points}"])


def filled(matrix: Matrix) -> bool:
    """Whether there are rows and columns at all."""
    return bool(matrix.categories and matrix.departments)


def first_place(matrix: Matrix) -> tuple[str, str] | None:
    """Where to look first: an empty cell that is overdue, an overdue one, an empty one, the first of all."""
    cells = [cell for axis in matrix.categories for cell in matrix.row(axis.id)]
    if not cells:
        return None

    def urgency(cell: Cell) -> tuple[bool, bool, bool]:
        late = cell.inquiry == OPEN_ANSWERS[0]
        empty = cell.state == "記入なし"
        return not (late and empty), not late, not empty

    first = min(cells, key=urgency)
    return first.category, first.department

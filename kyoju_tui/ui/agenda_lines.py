"""What is put on a meeting's agenda from the matrix and the points: a short line each (handbook 1-3)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from kyoju_tui.overview.matrix import Cell
from kyoju_tui.overview.wording import content_words
from kyoju_tui.records.snapshot import Snapshot

if TYPE_CHECKING:
    from kyoju_tui.overview.findings import FindingView

_WHY: Final = 80


def cell_line(cell: Cell, snapshot: Snapshot) -> str:
    """住宅課｜高齢者：記入なし. Nothing about answers that are late: an agenda is read by all departments."""
    department, category = snapshot.name("department", cell.department), snapshot.name("category", cell.category)
    return f"{department}｜{category}：{content_words(cell)}"


def point_line(view: FindingView) -> str:
    """取組のないカテゴリー：商店街に… : the point's name and why it is raised, in short."""
    why = view.why.replace("\n", " ")
    return f"{view.name}：{why if len(why) <= _WHY else f'{why[: _WHY - 2]}..'}"


def place_lines(cell: Cell | None, points: Iterable[FindingView], snapshot: Snapshot) -> list[str]:
    """The open points of a place; where there are none, the department's cell itself."""
    lines = [point_line(view) for view in points if view.kind == "論点" and not view.settled]
    return lines or ([cell_line(cell, snapshot)] if cell is not None else [])

"""Departments whose answer to an inquiry is late (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.rules.point import Point
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref


def answer_points(matrix: Matrix) -> Iterator[Point]:
    """`overdue`: one per inquiry and department, where it is the newest that asks one of the department's cells.

    An inquiry that a newer one has replaced in all of a department's cells is no longer waited for.
    """
    late = {
        (asked.inquiry, department): asked.due
        for (_, department), asked in matrix.asked.items()
        if asked.state == "期限超過" and asked.due is not None
    }
    for (inquiry, department), due in sorted(late.items()):
        subject = Ref(f"departments/{department}")
        name = matrix.snapshot.departments[department].name
        days = (matrix.today - due).days
        yield Point(
            "overdue",
            (inquiry, subject),
            f"「{matrix.snapshot.title(inquiry)}」への{name}の回答が、"
            f"期限（{format_date(due, weekday=False)}）を{days}日過ぎています。",
            "回答を受け付けるか、期限を延ばすか、照会先から外すと消えます。",
            strong=True,
        )

"""What a whole row of the matrix lacks: initiatives, begun ones, data (handbook 1-2(2), 抜け落ちている部分)."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.rules.point import Point
from kyoju_tui.records.ids import Ref


def row_points(matrix: Matrix) -> Iterator[Point]:
    """`no-initiative`, `planned-only` (never both of a row) and `no-data` for the categories in use.

    Initiatives count whether or not their department is still a column; those of status 必要 or 終了 do not.
    """
    under_way, considered = rows_with_initiatives(matrix)
    for category in matrix.categories:
        subject = (Ref(f"categories/{category.id}"),)
        if category.id not in under_way and category.id not in considered:
            yield Point(
                "no-initiative",
                subject,
                f"「{category.name}」には、取組中の取組も検討中の取組もありません。",
                "取組を記入するか、必要かどうかを整理すると片付きます。",
                strong=True,
            )
        elif category.id not in under_way:
            yield Point(
                "planned-only",
                subject,
                f"「{category.name}」にあるのは検討中の取組だけで、取組中のものがありません。",
                "取組が始まるか、検討の進め方を整理すると片付きます。",
            )
        if not matrix.base_data[category.id]:
            yield Point(
                "no-data",
                subject,
                f"「{category.name}」の基礎データがまだ整理されていません。",
                "手元にある既往のデータを登録するか、不要と整理すると片付きます。",
            )


def rows_with_initiatives(matrix: Matrix) -> tuple[frozenset[str], frozenset[str]]:
    """The categories that have a 取組中, and those that have a 検討中."""
    counts = matrix.placing.counts
    return (
        frozenset(category for (category, _), count in counts.items() if count.under_way),
        frozenset(category for (category, _), count in counts.items() if count.considered),
    )

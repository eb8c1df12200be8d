"""Target areas in which nothing has begun (handbook 3-1)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.rules.point import Point

_CHOSEN: Final = ("候補", "モデル", "対象")


def area_points(matrix: Matrix) -> Iterator[Point]:
    """`area-idle`: an area 候補, モデル or 対象 that no 取組中 names."""
    for ref, area in sorted(matrix.snapshot.areas.items()):
        if area.status in _CHOSEN and not matrix.placing.at_work.get(ref.id):
            yield Point(
                "area-idle",
                (ref,),
                f"「{area.name}」は{area.status}ですが、この地域を挙げた取組中の取組がありません。",
                "取組に地域を付けるか、この地域に必要な取組を整理すると片付きます。",
            )

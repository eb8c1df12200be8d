"""Initiatives that may be double, and issues that departments may take up together (handbook 1-2(2))."""

from __future__ import annotations

from itertools import chain

from kyoju_tui.overview.kin import Kin, Pair
from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.rules.point import Point
from kyoju_tui.records.ids import Ref


def raised_pairs(kin: Kin, matrix: Matrix) -> set[Pair]:
    """The pairs that are raised: the strongest of every row in use, and those of every issue."""
    rows = (kin.rows[category.id].strongest() for category in matrix.categories if category.id in kin.rows)
    return {*chain.from_iterable(rows), *chain.from_iterable(kin.joint.values())}


def likeness_point(pair: Pair, kin: Kin, matrix: Matrix) -> Point:
    """`joint` where the first of the pair is an issue, else `alike`."""
    one, other = kin.entries[pair.one], kin.entries[pair.other]
    score = round(pair.score, 2)
    if one.kind == "課題":
        return Point(
            "joint",
            (pair.one, pair.other),
            f"課題{_named(pair.one, matrix)}と{other.kind}{_named(pair.other, matrix)}は、"
            f"言葉が似ています（近さ{score:.2f}）。",
            "一緒に取り組めるかを両方の所管課で話し、連携するかどうかを整理すると片付きます。",
            score=score,
        )
    return Point(
        "alike",
        (pair.one, pair.other),
        f"{_named(pair.one, matrix)}と{_named(pair.other, matrix)}は、言葉が似ています（近さ{score:.2f}）。",
        "内容を両方の所管課で確かめ、役割分担や調整の要否を整理すると片付きます。",
        score=score,
    )


def _named(ref: Ref, matrix: Matrix) -> str:
    department = matrix.snapshot.departments.get(ref.department or "")
    return f"「{matrix.snapshot.title(ref)}」" + (f"（{department.name}）" if department else "")

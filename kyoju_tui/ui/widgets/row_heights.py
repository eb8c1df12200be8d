"""How rows share the lines of a table that should be in sight as a whole."""

from __future__ import annotations

from collections.abc import Sequence


def allotted(needed: Sequence[int], lines: int, least: int) -> list[int]:
    """The heights of the rows: what they need as far as there is room; what a low row leaves goes to the others.

    No row is lower than `least`, so that many rows may together be higher than `lines`.
    """
    heights, left = list(needed), lines
    for done, row in enumerate(sorted(range(len(needed)), key=needed.__getitem__)):
        heights[row] = max(least, min(needed[row], left // (len(needed) - done)))
        left -= heights[row]
    return heights

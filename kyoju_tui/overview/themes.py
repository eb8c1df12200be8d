"""Priority themes: what they can begin from, their order, and what is to be settled before practice (handbook 1-3(3)).

Pure functions of a Snapshot or a Matrix.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.theme import Obstacle, Theme

# The themes that are worked on; the others are over and keep no place in the order.
ACTIVE: Final = ("実践中", "議論中", "候補")
PRACTICE: Final = "実践中"
_LAST: Final = 10_000


@dataclass(frozen=True, slots=True)
class Need:
    """Something needed (必要なこと) to begin a theme from: a 必要な取組 of the matrix and the rows it stands in."""

    ref: Ref
    title: str
    categories: tuple[str, ...]


def is_active(theme: Theme) -> bool:
    """Whether a theme stands in the order. One without a status is a candidate."""
    return theme.status is None or theme.status in ACTIVE


def standing(ref: Ref, theme: Theme) -> tuple[int, int, str]:
    """Where a theme stands in the list: by rank, those without one after them, those that are over last."""
    return (0 if is_active(theme) else 1, theme.rank or _LAST, ref)


def in_order(themes: Mapping[Ref, Theme]) -> tuple[Ref, ...]:
    """The active themes in their order."""
    return tuple(sorted((ref for ref in themes if is_active(themes[ref])), key=lambda ref: standing(ref, themes[ref])))


def moved(themes: Mapping[Ref, Theme], ref: Ref, step: int) -> dict[Ref, int]:
    """The ranks that change when an active theme goes up or down by a place: all are numbered anew from 1.

    Empty where there is no place to go to. Two themes of one rank are told apart by this, too.
    """
    order = list(in_order(themes))
    if ref not in order or not 0 <= order.index(ref) + step < len(order):
        return {}
    at = order.index(ref)
    order[at], order[at + step] = order[at + step], order[at]
    return {each: rank for rank, each in enumerate(order, start=1) if themes[each].rank != rank}


def unanswered(theme: Theme) -> tuple[Obstacle, ...]:
    """The institutional problems (制度上の課題) that have neither a response nor an alternative."""
    return tuple(each for each in theme.obstacles if each.issue and not each.response and not each.alternative)


def why_not_yet(theme: Theme) -> str:
    """Why practice should wait, in a sentence; the empty string where nothing speaks against it."""
    left = unanswered(theme)
    if left:
        first = (left[0].issue or "").strip().splitlines()[0]
        more = f"ほか{len(left) - 1}件" if len(left) > 1 else ""
        return f"制度上の課題「{first}」{more}に、対応も代替案もありません。"
    if not theme.obstacles:
        return "制度上の課題が、まだ1件も確かめられていません。"
    if not theme.collaboration_form:
        return "連携協働のあり方が、まだ書かれていません。"
    return ""


def needs(matrix: Matrix) -> tuple[Need, ...]:
    """What a theme can begin from, in the order of the matrix, each once, without those that a theme names already."""
    snapshot = matrix.snapshot
    named = {theme.need for theme in snapshot.all(Theme).values()}
    rows: dict[Ref, list[str]] = {}
    for category, refs in matrix.needed.items():
        for ref in refs:
            rows.setdefault(ref, []).append(category)
    found = (Need(ref, snapshot.title(ref), tuple(categories)) for ref, categories in rows.items())
    return tuple(need for need in found if need.title not in named)

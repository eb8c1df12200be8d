"""Joint work of departments: whose share is missing, and whether it crosses categories (handbook 1-2(2), 1-3(1))."""

from __future__ import annotations

from typing import Final, Literal

from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.ids import Ref

Reach = Literal["カテゴリー内", "カテゴリー横断", "カテゴリー未定"]

# One department alone works together with nobody.
FEWEST: Final = 2
_OVER: Final = "終了"


def without_share(collaboration: Collaboration) -> tuple[str, ...]:
    """The departments whose share (分担) is not written yet; none once the joint work is over."""
    if collaboration.status == _OVER:
        return ()
    return tuple(each.department for each in collaboration.departments if not (each.share or "").strip())


def reach(collaboration: Collaboration) -> Reach:
    """Whether the joint work stays within a category or goes across several."""
    match len(collaboration.categories):
        case 0:
            return "カテゴリー未定"
        case 1:
            return "カテゴリー内"
        case _:
            return "カテゴリー横断"


def is_too_small(collaboration: Collaboration) -> bool:
    """Whether fewer than two departments are named."""
    return len({each.department for each in collaboration.departments}) < FEWEST


def standing(ref: Ref, collaboration: Collaboration) -> tuple[int, int, str]:
    """Where it stands in the list: what is over last, the most missing shares first."""
    return (collaboration.status == _OVER, -len(without_share(collaboration)), ref)

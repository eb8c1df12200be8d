"""Cells that point to another one (同上, 〃, 左に同じ): what they stand for is read, never they themselves."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from kyoju_tui.exchange.sheets.cell_marks import WITHIN

Pointing: TypeAlias = Literal["上", "左"]

_ABOVE: Final = re.compile(r"同上|仝上?|上(?:記|欄|段)?(?:に|と)同じ|[〃〟″゛々\"”“]+|''|↑")
_LEFT: Final = re.compile(r"同左|左(?:記|欄)?(?:に|と)同じ|←")
# Longer than any of them, with blanks and brackets: most cells are told apart by this alone.
_LONGEST: Final = 30
_BEGINS: Final = re.compile(
    r"[ 　]*(?:同上|同左|[〃〟〝]|(?:上|左)(?:記|欄|段)?(?:に|と)同じ)[ 　]*[（(【［\[、，,。・:：;；／/\n]"
)


def pointing(text: str) -> Pointing | None:
    """Where a text that says nothing else points to; None for any other text."""
    if not text or len(text) > _LONGEST:
        return None
    bare = WITHIN.sub("", "".join(text.split())).rstrip("。．.")
    if not bare or len(bare) > 8:
        return None
    return "上" if _ABOVE.fullmatch(bare) else "左" if _LEFT.fullmatch(bare) else None


def points_with_more(text: str) -> bool:
    """Whether a text points to another cell and goes on: 「同上（委託）」. Nobody can tell what is meant."""
    return pointing(text) is None and _BEGINS.match(text) is not None

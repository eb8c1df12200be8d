"""Names for the files of a set: readable, taken by every system, no two alike."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kyoju_tui.exchange.books.writing import text

_MEANING: Final = re.compile(r"[\\/:*?\"<>|%\s]+")
_MOST: Final = 60


def safe_names(names: Iterable[str]) -> tuple[str, ...]:
    """The names (without ending) without what means something in a path, not long; of those alike some are numbered."""
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        plain = _MEANING.sub("_", text(name)).strip("._ ")[:_MOST] or "名称未設定"
        number, chosen = 1, plain
        while chosen.casefold() in taken:
            number += 1
            chosen = f"{plain}_{number}"
        taken.add(chosen.casefold())
        found.append(chosen)
    return tuple(found)

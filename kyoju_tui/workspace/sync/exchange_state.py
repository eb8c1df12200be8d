"""What is remembered of the last exchange with the remote: when it answered, what went wrong, how much waits.

It only informs: no decision is made by it, and a file that is lost or cannot be read says nothing.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final, cast

from kyoju_tui.files.private import read_private, write_private

_SCHEMA: Final = 1
_FILE: Final = "exchange.json"
_LARGEST: Final = 65_536


@dataclass(frozen=True, slots=True)
class Last:
    """The last exchange: when the remote last answered, why the last try failed ("" where it did not), and how many
    records waited to be decided.
    """  # noqa: D205

    looked_at: datetime | None = None
    trouble: str = ""
    undecided: int = 0


def last(folder: Path) -> Last:
    """What is remembered in this folder."""
    try:
        content = cast("dict[str, Any]", json.loads(read_private(folder / _FILE, _LARGEST)))
        at = content.get("looked_at")
        return Last(
            datetime.fromisoformat(at) if isinstance(at, str) and at else None,
            str(content.get("trouble", "")),
            int(content.get("undecided", 0)),
        )
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return Last()


def remember(folder: Path, found: Last, *, shared: bool) -> None:
    """Remember it. A disk that takes no such note has its own way of being told."""
    content = {
        "schema": _SCHEMA,
        "looked_at": "" if found.looked_at is None else found.looked_at.isoformat(),
        "trouble": found.trouble,
        "undecided": found.undecided,
    }
    with suppress(OSError):
        write_private(folder / _FILE, json.dumps(content, ensure_ascii=False).encode(), shared=shared)

"""What a form needs to know of its surroundings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kyoju_tui.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Setting:
    """The day it is, and the records as they stand: both may move on while a form is open."""

    today: Callable[[], date]
    snapshot: Callable[[], Snapshot]

    def name(self, kind: str, text: str) -> str:
        """What a reference is called; the text itself, marked, where it names nothing."""
        snapshot = self.snapshot()
        if snapshot.target(kind, text) is None:
            return f"{text}（見つかりません）"
        return snapshot.name(kind, text)

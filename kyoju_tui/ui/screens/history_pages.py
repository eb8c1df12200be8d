"""The saves that were read so far, newest first; more are read when they are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from kyoju_tui.records.wording import Namer
from kyoju_tui.workspace.past.past import LogEntry, Past
from kyoju_tui.workspace.past.wanted import Wanted

_FIRST: Final = 50
# Pages grow with what was read: whoever goes far back waits less often, and the list is filled anew less often.
_MOST: Final = 400


@dataclass(frozen=True, slots=True)
class Pages:
    """What was read of one question. `next` is where to read on; None where this is all there is."""

    wanted: Wanted
    entries: tuple[LogEntry, ...] = ()
    next: str | None = ""

    @property
    def by_commit(self) -> Mapping[str, LogEntry]:
        """The saves by their commit."""
        return {entry.commit: entry for entry in self.entries}

    def people(self) -> Mapping[str, str]:
        """Who recorded, as far as was read: names by mail address."""
        return {entry.email: entry.author or entry.email for entry in reversed(self.entries) if entry.email}

    def more(self, past: Past, name: Namer) -> Pages:
        """With the next page. Reads the history. Errors: as `Past.page`."""
        if self.next is None:
            return self
        size = max(_FIRST, min(len(self.entries), _MOST))
        page = past.page(self.wanted, after=self.next, size=size, name=name)
        return replace(self, entries=(*self.entries, *page.entries), next=page.next)

    def renewed(self, past: Past, name: Namer) -> Pages:
        """With what was recorded since; read anew where the two do not meet. Errors: as `Past.page`."""
        page = past.page(self.wanted, size=_FIRST, name=name)
        known = self.by_commit
        meets = next((number for number, entry in enumerate(page.entries) if entry.commit in known), None)
        if meets is None:
            return Pages(self.wanted, page.entries, page.next)
        start = next(number for number, entry in enumerate(self.entries) if entry.commit == page.entries[meets].commit)
        return replace(self, entries=(*page.entries[:meets], *self.entries[start:]))

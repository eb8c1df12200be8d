"""Who changed some records last, and when: asked of the history in a worker, remembered until they change."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from kyoju_tui.history.log import Commit
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.workspace.workspace import Workspace

# Each record is a question to the history; a cell with more than this is answered for its newest ids.
_MOST: Final = 12
UNKNOWN: Final = "最終更新：履歴を読めません。"


class LastChanges:
    """The newest change of each record that was asked about."""

    def __init__(self) -> None:
        self._known: dict[Ref, Commit | None] = {}

    def forget(self, refs: Iterable[Ref]) -> None:
        """These records changed."""
        for ref in refs:
            self._known.pop(ref, None)

    def known(self, refs: Sequence[Ref]) -> bool:
        """Whether all of these can be answered at once."""
        return all(ref in self._known for ref in _newest(refs))

    def ask(self, workspace: Workspace, refs: Sequence[Ref]) -> None:
        """Read the history; takes a while. Errors: `KyojuError` where there is none to read."""
        for ref in _newest(refs):
            if ref not in self._known:
                self._known[ref] = workspace.past.last(ref)

    def sentence(self, refs: Sequence[Ref], *, person: bool) -> str:
        """最終更新：令和8年11月20日　住宅課 担当; without `person` the day only. Empty where nothing is known."""
        commits = [commit for ref in _newest(refs) if (commit := self._known.get(ref)) is not None]
        if not commits:
            return ""
        last = max(commits, key=lambda commit: commit.at)
        day: date = last.at.astimezone().date()
        who = f"　{last.author}" if person else ""
        return f"最終更新：{format_date(day, weekday=False)}{who}"


def _newest(refs: Sequence[Ref]) -> list[Ref]:
    return sorted(refs, key=lambda ref: ref.id, reverse=True)[:_MOST]


def ask(changes: LastChanges, workspace: Workspace, refs: Sequence[Ref]) -> str:
    """Fill `changes`; the words for an error, the empty string where all went well."""
    try:
        changes.ask(workspace, refs)
    except KyojuError:
        return UNKNOWN
    return ""

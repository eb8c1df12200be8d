"""What the list of 取組・課題 is limited to: kinds, statuses, departments, categories, confirmation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.entry import Entry, Status
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.candidates import Candidate, candidates

KIND: Final = "種別"
STATUS: Final = "状況"
DEPARTMENT: Final = "部署"
CATEGORY: Final = "カテゴリー"
CONFIRMED: Final = "所管課の確認"
UNCONFIRMED: Final = "未確認・担当者案"
_SORTS: Final = (KIND, STATUS, DEPARTMENT, CATEGORY, CONFIRMED)


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Chosen values as `offered` has them; several of one sort widen, sorts narrow."""

    values: tuple[str, ...] = ()

    def of(self, sort: str) -> frozenset[str]:
        """What was chosen of a sort."""
        return frozenset(name for kind, _, name in (value.partition(":") for value in self.values) if kind == sort)

    def select(self, entries: Mapping[Ref, Entry]) -> list[Ref]:
        """Those of these entries that are listed."""
        kinds, statuses, departments, categories, waiting = (self.of(sort) for sort in _SORTS)
        return [
            ref
            for ref, entry in entries.items()
            if (not kinds or entry.kind in kinds)
            and (not statuses or entry.status in statuses)
            and (not departments or ref.department in departments)
            and (not categories or not categories.isdisjoint(entry.categories))
            and (not waiting or unconfirmed(entry))
        ]

    def words(self, snapshot: Snapshot) -> str:
        """What stands in the title line; the empty string where nothing is limited."""
        kinds = {DEPARTMENT: "department", CATEGORY: "category"}
        named = [
            "共通" if name == COMMON else snapshot.name(kinds[sort], name) if sort in kinds else name
            for sort, _, name in (value.partition(":") for value in self.values)
        ]
        return f"絞り込み：{'・'.join(named)}" if named else ""


def unconfirmed(entry: Entry) -> bool:
    """Whether the department's section head has not confirmed what stands there."""
    return entry.confirmed != "課長確認済"


def offered(snapshot: Snapshot, today: date) -> tuple[Candidate, ...]:
    """Everything that can be chosen, to be found by kanji, kana and romaji."""

    def words(sort: str, names: Iterable[str]) -> list[Candidate]:
        return [Candidate(f"{sort}:{name}", name, sort) for name in names]

    found = [
        Candidate(f"{sort}:{each.value}", each.name, sort, (*each.search, each.value))
        for sort, kind in ((DEPARTMENT, "department"), (CATEGORY, "category"))
        for each in candidates(snapshot, kind, today)
    ]
    return (
        *words(KIND, get_args(EntryKind)),
        *words(STATUS, get_args(Status)),
        *words(CONFIRMED, (UNCONFIRMED,)),
        *found,
        Candidate(f"{DEPARTMENT}:{COMMON}", "共通", DEPARTMENT),
    )

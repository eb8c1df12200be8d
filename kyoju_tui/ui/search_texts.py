"""How records are found: each folded once, and again only when it changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kyoju_tui.records.base import Record
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.ids import Ref


class SearchTexts:
    """The search texts of records, made by `words` from a REF and its record."""

    def __init__(self, words: Callable[[Ref, Record], tuple[str, ...]]) -> None:
        self._words = words
        self._known: dict[Ref, tuple[Record, SearchText]] = {}

    def of(self, ref: Ref, record: Record) -> SearchText:
        """The text of this record."""
        known = self._known.get(ref)
        if known is None or known[0] is not record:
            known = record, SearchText.of(*self._words(ref, record))
            self._known[ref] = known
        return known[1]

    def prepare(self, records: Mapping[Ref, Record]) -> None:
        """Fold these now."""
        for ref, record in records.items():
            self.of(ref, record)


def record_words(ref: Ref, record: Record) -> tuple[str, ...]:
    """By what a record of any kind is found: its name, its reading, its id."""
    return record.heading, str(getattr(record, "reading", None) or ""), ref.id

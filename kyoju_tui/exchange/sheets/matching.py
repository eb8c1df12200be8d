"""Which record an entry of a sheet is: the one that the same words or the same cell brought in before, or a new one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, cast

from kyoju_tui.exchange.sheets.found import Found, Origin
from kyoju_tui.exchange.sheets.layout import Form
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.past.brought import Brought

_LIKE: Final = 50


@dataclass(frozen=True, slots=True)
class Match:
    """What an entry of a sheet is: `ref` is its record (None: new), `base` what the sheet said before (None: it never
    did; the record was made otherwise). `gone` tells that the record was brought in and then taken away here.
    """  # noqa: D205

    found: Found
    ref: Ref | None = None
    base: Plain | None = None
    gone: bool = False


def matched(
    found: Sequence[Found], before: Mapping[str, Brought], snapshot: Snapshot, form: Form
) -> tuple[list[Match], list[Ref]]:
    """Every entry with its record, and the records that came from these sheets and are no longer in them."""
    run = _Run(before, snapshot, form)
    matches: list[Match | None] = [run.by_words(each) for each in found]
    for number, each in enumerate(found):
        if matches[number] is None:
            matches[number] = run.by_cell(each)
    for number, each in enumerate(found):
        if matches[number] is None:
            matches[number] = run.by_likeness(each)
    for number, each in enumerate(found):
        if matches[number] is None:
            matches[number] = run.by_title(each) or Match(each)
    sheets = {(each.origin.file, each.origin.sheet) for each in found}
    return cast("list[Match]", matches), run.left(sheets)


class _Run:
    """One matching: what is taken already; a record answers to one entry of the sheet."""

    def __init__(self, before: Mapping[str, Brought], snapshot: Snapshot, form: Form) -> None:
        self._before = before
        self._snapshot = snapshot
        self._form = form
        self._taken: set[str] = set()
        self._origins = {
            record_id: Origin.parse(cast("Mapping[str, object]", each.plain.get("source") or {}).get("document"))
            for record_id, each in before.items()
        }
        self._by_words: dict[tuple[str, object, str], list[str]] = defaultdict(list)
        self._by_cell: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        self._by_place: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for record_id, each in before.items():
            self._by_words[
                each.ref.department or "", each.plain.get("kind"), fold(str(each.plain.get("title")))
            ].append(record_id)
            origin = self._origins[record_id]
            if origin is not None:
                self._by_cell[origin.file, origin.sheet, origin.cell].append(record_id)
                self._by_place[origin.file, origin.sheet, each.ref.department or ""].append(record_id)
        self._by_title: dict[tuple[str, str, str], list[Ref]] = defaultdict(list)
        for ref, entry in snapshot.entries.items():
            self._by_title[ref.department or "", entry.kind, fold(entry.title)].append(ref)

    def by_words(self, found: Found) -> Match | None:
        """The record that the same title of the same department brought in; of several the one of the same place."""
        candidates = self._by_words.get((found.department, found.kind, fold(found.title)), ())
        open_ones = [each for each in candidates if each not in self._taken and self._shares(found, each)]
        if not open_ones:
            return None
        return self._take(found, min(open_ones, key=lambda each: self._distance(found, each)))

    def by_cell(self, found: Found) -> Match | None:
        """The record that the same cell brought in: its words were corrected since."""
        for each in self._by_cell.get((found.origin.file, found.origin.sheet, found.origin.cell), ()):
            before = self._before[each]
            if (
                each not in self._taken
                and before.plain.get("kind") == found.kind
                and before.ref.department == found.department
                and self._shares(found, each)
                and (self._form == "一覧表" or self._like(found, before.plain))
            ):
                return self._take(found, each)
        return None

    def by_likeness(self, found: Found) -> Match | None:
        """A project that the same sheet brought in elsewhere, under a name like this one: a row that moved."""
        if self._form == "一覧表":
            return None
        for each in self._by_place.get((found.origin.file, found.origin.sheet, found.department), ()):
            before = self._before[each].plain
            if each not in self._taken and before.get("kind") == found.kind and self._like(found, before):
                return self._take(found, each)
        return None

    def by_title(self, found: Found) -> Match | None:
        """A record of the same department, kind, row and title, whoever made it."""
        for ref in self._by_title.get((found.department, found.kind, fold(found.title)), ()):
            categories = set(self._snapshot.entries[ref].categories)
            if ref.id not in self._taken and categories & set(cast("list[str]", found.said["categories"])):
                if ref.id in self._before:
                    return self._take(found, ref.id)
                self._taken.add(ref.id)
                return Match(found, ref)
        return None

    def left(self, sheets: set[tuple[str, str]]) -> list[Ref]:
        """The records from these sheets that nothing in them stands for any more."""
        return [
            ref
            for record_id, origin in self._origins.items()
            if record_id not in self._taken
            and origin is not None
            and (origin.file, origin.sheet) in sheets
            and (ref := self._snapshot.by_id("entry", record_id)) is not None
        ]

    def _take(self, found: Found, record_id: str) -> Match:
        self._taken.add(record_id)
        ref = self._snapshot.by_id("entry", record_id)
        base = self._before[record_id].plain
        if ref is None and any(each.id == record_id for each in self._snapshot.broken):
            return Match(found, next(each for each in self._snapshot.broken if each.id == record_id), base)
        return Match(found, ref, base, gone=ref is None)

    def _shares(self, found: Found, record_id: str) -> bool:
        """Whether a record stood in a row in which the entry stands."""
        if self._form == "事務事業一覧":
            return True
        before = cast("Sequence[str]", self._before[record_id].plain.get("categories") or ())
        return bool(set(before) & set(cast("list[str]", found.said["categories"])))

    def _distance(self, found: Found, record_id: str) -> tuple[bool, bool]:
        origin = self._origins[record_id]
        if origin is None:
            return True, True
        here = found.origin
        return (origin.file, origin.sheet) != (here.file, here.sheet), origin.cell != here.cell

    @staticmethod
    def _like(found: Found, before: Plain) -> bool:
        """Whether a row of a list is still the same project under another name: rows move when others are put in."""
        from rapidfuzz import fuzz

        outline = found.said.get("outline")
        if outline and outline == before.get("outline"):
            return True
        return fuzz.ratio(fold(found.title), fold(str(before.get("title")))) >= _LIKE

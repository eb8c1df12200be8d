"""Which initiatives and issues are alike: the pairs that the rules `alike` and `joint` speak of (handbook 1-2(2))."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from kyoju_tui.overview.likeness import Index, Wording
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref

# The strongest that are raised, of a row and of an issue.
PAIRS_A_ROW: Final = 10
PAIRS_AN_ISSUE: Final = 3
# Above so many changes at once it is quicker to compare everything anew.
_MANY: Final = 100


class Pair(NamedTuple):
    """Two alike records of different departments with their score; an issue before an initiative, else by REF."""

    score: float
    one: Ref
    other: Ref


@dataclass(frozen=True, slots=True)
class Row:
    """The current initiatives of one category, and all alike pairs among them."""

    index: Index
    pairs: tuple[Pair, ...]

    def strongest(self) -> list[Pair]:
        """The pairs that are raised."""
        return sorted(self.pairs, key=_strongest_first)[:PAIRS_A_ROW]


@dataclass(frozen=True, slots=True)
class Kin:
    """All likenesses of a set of entries at a threshold.

    `rows` compares initiatives (取組中, 検討中) within each category; `joint` holds for every issue the pairs with the
    records of other departments that are most like it, across categories, the strongest first.
    """

    threshold: float
    entries: Mapping[Ref, Entry]
    index: Index
    rows: Mapping[str, Row]
    joint: Mapping[Ref, tuple[Pair, ...]]


def kin(entries: Mapping[Ref, Entry], threshold: float) -> Kin:
    """Compare all entries."""
    wordings = {ref: _wording(entry) for ref, entry in entries.items() if _is_compared(entry)}
    index = Index.of(wordings)
    by_row: dict[str, dict[Ref, Wording]] = {}
    for ref, wording in wordings.items():
        for row in _rows(entries[ref]):
            by_row.setdefault(row, {})[ref] = wording
    rows: dict[str, Row] = {}
    for row, members in by_row.items():
        within = Index.of(members)
        rows[row] = Row(within, tuple(_pairs(within, members, entries, threshold)))
    issues = (ref for ref in wordings if entries[ref].kind == "課題")
    return Kin(threshold, entries, index, rows, {ref: _most_like(ref, index, entries, threshold) for ref in issues})


def kin_again(previous: Kin, entries: Mapping[Ref, Entry], changed: Collection[Ref], threshold: float) -> Kin:
    """The likenesses of `entries`, which differ from those of `previous` in what `changed` names."""
    if threshold != previous.threshold or len(changed) > _MANY:
        return kin(entries, threshold)
    if not changed:
        return replace(previous, entries=entries)
    new = {ref: _wording(entries[ref]) if ref in entries and _is_compared(entries[ref]) else None for ref in changed}
    index = previous.index.replacing(new)
    rows = dict(previous.rows)
    touched = {row for source in (previous.entries, entries) for ref in changed if ref in source
               for row in _rows(source[ref])}  # fmt: skip
    for row in touched:
        before = rows.get(row, Row(Index.of({}), ()))
        members = {ref: wording if ref in entries and row in _rows(entries[ref]) else None
                   for ref, wording in new.items()}  # fmt: skip
        within = before.index.replacing(members)
        present = [ref for ref, wording in members.items() if wording is not None]
        kept = (pair for pair in before.pairs if pair.one not in new and pair.other not in new)
        rows[row] = Row(within, tuple({*kept, *_pairs(within, present, entries, threshold)}))
    return Kin(threshold, entries, index, rows, _joint_again(previous, index, entries, new))


def _joint_again(
    previous: Kin, index: Index, entries: Mapping[Ref, Entry], new: Mapping[Ref, Wording | None]
) -> dict[Ref, tuple[Pair, ...]]:
    joint = {issue: near for issue, near in previous.joint.items() if issue not in new}
    again = {issue for issue, near in joint.items() if any(pair.one in new or pair.other in new for pair in near)}
    again.update(ref for ref, wording in new.items() if wording is not None and entries[ref].kind == "課題")
    for ref, wording in new.items():
        for score, issue in index.near(wording, previous.threshold) if wording is not None else ():
            if issue in joint and issue not in again and _may_join(issue, ref, entries):
                near = sorted([*joint[issue], _joined(score, issue, ref, entries)], key=_strongest_first)
                joint[issue] = tuple(near[:PAIRS_AN_ISSUE])
    for issue in again:
        joint[issue] = _most_like(issue, index, entries, previous.threshold)
    return joint


def _is_compared(entry: Entry) -> bool:
    return entry.kind == "課題" or entry.status in ("取組中", "検討中")


def _rows(entry: Entry) -> Iterable[str]:
    return dict.fromkeys(entry.categories) if entry.status in ("取組中", "検討中") else ()


def _wording(entry: Entry) -> Wording:
    return Wording.of(entry.title, entry.summary or entry.outline or "")


def _pairs(index: Index, of: Iterable[Ref], entries: Mapping[Ref, Entry], threshold: float) -> Iterator[Pair]:
    """The alike pairs with one of these initiatives; once each where both of a pair are among them."""
    done: set[Ref] = set()
    for ref in of:
        done.add(ref)
        for score, other in index.near(index.wordings[ref], threshold):
            if other not in done and ref.department != other.department and _same_people(entries[ref], entries[other]):
                yield Pair(score, *sorted((ref, other)))


def _same_people(one: Entry, other: Entry) -> bool:
    """The same target group, or an area in common, or neither says anything of either."""
    if one.target_group and other.target_group and fold(one.target_group) == fold(other.target_group):
        return True
    if not frozenset(one.areas).isdisjoint(other.areas):
        return True
    return not (one.target_group or other.target_group or one.areas or other.areas)


def _most_like(issue: Ref, index: Index, entries: Mapping[Ref, Entry], threshold: float) -> tuple[Pair, ...]:
    near = index.nearest(
        index.wordings[issue], threshold, PAIRS_AN_ISSUE, lambda other: _may_join(issue, other, entries)
    )
    return tuple(sorted((_joined(score, issue, other, entries) for score, other in near), key=_strongest_first))


def _joined(score: float, issue: Ref, other: Ref, entries: Mapping[Ref, Entry]) -> Pair:
    """The pair, the same from the side of either issue."""
    return Pair(score, other, issue) if entries[other].kind == "課題" and other < issue else Pair(score, issue, other)


def _strongest_first(pair: Pair) -> tuple[float, Ref, Ref]:
    return -pair.score, pair.one, pair.other


def _may_join(issue: Ref, other: Ref, entries: Mapping[Ref, Entry]) -> bool:
    """Another department's, and not yet linked to the issue by anybody."""
    one, two = entries[issue], entries[other]
    return (
        issue.department != other.department
        and issue.id not in two.addresses
        and issue.id not in two.causes
        and other.id not in one.causes
    )

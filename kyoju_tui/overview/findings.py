"""The points for meetings (論点) and the reminders (確認事項), with what people have settled (handbook 1-2(2)).

A point is computed; only what was settled about it is recorded, under a key made of its rule and subjects. So it stays
settled over recomputation, and removing the record opens it again. A settled point that no rule raises any more is
still listed, with `fires` False.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from operator import attrgetter
from typing import Final, TypeAlias

from kyoju_tui.overview.kin import Kin, Pair, kin, kin_again
from kyoju_tui.overview.matrix import Matrix, matrix
from kyoju_tui.overview.rules.answers import answer_points
from kyoju_tui.overview.rules.areas import area_points
from kyoju_tui.overview.rules.entries import Surroundings, entry_points
from kyoju_tui.overview.rules.likenesses import likeness_point, raised_pairs
from kyoju_tui.overview.rules.point import RULES, Point, PointKind
from kyoju_tui.overview.rules.rows import row_points, rows_with_initiatives
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.finding import Finding, RuleName, finding_key
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.store import Store


@dataclass(frozen=True, slots=True)
class FindingView:
    """One point or reminder as it stands.

    `why` and `cure` are a sentence each. `score` is the likeness (0 to 1, two places) where the rule compares words.
    `verdict`, `stage`, `reason` and `decided_on` are what was settled.
    """

    key: str
    rule: RuleName
    name: str
    kind: PointKind
    subjects: tuple[Ref, ...]
    why: str
    cure: str
    strong: bool
    score: float | None
    verdict: str | None
    stage: str | None
    reason: str | None
    decided_on: date | None
    fires: bool

    @property
    def settled(self) -> bool:
        """Whether somebody has given it a 整理結果."""
        return self.verdict is not None


# Views by section, sorted by key within each: points before reminders, strong before mild, then in the order of rules.
Section: TypeAlias = tuple[bool, bool, int]
Sections: TypeAlias = Mapping[Section, tuple[FindingView, ...]]


@dataclass(frozen=True)
class Findings:
    """The findings of a matrix, and the parts that an edit can leave as they are.

    `kin` is None where the rules of likeness have not been asked yet.
    """

    views: tuple[FindingView, ...]
    matrix: Matrix
    sections: Sections
    by_entry: Mapping[Ref, tuple[FindingView, ...]]
    by_pair: Mapping[Pair, FindingView]
    general: tuple[FindingView, ...]
    kin: Kin | None


# What the rules of an entry and the sentences read beside entries: a change there means to ask them all again.
_SURROUNDINGS: Final = frozenset(("store", "categories", "departments", "inquiries"))


def findings(snapshot: Snapshot, today: date) -> tuple[FindingView, ...]:
    """All points and reminders of these records on this day, in their order."""
    return examine(matrix(snapshot, today)).views


def examine(whole: Matrix) -> Findings:
    """The findings of a matrix, from nothing."""
    return compared(examine_without_likeness(whole))


def examine_without_likeness(whole: Matrix) -> Findings:
    """The findings of a matrix but for `alike` and `joint`, which take longest; `compared` adds those."""
    by_entry = _examined(whole.snapshot.entries, whole)
    general = _general(whole)
    sections = _resorted({}, (), chain(general, *by_entry.values()))
    return Findings(_in_order(sections, whole.snapshot), whole, sections, by_entry, {}, general, None)


def compared(found: Findings) -> Findings:
    """The findings with `alike` and `joint`."""
    whole = found.matrix
    likenesses = kin(whole.snapshot.entries, _threshold(whole.snapshot))
    by_pair = {pair: _view(likeness_point(pair, likenesses, whole)) for pair in raised_pairs(likenesses, whole)}
    sections = _resorted(found.sections, found.by_pair.values(), by_pair.values())
    views = _in_order(sections, whole.snapshot)
    return replace(found, views=views, sections=sections, by_pair=by_pair, kin=likenesses)


def examine_again(previous: Findings, whole: Matrix, changed: Collection[Ref]) -> Findings:
    """The findings of a matrix that differs from that of `previous` in the records that `changed` names.

    Equal to `examine(whole)`, but only what the change touches is asked again. Where `previous` has not been
    compared yet, neither is this.
    """
    entries = frozenset(ref for ref in changed if ref.top == "entries")
    if whole.today != previous.matrix.today or not _SURROUNDINGS.isdisjoint(ref.top for ref in changed):
        again, pairs_again = {*previous.by_entry, *whole.snapshot.entries}, set(previous.by_pair)
    else:
        again = _touched(previous.matrix, whole, entries)
        pairs_again = {pair for pair in previous.by_pair if pair.one in entries or pair.other in entries}
    likenesses, kept, fresh_pairs = previous.kin, set[Pair](), dict[Pair, FindingView]()
    if likenesses is not None:
        likenesses = kin_again(likenesses, whole.snapshot.entries, entries, _threshold(whole.snapshot))
        raised = raised_pairs(likenesses, whole)
        kept = previous.by_pair.keys() & raised - pairs_again
        fresh_pairs = {pair: _view(likeness_point(pair, likenesses, whole)) for pair in raised - kept}
    fresh, general = _examined(again, whole), _general(whole)
    gone = chain(
        previous.general,
        *(previous.by_entry[ref] for ref in again if ref in previous.by_entry),
        (previous.by_pair[pair] for pair in previous.by_pair.keys() - kept),
    )
    sections = _resorted(previous.sections, gone, chain(general, *fresh.values(), fresh_pairs.values()))
    return Findings(
        _in_order(sections, whole.snapshot),
        whole,
        sections,
        {ref: views for ref, views in previous.by_entry.items() if ref not in again} | fresh,
        {pair: previous.by_pair[pair] for pair in kept} | fresh_pairs,
        general,
        likenesses,
    )


def _threshold(snapshot: Snapshot) -> float:
    store = snapshot.get("store")
    return store.likeness_threshold if isinstance(store, Store) else 0.5


def _examined(refs: Iterable[Ref], whole: Matrix) -> dict[Ref, tuple[FindingView, ...]]:
    """What is raised about each of these entries alone; entries about which nothing is are left out."""
    around = Surroundings.of(whole)
    entries = whole.snapshot.entries
    found: dict[Ref, tuple[FindingView, ...]] = {}
    for ref in refs:
        entry = entries.get(ref)
        points = tuple(map(_view, entry_points(ref, entry, around))) if entry is not None else ()
        if points:
            found[ref] = points
    return found


def _touched(before: Matrix, after: Matrix, changed: Collection[Ref]) -> set[Ref]:
    """The entries whose own points an edit of these entries can change."""
    touched = set(changed)
    addressed = {
        issue
        for source in (before.snapshot, after.snapshot)
        for ref in changed
        if (entry := source.get(ref)) is not None and isinstance(entry, Entry)
        for issue in entry.addresses
    }
    found = (after.snapshot.by_id("entry", issue) for issue in addressed)
    touched.update(ref for ref in found if ref is not None)
    # The strength of an open issue hangs on whether its rows have a 取組中.
    switched = rows_with_initiatives(before)[0] ^ rows_with_initiatives(after)[0]
    for (category, _), refs in after.placing.cells.items() if switched else ():
        if category in switched:
            touched.update(refs)
    return touched


def _general(whole: Matrix) -> tuple[FindingView, ...]:
    """What is raised about rows, areas and answers."""
    return tuple(map(_view, chain(row_points(whole), area_points(whole), answer_points(whole))))


def _resorted(sections: Sections, gone: Iterable[FindingView], come: Iterable[FindingView]) -> Sections:
    lost: dict[Section, set[str]] = defaultdict(set)
    new: dict[Section, list[FindingView]] = defaultdict(list)
    for view in gone:
        lost[_section(view)].add(view.key)
    for view in come:
        new[_section(view)].append(view)
    changed = {
        section: tuple(
            sorted(
                [*(view for view in sections.get(section, ()) if view.key not in lost[section]), *new[section]],
                key=attrgetter("key"),
            )
        )
        for section in {**lost, **new}
    }
    return {**sections, **changed}


def _section(view: FindingView) -> Section:
    return view.kind == "確認事項", not view.strong, RULES[view.rule].place


def _in_order(sections: Sections, snapshot: Snapshot) -> tuple[FindingView, ...]:
    """All views in their order, with what people have settled."""
    settled = {ref.id: finding for ref, finding in snapshot.findings.items()}
    if settled:
        raised = {view.key: view for view in chain(*sections.values()) if view.key in settled}
        with_settlement = [
            _with_settlement(raised[key], finding) if key in raised else _no_longer_raised(key, finding)
            for key, finding in settled.items()
        ]
        sections = _resorted(sections, raised.values(), with_settlement)
    return tuple(chain.from_iterable(sections[section] for section in sorted(sections)))


def _view(point: Point) -> FindingView:
    rule = RULES[point.rule]
    key = finding_key(point.rule, point.subjects)
    return FindingView(
        key=key,
        rule=point.rule,
        name=rule.name,
        kind=rule.kind,
        subjects=point.subjects,
        why=point.why,
        cure=point.cure,
        strong=point.strong,
        score=point.score,
        verdict=None,
        stage=None,
        reason=None,
        decided_on=None,
        fires=True,
    )


def _with_settlement(view: FindingView, finding: Finding) -> FindingView:
    return replace(
        view,
        verdict=finding.verdict,
        stage=finding.stage,
        reason=finding.reason,
        decided_on=finding.decided_on,
    )


def _no_longer_raised(key: str, finding: Finding) -> FindingView:
    subjects = tuple(map(Ref, finding.subjects))
    view = _view(
        Point(
            finding.rule,
            subjects,
            "整理した時の条件には、いまは当てはまりません。",
            "このまま残しておけます。不要になったら記録を消せます。",
        )
    )
    # The id of the record is its key: its subjects may have moved since it was made.
    return replace(_with_settlement(view, finding), key=key, fires=False)

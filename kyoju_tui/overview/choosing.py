"""How an area was chosen, and what is still owed to it: evidence, talks, promises, overlaps, lessons (handbook 3-1)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kyoju_tui.overview.areas import few_people
from kyoju_tui.records.area import Area, Visit
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Overlap:
    """What an area shares with another: `kind` is 町内会 or 小地域."""

    other: Ref
    kind: str
    name: str


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise made on a visit that nobody has kept yet; `number` is the visit's index in the area."""

    area: Ref
    number: int
    on: date | None
    text: str


@dataclass(frozen=True, slots=True)
class Received:
    """Lessons that came from another area."""

    source: Ref
    on: date | None
    text: str


def lacking(area: Area) -> tuple[str, ...]:
    """The axes without any evidence (判断材料), whether a level is set or not."""
    axes = {"意欲": area.willingness, "優先度": area.priority}
    return tuple(label for label, axis in axes.items() if axis is None or not any(map(str.strip, axis.evidence)))


def by_statistics_alone(area: Area) -> tuple[str, ...]:
    """The axes that were judged with nothing but indicators at hand: statistics alone choose nothing."""
    if not area.indicators:
        return ()
    without = lacking(area)
    willing = area.willingness.level if area.willingness is not None else None
    urgent = area.priority.level if area.priority is not None else None
    judged = {"意欲": willing not in (None, "未把握"), "優先度": urgent not in (None, "未判定")}
    return tuple(label for label, is_judged in judged.items() if is_judged and label in without)


def remarks(snapshot: Snapshot, ref: Ref) -> Iterator[str]:
    """What is to be looked at again, each in a sentence that says how it is settled."""
    area = snapshot.expect(ref, Area)
    alone = by_statistics_alone(area)
    if alone:
        yield f"{'・'.join(alone)}が指標だけで付いています。地域で見聞きしたことを判断材料に書きます。"
    if left := [label for label in lacking(area) if label not in alone]:
        yield f"判断材料なし：{'・'.join(left)}。見聞きしたことを書きます。"
    if area.status in ("モデル", "対象"):
        if not area.status_reason:
            yield f"「{area.status}」とした理由がまだ書かれていません。"
        if not area.talks:
            yield f"「{area.status}」ですが、地域側の意向確認がまだ記録されていません。"
    if area.scope == "連合町内会+コミュニティ" and area.community is None:
        yield "範囲にコミュニティを含みますが、どの団体かがまだ選ばれていません。"
    if any(passed.area == ref.id for passed in area.passed_to):
        yield "横展開先がこの地域自身になっています。渡した先の地域に直してください。"
    if few_people(snapshot, area):
        yield f"人口が{snapshot.store.population_floor}人未満です。率は少しの増減で大きく動くため、参考とします。"


def overlaps(snapshot: Snapshot) -> Mapping[Ref, tuple[Overlap, ...]]:
    """What two areas have in common, for each of both; it is shown and not forbidden."""
    holders: dict[tuple[str, str], dict[Ref, str]] = defaultdict(dict)
    for ref, area in snapshot.areas.items():
        for name in area.members:
            holders["町内会", fold(name)].setdefault(ref, name)
        for code in area.small_areas:
            holders["小地域", fold(code)].setdefault(ref, code)
    found: dict[Ref, list[Overlap]] = defaultdict(list)
    for (kind, folded), refs in holders.items():
        if not folded or len(refs) < 2:
            continue
        for ref, name in refs.items():
            found[ref] += [Overlap(other, kind, name) for other in refs if other != ref]
    return {ref: tuple(each) for ref, each in found.items()}


def is_open(visit: Visit) -> bool:
    """Whether something was promised on a visit and is not kept yet."""
    return bool(visit.promises) and visit.kept_on is None


def open_promises(snapshot: Snapshot, ref: Ref | None = None) -> tuple[Promise, ...]:
    """What was promised and is not kept yet, of one area or of all, the oldest first."""
    areas = snapshot.areas if ref is None else {ref: snapshot.expect(ref, Area)}
    left = [
        Promise(where, number, visit.on, visit.promises or "")
        for where, area in areas.items()
        for number, visit in enumerate(area.visits)
        if is_open(visit)
    ]
    return tuple(sorted(left, key=lambda promise: (promise.on or date.max, promise.area)))


def received(snapshot: Snapshot) -> Mapping[Ref, tuple[Received, ...]]:
    """What each area got from others (横展開), the newest first."""
    found: dict[Ref, list[Received]] = defaultdict(list)
    for ref, area in snapshot.areas.items():
        for passed in area.passed_to:
            target = snapshot.by_id("area", passed.area) if passed.area is not None else None
            if target is not None and target != ref:
                found[target].append(Received(ref, passed.on, passed.text or ""))
    return {ref: tuple(sorted(each, key=lambda one: one.on or date.min, reverse=True)) for ref, each in found.items()}

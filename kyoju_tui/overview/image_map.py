"""The image map (イメージ図): the matrix's content over the town's own zones (handbook 1-3(2)).

Zones stand on a grid. What a person wrote into the file by hand (no place, two zones on one place, far numbers) is
shown too: rows and columns are counted, not measured, and a zone without a place of its own gets the next free one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from kyoju_tui.records.area import Area
from kyoju_tui.records.base import Record
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.dates import format_short
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.image_map import ImageMap, Placement, Zone
from kyoju_tui.records.kinds import kind_of_model
from kyoju_tui.records.meeting import Meeting, Opinion
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.theme import Theme

Layer = Literal["取組", "課題", "データ", "論点・意見", "その他"]
LAYERS: Final[tuple[Layer, ...]] = ("取組", "課題", "データ", "論点・意見", "その他")
MAP: Final = Ref("image-map")
# How wide the grid is while staff have not made it wider.
COLUMNS: Final = 3
GONE: Final = "見つからない記録"
_LONGEST: Final = 80


@dataclass(frozen=True, slots=True)
class Content:
    """Something placed. `number` is its index in the record; `word` is the short word for what it is."""

    number: int
    ref: Ref
    part: str
    layer: Layer
    word: str
    title: str


@dataclass(frozen=True, slots=True)
class Box:
    """A zone on the grid. `number` is its index in the record; row and column are counted from 0 without gaps."""

    number: int
    label: str
    row: int
    column: int
    contents: tuple[Content, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole map. `loose` is what stands on a zone that does not exist."""

    boxes: tuple[Box, ...]
    rows: int
    columns: int
    loose: tuple[Content, ...]

    def at(self, row: int, column: int) -> Box | None:
        """The zone at a place of the grid."""
        return next((box for box in self.boxes if (box.row, box.column) == (row, column)), None)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something that can be placed; `placed` where another zone has it already."""

    ref: Ref
    part: str
    word: str
    title: str
    detail: str
    placed: bool


def image_map_of(snapshot: Snapshot) -> ImageMap:
    """The map; an empty one where the store has none."""
    found = snapshot.get(MAP)
    return found if isinstance(found, ImageMap) else ImageMap()


def picture(snapshot: Snapshot, layers: Collection[Layer] = LAYERS) -> Picture:
    """The map as it is drawn, with the content of these layers."""
    image_map = image_map_of(snapshot)
    on_zone: dict[int | None, list[Content]] = defaultdict(list)
    numbers = {zone.id: number for number, zone in reversed(list(enumerate(image_map.zones))) if zone.id}
    for number, placement in enumerate(image_map.placements):
        shown = _content(snapshot, number, placement)
        if shown.layer in layers:
            on_zone[numbers.get(placement.zone) if placement.zone else None].append(shown)
    places = grid(image_map.zones)
    boxes = [
        Box(number, label_of(zone, number), *places[number], tuple(on_zone.get(number, ())))
        for number, zone in enumerate(image_map.zones)
    ]
    return Picture(
        tuple(sorted(boxes, key=lambda box: (box.row, box.column))),
        max((row + 1 for row, _ in places.values()), default=0),
        max((column + 1 for _, column in places.values()), default=0),
        tuple(on_zone.get(None, ())),
    )


def label_of(zone: Zone, number: int) -> str:
    """What a zone is called; one without a name by its number."""
    return zone.label or f"場所{number + 1}"


def grid(zones: Sequence[Zone]) -> Mapping[int, tuple[int, int]]:
    """Row and column of each zone by its index: no place twice, and no row or column without a zone."""
    wanted = [(number, zone.row, zone.column) for number, zone in enumerate(zones)]
    rows = _ranks([row for _, row, column in wanted if row is not None and column is not None])
    columns = _ranks([column for _, row, column in wanted if row is not None and column is not None])
    taken: dict[tuple[int, int], int] = {}
    homeless: list[int] = []
    for number, row, column in wanted:
        if row is None or column is None or taken.setdefault((rows[row], columns[column]), number) != number:
            homeless.append(number)
    free = free_places(taken, max(COLUMNS, len(columns)))
    for number in homeless:
        taken[next(free)] = number
    return _without_gaps({number: place for place, number in taken.items()})


def free_places(taken: Collection[tuple[int, int]], columns: int) -> Iterator[tuple[int, int]]:
    """The places of the grid that are free, row by row, without end."""
    row = 0
    while True:
        yield from [(row, column) for column in range(columns) if (row, column) not in taken]
        row += 1


def offers(snapshot: Snapshot, zone: str | None) -> tuple[Offer, ...]:
    """What can be placed on a zone: everything that is not on it yet, what stands nowhere first."""
    here: set[tuple[str, str]] = set()
    elsewhere: set[tuple[str, str]] = set()
    for placement in image_map_of(snapshot).placements:
        where = here if zone is not None and placement.zone == zone else elsewhere
        where.add((placement.ref or "", placement.part or ""))
    found = [
        Offer(ref, part, word, title, detail, (ref, part) in elsewhere)
        for ref, part, word, title, detail in _everything(snapshot)
        if (ref, part) not in here
    ]
    return tuple(sorted(found, key=lambda offer: offer.placed))


def _everything(snapshot: Snapshot) -> Iterator[tuple[Ref, str, str, str, str]]:
    """REF, part, word, title and what tells it from others."""
    for ref, entry in snapshot.entries.items():
        department = ref.department or COMMON
        where = "" if department == COMMON else snapshot.name("department", department)
        yield ref, "", entry.kind, entry.title, "　".join(filter(None, (where, entry.status or "")))
    for ref, finding in snapshot.findings.items():
        yield ref, "", "論点", point_words(snapshot, finding), finding.verdict or ""
    for ref, meeting in snapshot.meetings.items():
        on = format_short(meeting.held_on) if meeting.held_on else ""
        for opinion in meeting.opinions:
            if opinion.id and opinion.text:
                yield ref, opinion.id, "意見", _opinion_words(snapshot, opinion), f"{meeting.title}　{on}".strip()
    for model in (Theme, Area, Dataset):
        for ref in snapshot.all(model):
            yield ref, "", kind_of_model(model).label, snapshot.title(ref), ""


def _content(snapshot: Snapshot, number: int, placement: Placement) -> Content:
    ref, part = Ref(placement.ref or ""), placement.part or ""
    record = snapshot.get(ref) if ref else None
    layer, word, title = _told(snapshot, ref, record, part)
    return Content(number, ref, part, layer, word, title)


def _told(snapshot: Snapshot, ref: Ref, record: Record | None, part: str) -> tuple[Layer, str, str]:
    if record is None:
        return "その他", GONE, str(ref)
    if isinstance(record, Entry):
        return record.kind, record.kind, record.title
    if isinstance(record, Dataset):
        return "データ", "データ", record.title
    if isinstance(record, Finding):
        return "論点・意見", "論点", point_words(snapshot, record)
    if isinstance(record, Meeting) and part:
        opinion = next((each for each in record.opinions if each.id == part), None)
        return "論点・意見", "意見", _opinion_words(snapshot, opinion) if opinion else f"{record.title}（{GONE}）"
    return "その他", kind_of_model(type(record)).label, snapshot.title(ref)


def point_words(snapshot: Snapshot, finding: Finding) -> str:
    """A settled point: the needed initiative, or what it is about and how it was settled."""
    if finding.needed is not None and finding.needed.title:
        return finding.needed.title
    subjects = "・".join(snapshot.title(subject) for subject in finding.subjects)
    return _cut("：".join(filter(None, (subjects, finding.verdict or ""))))


def _opinion_words(snapshot: Snapshot, opinion: Opinion) -> str:
    department = snapshot.name("department", opinion.department) if opinion.department else ""
    return _cut("：".join(filter(None, (department, " ".join((opinion.text or "").split())))))


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 2]}.."


def _ranks(values: Sequence[int]) -> dict[int, int]:
    return {value: rank for rank, value in enumerate(sorted(set(values)))}


def _without_gaps(places: Mapping[int, tuple[int, int]]) -> Mapping[int, tuple[int, int]]:
    rows = _ranks([row for row, _ in places.values()])
    columns = _ranks([column for _, column in places.values()])
    return {number: (rows[row], columns[column]) for number, (row, column) in places.items()}

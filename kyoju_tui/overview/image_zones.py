"""Changes of the image map, each from a map to the next one: zones added, named, moved, taken away; content placed.

Zones and placements are named by their index in the record; a zone gets its id when something is first placed on it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from kyoju_tui.overview.image_map import COLUMNS, free_places, grid, label_of
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import new_part_id
from kyoju_tui.records.image_map import ImageMap, Placement, Zone


def label_fault(image_map: ImageMap, label: str, *, renaming: int | None = None) -> str:
    """Why a zone cannot be called this, or the empty string."""
    if len(label) > 30:
        return "30文字以内にしてください。"
    others = (label_of(zone, number) for number, zone in enumerate(image_map.zones) if number != renaming)
    return f"「{label}」という場所はもうあります。" if fold(label) in map(fold, others) else ""


def with_zones(image_map: ImageMap, labels: Iterable[str], at: tuple[int, int] | None = None) -> ImageMap:
    """New zones at the next free places; the first one at `at` (counted row and column) where that is free."""
    zones = list(placed_zones(image_map).zones)
    for label in labels:
        places = set(grid(zones).values())
        width = max((column + 1 for _, column in places), default=0)
        row, column = at if at is not None and at not in places else next(free_places(places, max(COLUMNS, width)))
        at = None
        taken = {zone.id for zone in zones if zone.id}
        zones.append(Zone(id=new_part_id(taken), label=label, row=row, column=column))
    return _but(image_map, zones=zones)


def renamed(image_map: ImageMap, number: int, label: str) -> ImageMap:
    """The zone under another name."""
    zones = list(image_map.zones)
    zones[number] = zones[number].but(label=label)
    return _but(image_map, zones=zones)


def moved(image_map: ImageMap, number: int, down: int, right: int) -> ImageMap | None:
    """The zone one place further, changing places with the one that stands there; None where that changes nothing."""
    places = dict(grid(image_map.zones))
    here = places[number]
    there = here[0] + down, here[1] + right
    other = next((each for each, place in places.items() if place == there), None)
    places[number] = there
    if other is not None:
        places[other] = here
    least_row = min(row for row, _ in places.values())
    least_column = min(column for _, column in places.values())
    zones = [
        zone.but(row=places[each][0] - min(least_row, 0), column=places[each][1] - min(least_column, 0))
        for each, zone in enumerate(image_map.zones)
    ]
    if grid(zones) == grid(image_map.zones):
        return None
    return _but(image_map, zones=zones)


def without_zone(image_map: ImageMap, number: int) -> ImageMap:
    """The map without a zone and without what was placed on it; the records themselves stay."""
    gone = image_map.zones[number]
    zones = [zone for each, zone in enumerate(image_map.zones) if each != number]
    kept = [each for each in image_map.placements if gone.id is None or each.zone != gone.id]
    return _but(image_map, zones=zones, placements=kept)


def placed(image_map: ImageMap, number: int, refs: Sequence[tuple[str, str]]) -> ImageMap:
    """Records (REF and part) put on a zone."""
    zones = _with_id(image_map.zones, number)
    placements = list(image_map.placements)
    for ref, part in refs:
        taken = {each.id for each in placements if each.id}
        placements.append(Placement(id=new_part_id(taken), zone=zones[number].id, ref=ref, part=part or None))
    return _but(image_map, zones=zones, placements=placements)


def taken_off(image_map: ImageMap, numbers: Collection[int]) -> ImageMap:
    """The map without these placements; the records themselves stay."""
    return _but(image_map, placements=[each for at, each in enumerate(image_map.placements) if at not in numbers])


def shifted(image_map: ImageMap, numbers: Collection[int], zone: int) -> ImageMap:
    """These placements on another zone."""
    zones = _with_id(image_map.zones, zone)
    placements = [
        each.but(zone=zones[zone].id) if at in numbers else each for at, each in enumerate(image_map.placements)
    ]
    return _but(image_map, zones=zones, placements=placements)


def placed_zones(image_map: ImageMap) -> ImageMap:
    """The map with every zone at the place where it is seen."""
    places = grid(image_map.zones)
    zones = [zone.but(row=places[at][0], column=places[at][1]) for at, zone in enumerate(image_map.zones)]
    return _but(image_map, zones=zones)


def _with_id(zones: Sequence[Zone], number: int) -> list[Zone]:
    changed = list(zones)
    if changed[number].id is None:
        taken = {zone.id for zone in changed if zone.id}
        changed[number] = changed[number].but(id=new_part_id(taken))
    return changed


def _but(
    image_map: ImageMap, *, zones: Sequence[Zone] | None = None, placements: Sequence[Placement] | None = None
) -> ImageMap:
    return image_map.model_copy(
        update={
            "zones": tuple(image_map.zones if zones is None else zones),
            "placements": tuple(image_map.placements if placements is None else placements),
        }
    )

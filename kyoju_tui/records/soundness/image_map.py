"""Rules of the image map: one zone a spot, and everything placed on a zone that is there (handbook 1-3(2))."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.image_map import ImageMap
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot


def image_map(ref: Ref, record: ImageMap, snapshot: Snapshot) -> Iterator[Remark]:
    """Two colleagues who drew at once can make any of these; none of it loses anything."""
    spots: dict[tuple[int, int], str] = {}
    for index, zone in enumerate(record.zones):
        if zone.row is None or zone.column is None:
            continue
        spot = zone.row, zone.column
        if spot in spots:
            message = f"場所「{zone.label or ''}」と「{spots[spot]}」が同じ位置にあります。"
            yield Remark(ref, f"zones.{index}", message, "K605", "片方の行か列を変えてください。")
        spots.setdefault(spot, zone.label or "")
    known = {zone.id: zone.label for zone in record.zones}
    seen: set[tuple[str, str]] = set()
    for index, placed in enumerate(record.placements):
        if placed.zone is None:
            continue
        if placed.zone not in known:
            message = f"配置先の場所「{placed.zone}」がありません。"
            yield Remark(ref, f"placements.{index}.zone", message, "K609", "場所を選び直してください。")
        elif placed.ref is not None:
            if (placed.zone, placed.ref) in seen:
                title = snapshot.name("", placed.ref)
                message = f"「{title}」が場所「{known[placed.zone] or placed.zone}」に2回置かれています。"
                yield Remark(ref, f"placements.{index}", message, "K605", "片方を外してください。")
            seen.add((placed.zone, placed.ref))

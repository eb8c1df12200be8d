"""The image map for other programs."""

from __future__ import annotations

from kyoju_tui.overview.image_map import Content, image_map_of, picture
from kyoju_tui.records.snapshot import Snapshot


def image_map_json(snapshot: Snapshot) -> dict[str, object]:
    """Zones with what is placed on them; `loose` stands on no zone that exists."""
    image_map, shown = image_map_of(snapshot), picture(snapshot)

    def content(each: Content) -> dict[str, object]:
        return {
            "id": image_map.placements[each.number].id,
            "ref": each.ref,
            "part": each.part or None,
            "layer": each.layer,
            "title": each.title,
        }

    return {
        "schema": 1,
        "zones": [
            {
                "id": image_map.zones[box.number].id,
                "label": box.label,
                "row": box.row,
                "column": box.column,
                "contents": [content(each) for each in box.contents],
            }
            for box in shown.boxes
        ],
        "loose": [content(each) for each in shown.loose],
    }

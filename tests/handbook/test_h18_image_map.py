"""H 18: the matrix's content over the town's own zones, by layers, on the screen and as a picture (handbook 1-3(2))."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from kyoju_tui.overview.image_map import image_map_of, picture
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.widgets.map_grid import MapGrid
from tests.handbook.work import TODAY, Work, at_work

ZONES = ("坂の上", "川沿い", "駅のまわり")
ENTRY, OPINION = "移動販売の支援", "坂で買物に行けない"


def prepare(work: Work) -> None:
    """An initiative and an opinion to be placed."""
    entry = Entry.model_validate({"title": ENTRY, "kind": "取組", "status": "取組中", "categories": ["koreisha"]})
    work.workspace.create("entry", entry, today=TODAY, department="jutaku").result(timeout=60)
    opinion = {"id": "op1", "category": "koreisha", "text": OPINION}
    meeting = Meeting.model_validate({"title": "図の意見交換", "held_on": date(2026, 11, 20), "opinions": [opinion]})
    work.workspace.create("meeting", meeting, today=TODAY).result(timeout=60)


async def do_h18(work: Work) -> None:
    """Make zones, place an initiative and an opinion, move a zone, look at one layer, write the picture out."""
    prepare(work)
    await work.open("image-map")
    await work.press("f4", "enter")
    await work.type("、".join(ZONES))
    await work.saved("enter")
    await work.sees("場所3・空き3")
    work.app.screen.query_one(MapGrid).focus()
    for words in (ENTRY, OPINION):
        await work.press("ctrl+g")
        await work.type(words)
        await work.saved("enter")
    await work.saved("ctrl+down")
    await work.press("ctrl+l")
    await work.sees("取組だけを表示")
    await work.press("ctrl+l", "ctrl+l", "ctrl+l", "ctrl+l", "ctrl+l", "ctrl+w", "enter")
    await work.sees("書き出しました")


async def test_h18_content_is_placed_on_zones_and_drawn(store: Path, tmp_path: Path) -> None:
    async with at_work(store, tmp_path) as work:
        await do_h18(work)
        image_map = image_map_of(work.snapshot)
        assert [zone.label for zone in image_map.zones] == list(ZONES)
        first = next(box for box in picture(work.snapshot).boxes if box.label == ZONES[0])
        assert (first.row, first.column) == (1, 0)
        assert [(each.word, each.title) for each in first.contents] == [("取組", ENTRY), ("意見", OPINION)]
        assert image_map.placements[1].part == "op1"
        drawn = (tmp_path / "イメージ図.svg").read_text(encoding="utf-8")
        texts = [element.text for element in ET.fromstring(drawn).iter() if element.text]  # noqa: S314 - our own output
        assert {*ZONES, ENTRY, OPINION} <= set(texts)
        assert "イメージ図" in work.subject()
        assert work.clean()

"""The image map: zones on a grid, whatever stands in the file; content by layers; changes from map to map."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.overview.image_map import GONE, Picture, grid, image_map_of, offers, picture
from kyoju_tui.overview.image_zones import (
    label_fault,
    moved,
    placed,
    renamed,
    shifted,
    taken_off,
    with_zones,
    without_zone,
)
from kyoju_tui.records.image_map import ImageMap, Zone
from kyoju_tui.records.snapshot import Snapshot
from tests.building import Built, category, data, department, initiative, issue, meeting, record, snapshot


def town(**fields: object) -> Snapshot:
    return snapshot(*RECORDS, record("image-map", "", **fields))


RECORDS: tuple[Built, ...] = (
    category("korei", "高齢者"),
    department("jutaku", "住宅課"),
    initiative("jutaku", "mimamori", "korei"),
    issue("jutaku", "akiya", "korei"),
    data("jutaku", "setai", "korei"),
    meeting("m1", date(2026, 11, 1), {"department": "jutaku", "text": "坂が\nつらい"}),
    record("finding", "no-data-000000000001", rule="no-data", subjects=["categories/korei"], verdict="不要"),
    record("theme", "t1", title="買物の足"),
    record("area", "kita", name="北団地"),
)
ZONES = [
    {"id": "z1", "label": "坂の上", "row": 0, "column": 0},
    {"id": "z2", "label": "川沿い", "row": 0, "column": 1},
]


def places(shown: Picture) -> dict[str, tuple[int, int]]:
    return {box.label: (box.row, box.column) for box in shown.boxes}


def test_content_has_its_layer_its_word_and_its_title() -> None:
    refs = [
        ("entries/jutaku/mimamori", None), ("entries/jutaku/akiya", None), ("entries/jutaku/setai", None),
        ("meetings/m1", "o1"), ("findings/no-data-000000000001", None), ("themes/t1", None), ("areas/kita", None),
        ("entries/jutaku/gone", None), ("meetings/m1", "o9"),
    ]  # fmt: skip
    placements = [{"zone": "z1", "ref": ref, **({"part": part} if part else {})} for ref, part in refs]
    box, other = picture(town(zones=ZONES, placements=placements)).boxes
    assert [(each.layer, each.word) for each in box.contents] == [
        ("取組", "取組"), ("課題", "課題"), ("データ", "データ"), ("論点・意見", "意見"), ("論点・意見", "論点"),
        ("その他", "テーマ"), ("その他", "地域"), ("その他", GONE), ("論点・意見", "意見"),
    ]  # fmt: skip
    assert box.contents[3].title == "住宅課：坂が つらい"
    assert box.contents[4].title == "高齢者：不要"
    assert box.contents[7].title == "entries/jutaku/gone"
    assert GONE in box.contents[8].title
    assert other.contents == ()


def test_layers_choose_what_is_shown_and_the_zones_stay() -> None:
    placements = [{"zone": "z1", "ref": "entries/jutaku/mimamori"}, {"zone": "z2", "ref": "entries/jutaku/akiya"}]
    first, second = picture(town(zones=ZONES, placements=placements), ["課題"]).boxes
    assert first.contents == () and [each.title for each in second.contents] == ["akiya"]


def test_what_stands_on_no_zone_is_not_lost() -> None:
    shown = picture(town(zones=ZONES, placements=[{"zone": "z9", "ref": "areas/kita"}, {"ref": "themes/t1"}]))
    assert [each.title for each in shown.loose] == ["北団地", "買物の足"]


def test_an_empty_store_has_an_empty_picture() -> None:
    assert picture(snapshot()) == Picture((), 0, 0, ())


def test_far_gaps_twice_the_same_place_and_no_place_are_all_drawn() -> None:
    zones = [
        {"id": "a", "label": "甲", "row": 0, "column": 0},
        {"id": "b", "label": "乙", "row": 10**9, "column": 7},
        {"id": "c", "label": "丙", "row": 0, "column": 0},
        {"label": "丁"},
        {},
    ]
    shown = picture(town(zones=zones))
    assert places(shown)["甲"] == (0, 0) and places(shown)["乙"] == (1, 1)
    assert len(set(places(shown).values())) == 5
    assert "場所5" in places(shown)


@given(st.lists(st.tuples(st.none() | st.integers(0, 10**12), st.none() | st.integers(0, 4)), max_size=12))
def test_every_zone_has_a_place_of_its_own_without_empty_rows_or_columns(given: list[tuple[int, int]]) -> None:
    found = grid([Zone(row=row, column=column) for row, column in given])
    assert len(set(found.values())) == len(given)
    for axis in (0, 1):
        used = {place[axis] for place in found.values()}
        assert used == set(range(len(used)))


def test_offers_are_everything_not_here_what_stands_nowhere_first() -> None:
    placements = [{"zone": "z1", "ref": "entries/jutaku/mimamori"}, {"zone": "z2", "ref": "meetings/m1", "part": "o1"}]
    found = offers(town(zones=ZONES, placements=placements), "z1")
    assert [(each.ref.id, each.placed) for each in found] == [
        ("akiya", False), ("setai", False), ("no-data-000000000001", False), ("t1", False), ("kita", False),
        ("m1", True),
    ]  # fmt: skip
    assert found[-1].part == "o1" and found[-1].word == "意見"


def test_zones_are_added_in_rows_of_three_and_one_where_the_cursor_is() -> None:
    four = with_zones(ImageMap(), ["甲", "乙", "丙", "丁"])
    assert list(grid(four.zones).values()) == [(0, 0), (0, 1), (0, 2), (1, 0)]
    assert len({zone.id for zone in four.zones}) == 4
    five = with_zones(four, ["戊"], (1, 2))
    assert grid(five.zones)[4] == (1, 2)
    taken = with_zones(five, ["己"], (0, 0))
    assert grid(taken.zones)[5] == (1, 1)


def test_moving_changes_places_grows_the_grid_and_stops_where_nothing_would_change() -> None:
    three = with_zones(ImageMap(), ["甲", "乙", "丙"])
    swapped = moved(three, 0, 0, 1)
    assert swapped is not None and grid(swapped.zones) == {0: (0, 1), 1: (0, 0), 2: (0, 2)}
    above = moved(three, 1, -1, 0)
    assert above is not None and grid(above.zones) == {0: (1, 0), 1: (0, 1), 2: (1, 2)}
    assert moved(above, 1, -1, 0) is None
    assert moved(three, 0, 0, -1) is None


def test_names_are_each_used_once() -> None:
    two = with_zones(ImageMap(), ["坂の上", "川沿い"])
    assert label_fault(two, "川沿い") and label_fault(two, "川沿い", renaming=0)
    assert not label_fault(two, "川沿い", renaming=1) and not label_fault(two, "駅前")
    assert label_fault(two, "長" * 31)
    assert renamed(two, 1, "川べり").zones[1].label == "川べり"


def test_content_is_placed_moved_taken_off_and_goes_with_its_zone() -> None:
    hand = image_map_of(town(zones=[{"label": "甲"}, *ZONES]))
    one = placed(hand, 0, [("meetings/m1", "o1"), ("areas/kita", "")])
    # A zone that a person typed without an id gets one when something is put on it.
    assert one.zones[0].id and {each.zone for each in one.placements} == {one.zones[0].id}
    assert one.placements[0].part == "o1" and one.placements[1].part is None
    other = shifted(one, {1}, 2)
    assert [each.zone for each in other.placements] == [one.zones[0].id, "z2"]
    assert [each.ref for each in taken_off(other, {0}).placements] == ["areas/kita"]
    left = without_zone(other, 2)
    assert [each.ref for each in left.placements] == ["meetings/m1"] and len(left.zones) == 2

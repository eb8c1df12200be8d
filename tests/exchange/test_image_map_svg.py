"""The image map as SVG: well-formed whatever is recorded, everything named, no text over another."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.exchange.image_map_svg import image_map_svg
from kyoju_tui.exchange.svg_text import broken, width_of
from kyoju_tui.records.snapshot import Snapshot
from tests.building import category, department, initiative, issue, record, snapshot

SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert("x")</script>&amp;<![CDATA['
LONG = "住み慣れた団地で暮らし続けるための、買物・通院・見守りを一体で支えるしくみづくり（ＡＢＣ-2026年度）" * 2


def town(contents: int = 3) -> Snapshot:
    """Two rows of zones, one of them long-named and full, one hole."""
    zones = [
        {"id": "z1", "label": LONG[:60], "row": 0, "column": 0},
        {"id": "z2", "label": HOSTILE[:30], "row": 0, "column": 1},
        {"id": "z3", "label": "港", "row": 1, "column": 1},
    ]
    refs = [f"entries/jutaku/t{number}" for number in range(contents)]
    placements = [{"zone": "z1", "ref": ref} for ref in refs]
    placements += [{"zone": "z2", "ref": "entries/jutaku/hostile"}, {"zone": "gone", "ref": "entries/jutaku/issue"}]
    return snapshot(
        category("korei", "高齢者"),
        department("jutaku", "住宅課"),
        *(initiative("jutaku", f"t{number}", "korei", title=f"{number}{LONG}") for number in range(contents)),
        initiative("jutaku", "hostile", "korei", title=HOSTILE),
        issue("jutaku", "issue", "korei", title="坂道"),
        record("image-map", "", zones=zones, placements=placements),
    )


@dataclass(frozen=True)
class Written:
    """A line of text and the room that it takes."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def written(root: ET.Element) -> list[Written]:
    found: list[Written] = []
    for element in root.iter(f"{SVG}text"):
        size, x, y = (float(element.get(name, "")) for name in ("font-size", "x", "y"))
        text = element.text or ""
        found.append(Written(text, x, y - 0.88 * size, x + width_of(text, size), y + 0.12 * size))
    return found


def test_no_text_lies_over_another_or_beyond_the_picture() -> None:
    root = ET.fromstring(image_map_svg(town(6)))  # noqa: S314 - our own output
    lines = written(root)
    assert len(lines) > 40
    for one, other in combinations(lines, 2):
        beside = one.right <= other.left or other.right <= one.left
        above = one.bottom <= other.top or other.bottom <= one.top
        assert beside or above, (one, other)
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    assert all(line.left >= 0 and line.right <= width and line.top >= 0 and line.bottom <= height for line in lines)
    boxes = [
        tuple(float(each.get(name, "")) for name in ("x", "y", "width", "height")) for each in root.iter(f"{SVG}rect")
    ]
    for x, y, wide, high in boxes:
        assert x + wide <= width and y + high <= height


def test_every_zone_and_everything_placed_is_named_whole() -> None:
    shown = town()
    root = ET.fromstring(image_map_svg(shown))  # noqa: S314 - our own output
    whole = "".join(line.text for line in written(root)).replace(" ", "")
    for wanted in (
        *(f"{number}{LONG}" for number in range(3)),
        HOSTILE,
        LONG[:60],
        "港",
        "坂道",
        "場所の決まっていないもの",
    ):
        assert wanted.replace(" ", "") in whole, wanted
    assert {"取組", "課題", "空き", "論点・意見"} <= {line.text for line in written(root)}


def test_it_says_what_it_is_and_holds_nothing_that_runs() -> None:
    root = ET.fromstring(image_map_svg(town()))  # noqa: S314 - our own output
    assert root.get("lang") == "ja" and root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == "澪帆市　イメージ図"
    told = root.findtext(f"{SVG}desc") or ""
    assert "港：なし" in told and "課題「坂道」" in told
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {"svg", "title", "desc", "rect", "g", "text"}
    named = {name for element in root.iter() for name in element.attrib}
    assert not [name for name in named if name.startswith("on") or "href" in name]


def test_a_layer_leaves_out_the_rest() -> None:
    texts = {line.text for line in written(ET.fromstring(image_map_svg(town(), ["課題"])))}  # noqa: S314 - our own output
    assert "坂道" in texts and "取組" not in texts and "空き" not in texts


def test_an_empty_store_has_a_picture_too() -> None:
    assert "場所がまだありません。" in image_map_svg(snapshot())


@pytest.mark.parametrize(
    "text,lines",
    [
        ("", [""]),
        ("坂の上の団地です", ["坂の上の団", "地です"]),
        ("坂の上の団、地です", ["坂の上の団、", "地です"]),
        ("一  二\n三", ["一 二 三"]),
    ],
)
def test_lines_are_broken_with_a_closing_mark_hanging(text: str, lines: list[str]) -> None:
    assert broken(text, 10, 50) == lines


@given(st.text(max_size=200), st.integers(20, 300))
def test_lines_are_never_wider_than_width_and_one_mark_and_lose_nothing(text: str, width: int) -> None:
    lines = broken(text, 14, width)
    assert all(width_of(line, 14) <= width + 14 for line in lines)
    assert "".join(lines).replace(" ", "") == "".join(text.split())

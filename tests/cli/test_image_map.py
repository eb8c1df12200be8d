"""`image-map`: as words, as JSON, as a picture."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from tests.cli.conftest import HOUSES, Run, Write

MAP = f"""
[[zones]]
id = "z1"
label = "坂の上"
row = 0
column = 0

[[zones]]
id = "z2"
label = "川沿い"
row = 0
column = 1

[[placements]]
id = "p1"
zone = "z1"
ref = "{HOUSES}"
"""


def test_an_empty_store_says_how_to_begin(run: Run) -> None:
    ran = run("image-map")
    assert ran.code == 0 and "場所がまだありません" in ran.out


def test_zones_with_what_is_placed_on_them(run: Run, write: Write) -> None:
    write("image-map.toml", MAP)
    told = run("image-map").out
    assert "坂の上" in told and "空き家相談窓口" in told and "（空き）" in told
    answer = run("image-map", "--json").json
    first, second = answer["zones"]
    assert (first["id"], first["label"], first["row"], first["column"]) == ("z1", "坂の上", 0, 0)
    assert first["contents"] == [{"id": "p1", "ref": HOUSES, "part": None, "layer": "取組", "title": "空き家相談窓口"}]
    assert second["contents"] == [] and answer["loose"] == []


def test_the_picture_goes_into_a_file(run: Run, write: Write, tmp_path: Path) -> None:
    write("image-map.toml", MAP)
    file = tmp_path / "図.svg"
    ran = run("image-map", "-o", file)
    assert ran.code == 0 and "書き出しました" in ran.out
    assert "空き家相談窓口" in file.read_text(encoding="utf-8")
    assert ET.parse(file).getroot().tag.endswith("svg")  # noqa: S314 - our own output
    assert run("image-map", "-o", tmp_path / "図.png").code == 2
    assert run("image-map", "-o", tmp_path / "ない" / "図.svg").code == 3

"""Mappings: found again by their heads, exactly or not at all; the sample's own one reads the sample's own figures."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from kyoju_tui.exchange.books.values import Area, Book, Sheet
from kyoju_tui.exchange.statistics.heads import heads_of
from kyoju_tui.exchange.statistics.mapped import UnfitMapping, layout_of
from kyoju_tui.exchange.statistics.reading import read
from kyoju_tui.exchange.statistics.rows import Asked
from kyoju_tui.records.figures import read_figures
from kyoju_tui.records.mapping import Mapping
from tests.exchange.statistics.tables import TODAY, book_of

STORE = Path(__file__).parents[3] / "store"
TABLE = (
    "町丁別年齢別人口,,,,,,,\n令和8年10月2日作成,,,,,,,\n"
    "町丁コード,町丁名,人口,,世帯数,年齢別,,\n,,計,うち外国人,,15歳未満,65歳以上,75歳以上\n"
    '010010,本町一丁目,"1,420",12,690,118,498,271\n070020,麦葉谷奥,18,-,9,（秘）,（秘）,（秘）\n'
    "注　秘匿は（秘）で示す。,,,,,,,\n"
)


def sample() -> Mapping:
    (file,) = (STORE / "mappings").glob("*.toml")
    return Mapping.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))


def test_the_samples_mapping_reads_what_the_sample_keeps(tmp_path: Path) -> None:
    book = book_of(tmp_path, TABLE)
    table = read(book.sheets[0], layout_of(book, sample()), Asked(TODAY))
    assert table.faults == ()
    kept = read_figures((STORE / "datasets" / "20261001-z65wh.csv").read_bytes()).rows
    wanted = [(each.area_code, each.area, each.indicator, each.value, each.status) for each in kept]
    found = [(each.area_code, each.area, each.indicator, each.value, each.status) for each in table.figures()]
    assert len(found) == 10
    assert set(found) <= set(wanted)
    assert table.unread == ("人口／うち外国人",)


@pytest.mark.parametrize(
    "changed, said",
    [
        (TABLE.replace("町丁名", "町の名"), "見出し「町丁名」"),
        ("\n" + TABLE, "見出し"),
        (TABLE.replace("75歳以上", "65歳以上"), "2つ以上"),
    ],
)
def test_a_table_that_is_not_as_the_mapping_says_is_refused(changed: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UnfitMapping) as refused:
        layout_of(book_of(tmp_path, changed), sample())
    assert said in refused.value.message
    assert refused.value.exit_code == 3


def test_merged_heads_count_for_each_of_their_columns() -> None:
    sheet = Sheet(
        "表",
        (("町名", "人口［人］", None, "世帯数"), (None, "男", "女", None), ("本町", 1, 2, 3)),
        merged=(Area(0, 1, 0, 2), Area(0, 0, 1, 0), Area(0, 3, 1, 3)),
    )
    assert [head.text for head in heads_of(sheet, 0, 2)] == ["町名", "人口［人］／男", "人口［人］／女", "世帯数"]


def test_levels_in_words_are_taken_as_the_mapping_says() -> None:
    rows = (
        ("種別", "名前", "人口"),
        ("市", "見本市", 30),
        ("大字", "緑台", 30),
        ("丁目", "緑台一丁目", 10),
        ("丁目", "緑台二丁目", 20),
    )
    book = Book("表.xlsx", "0" * 64, (Sheet("表", rows),))
    columns = [
        {"heading": "種別", "field": "level"},
        {"heading": "名前", "field": "area"},
        {"heading": "人口", "field": "value"},
    ]
    record = Mapping.model_validate({"title": "町", "form": "統計表", "leaves": ["丁目"], "columns": columns})
    table = read(book.sheets[0], layout_of(book, record), Asked(TODAY))
    assert [row.name for row in table.rows] == ["緑台一丁目", "緑台二丁目"]
    assert table.total("人口") == 30

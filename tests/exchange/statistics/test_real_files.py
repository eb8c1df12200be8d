"""Files as publishers give them: read without a mapping, with totals that an independent sum confirms."""

from __future__ import annotations

import csv
from pathlib import Path

from kyoju_tui.exchange.books.reading import read_book
from kyoju_tui.exchange.statistics.importing import Wish
from tests.exchange.statistics.tables import book_of, read_known

DATA = Path(__file__).parent / "data"
CENSUS = DATA / "estat_small_area_synthetic.cp932.csv"
ESTIMATE = DATA / "yokohama_suikei_20260901.csv"
MUNICIPALITIES = DATA / "localgovjp_2019_sjis.csv"


def lines_of(file: Path, encoding: str) -> list[list[str]]:
    with file.open(encoding=encoding, newline="") as opened:
        return list(csv.reader(opened))


def test_the_leaves_of_the_census_add_up_to_the_city_in_every_column() -> None:
    table = read_known(read_book(CENSUS))
    head, names, city, *rest = lines_of(CENSUS, "cp932")
    assert table.faults == ()
    assert [column.heading.split("／")[0] for column in table.columns] == head[7:]
    for at, column in enumerate(table.columns, start=7):
        independent = sum(int(row[at]) for row in rest if row[1] in ("2", "4") and row[at] not in ("-", "X"))
        assert column.indicator == names[at]
        assert table.total(column.indicator) == independent == int(city[at])
    assert {row.level for row in table.rows} == {"2", "4"}
    assert len(table.rows) == sum(row[1] in ("2", "4") for row in rest)
    assert all(len(row.code) in (9, 11) and row.code.startswith("14907") for row in table.rows)
    hidden = [row for row in table.rows if row.suppressed]
    assert {row.name for row in hidden} == {row[3] for row in rest if "X" in row[7:]}
    assert all(cell.value is None and cell.raw == "X" for row in hidden for cell in row.cells)
    assert "31,874 は、取り込む40地域の合計と一致します" in "".join(table.remarks)
    assert "ケヤキ台二丁目はケヤキ台一丁目・ケヤキ台四丁目を含む" in "".join(table.remarks)
    assert "緑台、ひばりが丘、本町" in "".join(table.remarks)


def test_zero_and_suppressed_are_kept_apart_in_the_census() -> None:
    figures = read_known(read_book(CENSUS)).figures()
    assert [(each.value, each.status, each.raw) for each in figures if each.area == "緑台三丁目"][:1] == [
        (0, "値", "-")
    ]
    assert [(each.value, each.status) for each in figures if each.area == "ひばりが丘三丁目"][:1] == [(None, "秘匿")]


def test_other_levels_of_the_census_can_be_asked_for() -> None:
    whole = read_known(read_book(CENSUS), Wish(levels=("1",)))
    assert [(row.name, row.cells[0].value) for row in whole.rows] == [("見本市", 31874)]
    towns = read_known(read_book(CENSUS), Wish(levels=("2", "3")))
    assert towns.total(towns.columns[0].indicator) == 31874
    assert "重複することがあります" in "".join(towns.remarks)


def test_the_city_among_its_wards_is_not_counted_with_them() -> None:
    table = read_known(read_book(ESTIMATE))
    head, city, *wards = lines_of(ESTIMATE, "utf-8-sig")
    assert table.faults == ()
    assert [(column.indicator, column.unit) for column in table.columns][:3] == [
        ("面積", "平方キロメートル"), ("世帯数", "世帯"), ("人口総数", "人"),
    ]  # fmt: skip
    assert len(table.columns) == len(head) - 3
    assert [row.name for row in table.rows] == [row[2] for row in wards]
    assert [each.row.name for each in table.left_out] == ["横浜市"]
    for name, at in (("世帯数", 4), ("人口総数", 5), ("男", 6), ("女", 7)):
        assert table.total(name) == sum(int(row[at]) for row in wards) == int(city[at])
    assert table.as_of is not None and table.as_of.isoformat() == "2026-09-01"


def test_municipalities_get_their_zeros_back_and_cities_are_not_counted_with_their_wards() -> None:
    table = read_known(read_book(MUNICIPALITIES))
    rows = lines_of(MUNICIPALITIES, "cp932")[1:]
    with_wards = {row[3].split(" ")[0] for row in rows if " " in row[3]}
    assert table.faults == ()
    assert len(table.rows) == len(rows) - len(with_wards) == 1896
    assert {each.row.name for each in table.left_out} == with_wards
    assert all(len(row.code) == 5 for row in table.rows)
    assert next(row.code for row in table.rows if row.name == "札幌市中央区") == "01101"
    assert "490件で補いました" in "".join(table.remarks)
    assert [column.indicator for column in table.columns] == ["緯度", "経度"]
    assert "phrase" in table.unread


def test_nothing_depends_on_the_files_name(tmp_path: Path) -> None:
    renamed = book_of(tmp_path, CENSUS.read_bytes(), "localgovjp_2019.csv")
    assert read_known(renamed).figures() == read_known(read_book(CENSUS)).figures()

"""Levels never double: whatever totals and subtotals a table holds, what is taken adds up to the whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyoju_tui.exchange.books.values import Book, Sheet
from kyoju_tui.exchange.statistics.importing import Wish, table_of
from kyoju_tui.exchange.statistics.known import Unknown, recognise
from kyoju_tui.exchange.statistics.rows import Asked
from kyoju_tui.exchange.statistics.table import Table
from kyoju_tui.records.errors import InvalidValue
from tests.exchange.statistics.tables import TODAY, book_of, census, read_known

COUNTS = st.tuples(st.integers(0, 4000), st.integers(1, 4000))


def read_rows(rows: list[list[str]], wish: Wish | None = None) -> Table:
    """A table that was read from these cells."""
    book = Book("表.csv", "0" * 64, (Sheet("表", tuple(tuple(cell or None for cell in row) for row in rows)),))
    layout = recognise(book)
    assert not isinstance(layout, Unknown), layout
    return table_of(book, layout, Asked(TODAY), wish.levels if wish else ())


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(COUNTS, min_size=0, max_size=5), min_size=1, max_size=6))
def test_census_leaves_add_up_to_the_city(towns: list[list[tuple[int, int]]]) -> None:
    rows: list[str] = []
    total = 0
    for number, streets in enumerate(towns, 1):
        code = f"14907{number:03}0"
        people = sum(count for count, _ in streets) if streets else 7
        rows.append(f"{code},{3 if streets else 2},見本市,町{number},0,,,{people},{people}")
        rows += [f"{code}{at:02},4,見本市,町{number}の{at}丁目,0,,,{a},{b}" for at, (a, b) in enumerate(streets, 1)]
        total += people
    city = f"14907,1,見本市,,0,,,{total},{total}"
    table = read_rows([line.split(",") for line in census(city, *rows).split("\r\n")[:-1]])
    assert table.faults == ()
    assert table.total("総数、年齢「不詳」含む") == total


@settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow])
@given(
    # A handful of households can add up by chance; what is told apart by figures has some.
    st.lists(
        st.lists(st.tuples(st.integers(0, 5000), st.integers(50, 3000)), min_size=2, max_size=4), min_size=2, max_size=4
    ),
    st.sampled_from(["合計", "市全体の数", "澪帆市"]),
    st.sampled_from(["小計", "{}地区", "{}地区計"]),
    st.booleans(),
    st.booleans(),
)
def test_a_plain_total_and_subtotals_never_double(
    blocks: list[list[tuple[int, int]]], whole: str, part: str, first: bool, top: bool
) -> None:
    """Wherever the sums stand and whatever they are called."""
    body: list[list[str]] = []
    wanted = 0
    for number, block in enumerate(blocks):
        leaves = [[f"町{number}-{at}", str(a), str(b)] for at, (a, b) in enumerate(block)]
        people, homes = sum(a for a, _ in block), sum(b for _, b in block)
        subtotal = [part.format(f"第{number}"), str(people), str(homes)]
        body += [subtotal, *leaves] if first else [*leaves, subtotal]
        wanted += homes
    total = [whole, str(sum(a for block in blocks for a, _ in block)), str(wanted)]
    rows = [["地域", "人口", "世帯数"], *([total, *body] if top else [*body, total])]
    table = read_rows(rows)
    assert table.total("世帯数") <= wanted
    kept = {row.name for row in table.rows}
    assert whole not in kept
    # A row may be left out where it happens to be the sum of its neighbours; it is named then.
    assert kept | {each.row.name for each in table.left_out} == {row[0] for row in rows[1:]}


def test_a_sum_in_the_middle_is_found_by_its_figures(tmp_path: Path) -> None:
    table = read_known(
        book_of(tmp_path, "地域,人口,世帯数\n本町,120,50\n港,80,31\n旧市街,200,81\n浜,300,120\n谷,40,11\n")
    )
    assert [row.name for row in table.rows] == ["本町", "港", "浜", "谷"]
    assert "小計の行" in table.left_out[0].why
    assert "旧市街" in "".join(table.remarks)


def test_a_row_that_only_might_be_a_sum_is_left_out_and_pointed_out(tmp_path: Path) -> None:
    book = book_of(tmp_path, "地域,施設\n本町,5\n港,2\n浜,3\n")
    table = read_known(book)
    assert [(each.row.name, each.doubtful) for each in table.left_out] == [("本町", True)]
    assert [row.name for row in read_known(book, Wish(levels=("すべて",))).rows] == ["本町", "港", "浜"]


def test_inner_numbers_are_left_out(tmp_path: Path) -> None:
    table = read_known(book_of(tmp_path, "地域,人口\n本町,120\n（再掲）本町団地,60\n港,81\nうち港団地,11\n合計,201\n"))
    assert table.total("人口") == 201
    assert "201 は、取り込む2地域の合計と一致します" in "".join(table.remarks)


def test_a_total_that_differs_is_told_unless_it_would_unmask(tmp_path: Path) -> None:
    plain = read_known(book_of(tmp_path, "地域,人口\n本町,120\n港,80\n合計,205\n"))
    assert "205 と、取り込む2地域の合計 200 が合いません" in "".join(plain.remarks)
    hidden = read_known(book_of(tmp_path, "地域,人口\n本町,120\n港,X\n合計,205\n"))
    told = "".join(hidden.remarks)
    assert "比べていません" in told
    assert "85" not in told
    assert "120 が合いません" not in told


def test_levels_that_are_not_there_are_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidValue, match="階層「9」はこの表にありません"):
        read_known(
            book_of(tmp_path, census("14907,1,見本市,,0,,,5,1", "149070010,2,見本市,町,0,,,5,1")), Wish(levels=("9",))
        )

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.records.figures import Figure, Figures, number_of, read_figures, write_figures

HEAD = b"area_code,area,indicator,value,value_status,raw\n"
NAMES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cf", "Zl", "Zp")), min_size=1, max_size=20
)
VALUES = st.integers(-(10**12), 10**12) | st.decimals(-(10**6), 10**6, places=3).map(float)


@given(st.lists(st.tuples(NAMES, NAMES, VALUES), max_size=20, unique_by=lambda item: item[:2]))
def test_what_is_written_reads_back(items: list[tuple[str, str, int | float]]) -> None:
    rows = tuple(Figure("", area, indicator, value, "値", str(value)) for area, indicator, value in items)
    data = write_figures(rows)
    assert read_figures(data) == Figures(rows)
    assert write_figures(read_figures(data).rows) == data


@pytest.mark.parametrize(
    "line, said",
    [
        ("1,本町,人口,1e5,値,1e5", "数として読めません"),
        ("1,本町,人口,,値,", "数として読めません"),
        ("1,本町,人口,12,秘匿,X", "値を書きません"),
        ("1,本町,人口,12,不明,12", "value_status は"),
        ("1,本町,人口", "項目が3個"),
        ("1,,人口,12,値,12", "名前がありません"),
        ("1,本\x1b町,人口,12,値,12", "使えない文字"),
    ],
)
def test_a_line_that_breaks_a_rule_is_named_and_the_others_are_read(line: str, said: str) -> None:
    figures = read_figures(HEAD + f"0,港,人口,7,値,7\n{line}\n".encode())
    assert [row.area for row in figures.rows] == ["港"]
    assert [(number, said in text) for number, text in figures.faults] == [(3, True)]


def test_the_same_figure_twice_is_a_fault() -> None:
    figures = read_figures(HEAD + "0,港,人口,7,値,7\n0,港,人口,8,値,8\n".encode())
    assert len(figures.rows) == 1 and "2回あります" in figures.faults[0][1]


@pytest.mark.parametrize("data", [b"", b"a,b\n", "地域,値\n".encode("cp932"), HEAD + b'"open\n'])
def test_what_is_no_table_of_figures_says_so(data: bytes) -> None:
    figures = read_figures(data)
    assert figures.rows == () and len(figures.faults) == 1


def test_numbers_are_digits_only() -> None:
    assert [number_of(text) for text in ("12", "-3", "1.50")] == [12, -3, 1.5]
    assert [number_of(text) for text in ("", "-", "1,420", "1e5", "nan", "１２", "1-2", ".", "--1")] == [None] * 9

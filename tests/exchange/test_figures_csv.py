"""CSV files as people keep them: what is taken, what is kept apart, what is refused by line."""

from __future__ import annotations

import pytest

from kyoju_tui.exchange.figures_csv import take_figures
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.figures import Figure, read_figures

WIDE = 'コード,地域,人口,世帯数\r\n010010,本町一丁目,"1,420",690\r\n010020,西  区,-,X\r\n010030,港,…,12.5\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_an_area_a_line_in_the_encodings_of_offices(encoding: str) -> None:
    taken = take_figures(WIDE.encode(encoding))
    assert [(row.area_code, row.area, row.indicator, row.value, row.status, row.raw) for row in taken.rows] == [
        ("010010", "本町一丁目", "人口", 1420, "値", "1,420"),
        ("010010", "本町一丁目", "世帯数", 690, "値", "690"),
        ("010020", "西 区", "人口", 0, "値", "-"),
        ("010020", "西 区", "世帯数", None, "秘匿", "X"),
        ("010030", "港", "人口", None, "欠損", "…"),
        ("010030", "港", "世帯数", 12.5, "値", "12.5"),
    ]
    assert any("CP932" in remark for remark in taken.remarks) == (encoding == "cp932")
    assert "秘匿：1件（数としては扱いません）" in taken.remarks


def test_full_width_figures_and_negative_signs_are_read_and_kept_raw() -> None:
    taken = take_figures("地区,増減\n本町,△１，２３０\n".encode())
    assert taken.rows == (Figure("", "本町", "増減", -1230, "値", "△１，２３０"),)


def test_what_the_store_keeps_comes_back_as_it_is() -> None:
    data = take_figures(WIDE.encode()).data
    assert take_figures(data).rows == read_figures(data).rows == take_figures(WIDE.encode()).rows


@pytest.mark.parametrize(
    "text, said",
    [
        ("地域,人口\n本町,12人\n", "2行目：「人口」の「12人」は数として読めません"),
        ("地域,人口\n本町,1\n本町,2\n", "3行目：「本町」は2行目にもあります"),
        ("コード,地域,人口\n4.00E+12,本町,1\n", "桁が失われた"),
        ("地域,人口,人口\n本町,1,2\n", "同じものがあります"),
        ("地域,人口\n本町,1,2\n", "2行目：列が3個"),
        ("地域,人口\n,1\n", "地域の名前がありません"),
        ("人口,世帯\n1,2\n", "地域の列か分かりません"),
        ("地域,人口\n", "行が見つかりません"),
        ("", "行が見つかりません"),
        ('地域,人口\n"本町,1\n', "CSVとして読めません"),
        ("地域,人口\n本\0町,1\n", "文字でない内容"),
        ("area_code,area,indicator,value,value_status,raw\n1,本町,人口,1e5,値,1e5\n", "2行目：「1e5」"),
    ],
)
def test_what_is_not_understood_is_refused_by_line(text: str, said: str) -> None:
    with pytest.raises(InvalidValue, match="何も取り込んでいません") as refused:
        take_figures(text.encode())
    assert said in refused.value.message


def test_one_stray_byte_and_large_files_are_refused() -> None:
    with pytest.raises(InvalidValue, match="文字コード"):
        take_figures(WIDE.encode() + b"\xff\xfe\x80")
    with pytest.raises(InvalidValue, match="大きすぎ"):
        take_figures(b"x" * (8 * 1024 * 1024 + 1))

"""Single cells and codes: what each sign means, and what is refused rather than guessed at."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.exchange.statistics import codes
from kyoju_tui.exchange.statistics.cells import Words, read_cell
from kyoju_tui.exchange.statistics.heads import is_count, with_unit
from kyoju_tui.exchange.statistics.matching import place_key


@pytest.mark.parametrize(
    "text, value, status",
    [
        ("0", 0, "値"), ("-", 0, "値"), ("－", 0, "値"), ("―", 0, "値"),
        ("X", None, "秘匿"), ("x", None, "秘匿"), ("Ｘ", None, "秘匿"), ("χ", None, "秘匿"), ("***", None, "秘匿"),
        ("秘匿", None, "秘匿"), ("", None, "欠損"), ("…", None, "欠損"), ("不明", None, "欠損"),
        ("1,420", 1420, "値"), ("１，４２０", 1420, "値"), (" 1,420 ", 1420, "値"), ("12.50", 12.5, "値"),
        ("△1,230", -1230, "値"), ("▲ 5", -5, "値"), ("-3", -3, "値"), ("−3", -3, "値"),
        ("1,420※", 1420, "値"), ("1,420（注1）", 1420, "値"),
        ("1,420\n（推計）", 1420, "推計"), ("推計 300", 300, "推計"),
    ],
)  # fmt: skip
def test_what_stands_in_a_cell_is_kept_apart_with_its_raw_text(text: str, value: float | None, status: str) -> None:
    cell = read_cell(text)
    assert cell is not None
    assert (cell.value, cell.status, cell.raw) == (value, status, text)


@pytest.mark.parametrize(
    "value",
    ["12人", "1,42", "1,2,3", "4.00E+12", "1-2", "(123)", "約100", "1 420 2", "nan", "\x1b[31m1", "1" * 300, True,
     date(2026, 1, 2)],
)  # fmt: skip
def test_what_is_no_known_sign_is_nothing(value: object) -> None:
    assert read_cell(value) is None  # type: ignore[arg-type]


def test_a_publishers_own_signs_come_before_the_usual_ones() -> None:
    words = Words.of(zero=["皆無"], suppressed=["＊＊", "-"], missing=["n.a."])
    read = [read_cell(text, words) for text in ("皆無", "-", "n.a.", "−")]
    assert [(cell.value, cell.status) for cell in read if cell] == [
        (0, "値"),
        (None, "秘匿"),
        (None, "欠損"),
        (0, "値"),
    ]


@given(st.integers(-(10**12), 10**12))
def test_numbers_are_read_back_in_every_way_offices_write_them(number: int) -> None:
    wide = f"{number:,}".translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789,"})
    for text in (str(number), f"{number:,}", wide, f"{number:,}".replace("-", "△"), f"{number:,}".replace("-", "▲")):
        cell = read_cell(text)
        assert cell is not None
        assert cell.value == number


def test_units_stand_in_brackets_behind_the_name() -> None:
    assert with_unit("人口総数［人］") == ("人口総数", "人")
    assert with_unit("面積(単位:ha)") == ("面積", "ha")
    assert with_unit("人口（男）") == ("人口（男）", "")
    assert is_count("人口", "人")
    assert not any(is_count(*each) for each in (("高齢化率", ""), ("人口密度", "人／k㎡"), ("割合", "%")))


@pytest.mark.parametrize("code", ["141003", "011002", "131016", "472018"])
def test_check_digits_of_municipalities(code: str) -> None:
    assert codes.is_municipal(code)
    wrong = f"{code[:5]}{(int(code[5]) + 1) % 10}"
    assert not codes.is_municipal(wrong)
    assert "検査数字" in codes.municipal([code, wrong]).faults[0][1]


def test_lost_zeros_are_given_back_and_lost_digits_are_not_made_up() -> None:
    assert codes.municipal(["1100", "13101"]).codes == ("01100", "13101")
    assert codes.municipal(["11002", "11011"]).codes == ("011002", "011011")
    assert codes.municipal(["14100", "14101"]).restored == 0
    assert codes.small_areas(["1100", "11000010"], [5, 9]).codes == ("01100", "011000010")
    assert codes.code_of("4.00E+12") is codes.code_of(4.5) is codes.code_of("14100.0") is codes.code_of(10**16) is None
    assert (codes.code_of(14100), codes.code_of("０１１００")) == ("14100", "01100")


@pytest.mark.parametrize(
    "one, other",
    [
        ("桜ヶ丘一丁目", "桜ケ丘1丁目"), ("桜が丘１丁目", "桜ヶ丘 一丁目"), ("西　区", "西区"), ("大字上野", "上野"),
        ("大字上野字原", "上野原"), ("緑台十二丁目", "緑台12丁目"), ("廣澤町", "広沢町"),
        ("ひばりが丘二十丁目", "ひばりヶ丘20丁目"),
    ],
)  # fmt: skip
def test_spellings_of_one_place_are_one(one: str, other: str) -> None:
    assert place_key(one) == place_key(other)


def test_different_places_stay_different() -> None:
    names = ["緑台一丁目", "緑台二丁目", "緑台十一丁目", "緑台", "北緑台", "十文字町", "文字町"]
    assert len({place_key(name) for name in names}) == len(names)

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kyoju_tui.ui.widgets.wrapping import NOT_FIRST, NOT_LAST, wrap

JAPANESE = st.text(alphabet="住宅課は、空き家「見守り」（訪問）を。ーっャ々ABC12 -", max_size=80)


def test_closing_marks_never_begin_a_line() -> None:
    assert wrap("高齢者の見守り、訪問。", 14) == ["高齢者の見守", "り、訪問。"]
    assert wrap("課題「空き家」", 6) == ["課題", "「空き", "家」"]


def test_opening_marks_never_end_a_line() -> None:
    assert wrap("住宅課（庁内）", 8) == ["住宅課", "（庁内）"]


def test_words_and_numbers_stay_whole() -> None:
    assert wrap("令和8年度 Wi-Fi 整備", 12) == ["令和8年度", "Wi-Fi 整備"]
    assert wrap("20261123-7k3q9", 6) == ["202611", "23-7k3", "q9"]


def test_line_ends_and_empty_lines_stay() -> None:
    assert wrap("一\n\n二", 10) == ["一", "", "二"]
    assert wrap("", 10) == [""]


def test_too_narrow_for_a_kanji_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="narrow"):
        wrap("課", 1)


@given(JAPANESE, st.integers(min_value=2, max_value=40))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert all(cell_len(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="住宅課は空き家の見守りを行う。、「」（）", min_size=1, max_size=80), st.integers(12, 40))
def test_a_mark_is_out_of_place_only_where_marks_pile_up(text: str, width: int) -> None:
    for before, after in pairwise(wrap(text, width)):
        if after[0] in NOT_FIRST or before[-1] in NOT_LAST:
            assert set((before + after[0])[-5:-1]) & (NOT_FIRST | NOT_LAST)

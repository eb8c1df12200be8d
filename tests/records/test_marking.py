"""Marks round what differs: they tell where to look, and taking them away gives the text back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyoju_tui.records.marking import Marks, marked, marks_for

USUAL = Marks("【", "】")


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("月に1回訪ねる", "月に2回訪ねる", "月に【2】回訪ねる"),
        ("1,200世帯を訪ねる", "1,250世帯を訪ねる", "【1,250】世帯を訪ねる"),
        ("検討中", "取組中", "【取組中】"),
        ("一\n二\n三", "一\n二\n三\n四", "一\n二\n三\n【四】"),
        ("一\n二\n三", "一\n三", "一\n【】\n三"),
        ("同じ", "同じ", "同じ"),
        ("", "新しい文", "【新しい文】"),
        ("見守りと声かけ", "見守り", "見守り【】"),
    ],
)
def test_what_differs_stands_between_marks(before: str, after: str, shown: str) -> None:
    assert marked(after, before, USUAL) == shown


def test_marks_are_taken_that_no_text_holds() -> None:
    assert marks_for("甲", "乙") == USUAL
    assert marks_for("【重要】甲", "乙") == Marks("〔", "〕")
    assert marks_for("【〔｛《") == Marks("《", "》")


_LINES = st.lists(st.text("あいう1 2x", max_size=12), max_size=6).map("\n".join)


@settings(deadline=None)
@given(_LINES, _LINES)
def test_no_mark_goes_over_a_line_end_and_nothing_else_is_added(before: str, after: str) -> None:
    shown = marked(after, before, USUAL)
    for line in shown.split("\n"):
        assert line.count("【") == line.count("】")
    bare = shown.replace("【", "").replace("】", "")
    # Where whole lines are gone an empty mark has a line of its own.
    assert [line for line in bare.split("\n") if line] == [line for line in after.split("\n") if line]
    assert (shown == after) == (before == after)


def test_long_texts_are_marked_in_no_time() -> None:
    before = "".join(f"{number}番目の文です。" for number in range(3000))
    assert marked(before[::-1], before, USUAL).startswith("【")

"""Cells in many hands: what is an initiative, what an issue, how far it is; and that nothing is lost."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.exchange.sheets.cell_text import LONGEST_TITLE, Split, says_nothing, split
from tests.exchange.sheets.town import TODAY


def told(found: Split) -> list[tuple[str, str | None, str]]:
    return [(piece.kind, piece.status, piece.title) for piece in found.pieces]


WORK = ("取組", "取組中", "見守り訪問")
ISSUE = ("課題", None, "担い手不足")


@pytest.mark.parametrize(
    "text",
    [
        "取組…見守り訪問\n課題…担い手不足",
        "取組…見守り訪問／課題…担い手不足",
        "【取組】見守り訪問【課題】担い手不足",
        "【取組】\n・見守り訪問\n【課題】\n・担い手不足",
        "取組：見守り訪問　課題：担い手不足",
        "取組　見守り訪問\n課題　担い手不足",
        "（取組）見守り訪問\n（課題）担い手不足",
        "■取組\n　①見守り訪問\n■課題\n　①担い手不足",
        "○取組 見守り訪問\n●課題 担い手不足",
        "＜現在の取組＞\r\n- 見守り訪問\r\n＜問題点＞\r\n- 担い手不足",
        "取り組み:見守り訪問\n問題点:担い手不足",
        "・見守り訪問\n・担い手不足",
        "見守り訪問\n担い手不足",
    ],
)
def test_many_hands_say_the_same(text: str) -> None:
    assert told(split(text, TODAY)) == [WORK, ISSUE]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("・配食（検討中）", [("取組", "検討中", "配食")]),
        ("・サロン開設予定", [("取組", "検討中", "サロン開設予定")]),
        ("取組：巡回バス（R5廃止）", [("取組", "終了", "巡回バス")]),
        (
            "【検討中】\n・移動販売\n【取組中】\n・相談会",
            [("取組", "検討中", "移動販売"), ("取組", "取組中", "相談会")],
        ),
        ("取組：なし\n課題：担い手不足", [ISSUE]),
        ("①花壇②清掃", [("取組", "取組中", "花壇"), ("取組", "取組中", "清掃")]),
        ("・花壇　・清掃", [("取組", "取組中", "花壇"), ("取組", "取組中", "清掃")]),
        ("・子育て・教育の相談", [("取組", "取組中", "子育て・教育の相談")]),
        ("データ：高齢化率 32%", [("データ", None, "高齢化率 32%")]),
        ("空き家：1,200戸", [("データ", None, "空き家：1,200戸")]),
        ("取組を進めるための会議", [("取組", "取組中", "取組を進めるための会議")]),
    ],
)
def test_words_say_how_far_it_is(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert told(split(text, TODAY)) == expected


def test_further_lines_belong_to_the_item_above() -> None:
    found = split("①見守り訪問（H30～）\n　・月2回\n※委託\n②配食", TODAY)
    assert [piece.title for piece in found.pieces] == ["見守り訪問", "配食"]
    assert found.pieces[0].outline == "見守り訪問（H30～）\n　・月2回\n※委託"
    assert found.pieces[0].since == date(2018, 4, 1)
    assert any("H30" in why for why in found.pieces[0].why)


def test_difficulties_belong_to_their_initiative() -> None:
    found = split("取組：見守り訪問\n取組上の課題：担い手が足りない", TODAY)
    assert [(piece.title, piece.difficulties) for piece in found.pieces] == [("見守り訪問", "担い手が足りない")]


def test_a_legend_says_what_bullets_are() -> None:
    found = split("○交流会\n●会場", TODAY, legend={"○": "取組", "●": "課題"})
    assert [(piece.kind, piece.marked) for piece in found.pieces] == [("取組", True), ("課題", True)]


def test_a_long_text_keeps_all_of_it_behind_a_bounded_title() -> None:
    text = "地域で暮らす方々が集まり、" * 40
    (piece,) = split(text, TODAY).pieces
    assert len(piece.title) <= LONGEST_TITLE
    assert piece.outline == text


@pytest.mark.parametrize(
    "text",
    ["該当なし", "なし", "特になし", "－", "ー", "（該当なし）", "無し", "該当する取組はありません。", "×", "N/A"],
)
def test_nothing_is_no_entry(text: str) -> None:
    found = split(text, TODAY)
    assert says_nothing(text)
    assert not found.pieces
    assert found.nothing == ("",)


def test_what_only_begins_like_nothing_is_something() -> None:
    assert not says_nothing("なしの栽培")
    assert not says_nothing("")


_PARTS = st.sampled_from(
    ["取組", "課題", "【取組】", "（課題）", "データ", "検討中", "取組上の課題", "：", "…", "／", "・", "①", "②",
     "○", "●", "※", "→", "-", "\n", "\r\n", "　", " ", "。", "、", "（", "）", "H30～", "なし", "－", "見守り",
     "担い手不足", "1.", "(2)", "ア ", "𠮷", "ｱ"]
)  # fmt: skip


@given(st.lists(_PARTS | st.text(max_size=4), max_size=24).map("".join))
def test_every_character_ends_in_an_entry_or_is_told(text: str) -> None:
    found = split(text, TODAY)
    kept = [piece.outline or piece.title for piece in found.pieces] + [piece.difficulties for piece in found.pieces]
    all_of_it = "".join([*kept, *found.strays, *found.marks])
    missing = Counter("".join(text.split())) - Counter("".join(all_of_it.split()))
    assert not missing
    for piece in found.pieces:
        assert piece.title.strip()
        assert "\n" not in piece.title
        assert len(piece.title) <= LONGEST_TITLE + 1

"""Scores of pairs of texts, and the index that finds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.overview.likeness import Index, Wording, score
from kyoju_tui.records.ids import Ref

ALIKE = [
    (("ひとり暮らし高齢者見守り訪問", "協力員が月1回412世帯を訪問"),
     ("あんしん見守り訪問", "ボランティアが独居高齢者を月2回訪問")),
    (("認知症カフェ", ""), ("オレンジカフェ（認知症）", "")),
    (("空き家相談窓口・空き家バンク", "登録23件"), ("空き家バンク", "")),
    (("放課後子ども教室", "公民館で週1回"), ("放課後はまっこ教室", "地域住民が遊びと学習を支援")),
    (("ｶﾌｪの開催", ""), ("カフェ", "")),
]  # fmt: skip
UNLIKE = [
    (("ひとり暮らし高齢者見守り訪問", "協力員が訪問"), ("高齢者配食サービス", "昼食を届ける")),
    (("空き家相談窓口・空き家バンク", "登録23件"), ("空き店舗活用補助", "改修費の2分の1")),
    (("子育てサロン", ""), ("子育て世帯向け賃貸戸建ての不足", "")),
    (("地域活動支援事業", ""), ("地域支援推進事業", "")),
    (("健康づくり推進事業", ""), ("防災対策推進事業", "")),
    (("第1回", ""), ("第2回", "")),
]


def scored(pair: tuple[tuple[str, str], tuple[str, str]]) -> float:
    return score(Wording.of(*pair[0]), Wording.of(*pair[1]))


@pytest.mark.parametrize("pair", ALIKE, ids=lambda pair: pair[0][0])
def test_alike_at_the_usual_threshold(pair: tuple[tuple[str, str], tuple[str, str]]) -> None:
    assert scored(pair) >= 0.5


@pytest.mark.parametrize("pair", UNLIKE, ids=lambda pair: pair[0][0])
def test_not_alike_at_the_usual_threshold(pair: tuple[tuple[str, str], tuple[str, str]]) -> None:
    assert scored(pair) < 0.5


def test_common_words_alone_are_like_the_very_same_title_only() -> None:
    assert scored((("地域活動支援事業", ""), ("地域活動支援事業", ""))) == 1.0
    assert scored((("地域活動支援事業", ""), ("地域活動推進事業", ""))) == 0.0


def test_an_outline_lifts_a_weak_title_but_does_not_replace_it() -> None:
    outline = "集会所を借りて、毎週水曜日に体操とお茶の会を開いている。"
    weak = scored((("浜の体操教室", ""), ("体操とお茶の会", "")))

    assert 0 < weak < scored((("浜の体操教室", outline), ("体操とお茶の会", outline))) < 1
    assert scored((("浜の体操教室", outline), ("空き家バンク", outline))) == 0.0


titles = st.text(alphabet="空き家高齢者見守訪問カフェ教室のを支援", min_size=1, max_size=8)


@given(titles, titles, titles)
def test_a_score_is_symmetric_and_from_0_to_1(one: str, other: str, outline: str) -> None:
    first, second = Wording.of(one, outline), Wording.of(other, outline)

    assert score(first, second) == score(second, first)
    assert 0 <= score(first, second) <= 1
    assert score(first, first) == pytest.approx(1.0)


@given(
    st.dictionaries(st.sampled_from("abcdefgh").map(Ref), st.tuples(titles, titles), min_size=1),
    st.dictionaries(st.sampled_from("abcdefgh").map(Ref), st.none() | st.tuples(titles, titles)),
    st.tuples(titles, titles),
    st.sampled_from((0.1, 0.3, 0.5, 0.9, 1.0)),
)
def test_the_index_finds_what_comparing_all_finds(
    texts: dict[Ref, tuple[str, str]],
    changes: dict[Ref, tuple[str, str] | None],
    asked: tuple[str, str],
    threshold: float,
) -> None:
    changed = {ref: Wording.of(*text) if text else None for ref, text in changes.items()}
    index = Index.of({ref: Wording.of(*text) for ref, text in texts.items()}).replacing(changed)
    wording = Wording.of(*asked)
    alive = {ref: text for ref, text in {**texts, **changes}.items() if text}
    scores = {ref: score(wording, Wording.of(*text)) for ref, text in alive.items()}
    expected = sorted((-likeness, ref) for ref, likeness in scores.items() if likeness >= threshold)

    assert sorted((-likeness, ref) for likeness, ref in index.near(wording, threshold)) == expected
    wanted = [(-likeness, ref) for likeness, ref in expected if ref != "a"][:2]
    assert index.nearest(wording, threshold, 2, lambda ref: ref != "a") == wanted

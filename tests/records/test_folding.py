"""Search finds what a reader takes for the same word, and ids come out as staff would spell them."""

from __future__ import annotations

import re
import sys
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyoju_tui.records.folding import SearchText, fold, fold_romaji, matches, romaji, slug

# Plain text, and the characters that folding treats, close together.
FOLDABLE = st.text() | st.text(alphabet="かカガｶﾞ゛゙ﾞヶケヵー－‐~〜 　髙﨑邉İẞéΩㇰヷ\u0301\u0345\u200b\ufe00", max_size=12)
# What a Japanese keyboard gives, without voicing marks that stand alone after a blank.
TYPED = st.text(
    st.characters(
        codec="cp932",
        categories=["Lu", "Ll", "Lo", "Nd", "Zs", "Po", "Pd"],
        include_characters="ー〜",
        exclude_characters="‖",
    ),
    max_size=20,
)
KANA = st.text(alphabet=[chr(code) for code in range(ord("ぁ"), ord("ゔ") + 1)] + ["ー"], max_size=20)


@pytest.mark.parametrize(
    "same",
    [
        "ＡＢＣ abc Abc", "カテゴリー かてごりー ｶﾃｺﾞﾘｰ", "霞ヶ関 霞ケ関 霞ｹ関 霞ゖ関", "二ヵ所 二カ所 二か所",
        "高橋 髙橋", "山崎 山﨑", "渡辺 渡邊 渡邉", "斉藤 斎藤 齋藤 齊藤", "浜町 濱町 濵町", "7〜8 7～8 7~8",
        "a‐b a‑b a–b a—b a―b a−b aーb a－b a-b aｰb", "がぎ か\u3099き\u3099 ガギ ｶﾞｷﾞ", "㋿8年 令和8年",
        "葛\U000e0100城 葛城",
    ],
)  # fmt: skip
def test_variants_of_one_word_fold_together(same: str) -> None:
    assert len({fold(word) for word in same.split()}) == 1


def test_blanks_do_not_matter() -> None:
    assert fold(" 西　 区\n\u200b") == "西区"


@pytest.mark.parametrize("pair", ["はば はぱ", "高齢 広齢", "つき っき", "取組 取り組み"])
def test_different_words_stay_different(pair: str) -> None:
    one, other = pair.split()
    assert fold(one) != fold(other)


@given(text=FOLDABLE)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_every_character_folds_to_a_fixed_point() -> None:
    characters = (chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    assert [char for char in characters if fold(fold(char)) != fold(char)] == []


@pytest.mark.parametrize(
    ("reading", "spelled"),
    [
        ("ちいきかいだい", "chiikikaidai"), ("ちいききょうどう", "chiikikyodo"),
        ("ちいき・きょうどう", "chiiki-kyodo"), ("しみん", "shimin"), ("じゅうたく", "jutaku"),
        ("こうれい", "korei"), ("けんこう", "kenko"), ("こそだて", "kosodate"), ("しょうこう", "shoko"),
        ("のうすい", "nosui"), ("かんきょう", "kankyo"), ("しょうがい", "shogai"), ("しゃきょう", "shakyo"),
        ("きょじゅう", "kyoju"), ("ほうかつ きた", "hokatsu-kita"), ("コミュニティ", "komyuniti"),
        ("ファミリー・サポート", "famiri-sapoto"), ("ﾄﾞﾒｲﾝ", "domein"), ("がっこう", "gakko"), ("おおた", "ota"),
        ("そうおん", "soon"), ("ゔぁいおりん", "vaiorin"), ("あっ", "a"), ("２ちょうめ", "2chome"),
        ("ヴェルデ", "verude"), ("NPOひろば", "npohiroba"),
    ],
)  # fmt: skip
def test_readings_are_spelled_as_in_passports(reading: str, spelled: str) -> None:
    assert romaji(reading) == spelled
    assert slug(reading) == spelled


@given(reading=st.text() | KANA)
def test_a_slug_is_an_id_or_nothing(reading: str) -> None:
    made = slug(reading)
    assert made is None or re.fullmatch("[a-z0-9][a-z0-9-]{0,63}", made)


@given(reading=KANA.filter(lambda kana: bool(kana.strip("ーっ"))))
def test_kana_always_make_an_id(reading: str) -> None:
    assert slug(reading)


@pytest.mark.parametrize("reading", ["", "高齢福祉課", "・・", "っー"])
def test_nothing_to_spell_makes_no_id(reading: str) -> None:
    assert slug(reading) is None


def test_a_long_reading_is_cut_to_an_id() -> None:
    assert slug("か" * 40) == "ka" * 32
    assert slug("か" * 31 + "き・く") == "ka" * 31 + "ki"


@pytest.mark.parametrize(
    "same",
    [
        "kyoju kyojuu kyouju kyoujuu kyozyu kyōjū kyōju", "shoko syoko shoukou syokou", "shi si", "tsu tu",
        "fu hu", "ji zi", "chi ti", "machi mati", "shimbun shinbun sinbun", "matcha maccha mattya",
        "shin'ichi shinichi", "ono ohno oono", "konnichi konichi", "ja jya zya", "kadzu kazu kadu",
        "chiiki-kyodo chiikikyodo chiikikyoudou",
    ],
)  # fmt: skip
def test_ways_to_type_romaji_fold_together(same: str) -> None:
    assert len({fold_romaji(word) for word in same.split()}) == 1


def test_different_sounds_stay_different() -> None:
    words = ["kyoju", "kosodate", "akiya", "korei", "kenko", "kankyo", "shoko", "shogai", "shisan", "shimin", "toshi"]
    assert len({fold_romaji(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("", ["何でも"]),
        ("高齢 見守り", ["ひとり暮らし高齢者見守り訪問"]),
        ("みまもり", ["見守り訪問", "ミマモリホウモン"]),
        ("kyoju", ["居住コミュニティ", "きょじゅうこみゅにてぃ"]),
        ("kyouju", ["居住", "きょじゅう"]),
        ("kosodate", ["子育て支援課", "こそだてしえんか"]),
        ("KOSODATE", ["こそだて"]),
        ("ｋｏｓｏｄａｔｅ", ["こそだて"]),
        ("akiya", ["空き家バンク", "あきやバンク"]),
        ("banku", ["空き家バンク"]),
        ("syoko", ["商工観光課", "しょうこうかんこうか"]),
        ("chiiki-kyodo", ["地域協働課", "ちいききょうどうか"]),
        ("chiiki-kyodo", ["地域協働課", "chiiki-kyodo"]),
        ("jutaku 空き家", ["じゅうたく", "空き家相談"]),
        ("髙﨑", ["高崎町"]),
        ("ひろば", ["出張子育てﾋﾛﾊﾞ"]),
        ("西区", ["西  区"]),
        ("tsu", ["津", "つ"]),
    ],
)
def test_what_is_found(query: str, texts: list[str]) -> None:
    assert matches(query, *texts)


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("空き店舗", ["空き家バンク"]),
        ("高齢 子育て", ["高齢者見守り"]),
        ("kosodate", ["高齢福祉課", "こうれいふくしか"]),
        ("ri", ["見守り訪問"]),
        ("守り訪", ["見守り", "訪問"]),
        ("kitahoka", ["きた", "ほか"]),
        ("x", []),
    ],
)
def test_what_is_not_found(query: str, texts: list[str]) -> None:
    assert not matches(query, *texts)


@pytest.mark.parametrize(
    ("query", "reading"),
    [
        ("shoukou", "しょうこう"),
        ("syokou", "しょうこう"),
        ("jutaku", "じゅうたく"),
        ("chiiki", "ちいき"),
        ("tsunami", "つなみ"),
        ("fukushi", "ふくし"),
    ],
)
def test_a_match_is_not_lost_while_typing(query: str, reading: str) -> None:
    assert [query[:length] for length in range(1, len(query) + 1) if not matches(query[:length], reading)] == []


@given(reading=KANA.filter(lambda kana: len(kana.strip("ーっ")) > 1))
def test_a_reading_is_found_by_its_own_spelling(reading: str) -> None:
    assert matches(romaji(reading), reading)


@given(texts=st.lists(TYPED, min_size=1, max_size=4))
def test_every_text_finds_itself(texts: list[str]) -> None:
    prepared = SearchText.of(*texts)
    assert [text for text in texts if not prepared.matches(text)] == []


@given(query=st.text(), texts=st.lists(st.text(), max_size=4))
def test_prepared_texts_answer_as_plain_ones(query: str, texts: list[str]) -> None:
    assert SearchText.of(*texts).matches(query) is matches(query, *texts)


def test_folding_keeps_up_with_typing() -> None:
    texts = [f"ひとり暮らし高齢者の見守りサービス（第{number}回）" for number in range(10_000)]
    start = perf_counter()
    folded = [fold(text) for text in texts]
    assert perf_counter() - start < 0.3
    assert folded[7] == "ひとり暮らし高齢者の見守りさ-びす(第7回)"


def test_what_is_called_just_so_is_told_from_what_only_holds_it() -> None:
    area, care = SearchText.of("地域", "ちいき", "chiiki"), SearchText.of("地域包括ケア", "ちいきほうかつけあ")
    for query in ("地域", "ちいき", "chiiki", "地域 "):
        assert area.is_called(query)
        assert care.matches(query) and not care.is_called(query)
    assert not area.is_called("")

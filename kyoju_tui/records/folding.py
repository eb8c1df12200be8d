"""Folding for search: what a reader takes for the same word is found as the same word.

Stored text is never folded; only the two sides of a comparison are (handbook terms are typed in many widths, kanji
variants and romanisations).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

# Variants NFKC leaves apart, written as "<kept><variants>". They meet in names of people, districts and associations.
_KANJI: Final = (
    "高髙 崎﨑嵜 辺邊邉 斉齋斎齊 浜濱濵 沢澤 島嶋嶌 広廣 国國 真眞 桜櫻 竜龍 滝瀧 徳德 恵惠 栄榮 寿壽 弥彌 "
    "豊豐 蔵藏 条條 県縣 区區 会會 学學 曽曾 富冨 槙槇 吉𠮷 黒黑 瀬瀨 鉄鐵 塩鹽 関關"
)
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u2500\u2501\u2e3a\u2e3b\u30fc\ufe58"
_TILDES: Final = "\u301c\u223c\u223d\u3030\uff5e"
_BLANKS: Final = "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\xad\u1680\u2028\u2029\u3000\u200b\u200c\u200d\u2060\ufeff"

# Katakana onto hiragana; the small ke and ka of place names (霞ヶ関, 二ヵ所) onto the full ones.
_HIRAGANA: Final[dict[int, str]] = {code: chr(code - 0x60) for code in range(ord("ァ"), ord("ヶ"))} | {
    ord("ヵ"): "か", ord("ヶ"): "け", ord("ゕ"): "か", ord("ゖ"): "け", ord("ヽ"): "ゝ", ord("ヾ"): "ゞ",
}  # fmt: skip

_FOLD: Final[dict[int, str]] = {
    **_HIRAGANA,
    **{ord(variant): group[0] for group in _KANJI.split() for variant in group[1:]},
    **{ord(dash): "-" for dash in _DASHES},
    **{ord(tilde): "~" for tilde in _TILDES},
    **{ord(blank): "" for blank in _BLANKS},
    **dict.fromkeys((*range(0x2000, 0x200B), 0x202F, 0x205F), ""),  # typographic blanks
    **dict.fromkeys((*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0)), ""),  # selectors of glyph variants
}


def fold(text: str) -> str:
    """Fold width, case, kana, kanji variants, dashes and tildes, and drop white space.

    Idempotent. Every dash, the long-vowel mark included, becomes `-`; every wave becomes `~`.
    """
    if text.isascii():
        return text.lower().translate(_FOLD)
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_FOLD)
    # Folding case takes letters apart, and without the blank between them か and ゛ are one: compose once more.
    return unicodedata.normalize("NFKC", folded)


_KANA_RUN: Final = re.compile("[ぁ-ゔー]+")
_NOT_SLUG: Final = re.compile("[^a-z0-9]+")
_LONG_VOWEL: Final = re.compile("(o)[ou]|(u)u")
_SILENT_TSU: Final = re.compile("^っ+|っ+(?=[ぁ-おっん]|$)")
# Syllables that jaconv spells letter by letter (てぃ → tei), and the three kana that passports write as plain vowels.
_SYLLABLES: Final = {
    "てぃ": "ti", "でぃ": "di", "てゅ": "tyu", "でゅ": "dyu", "とぅ": "tu", "どぅ": "du", "ちぇ": "che",
    "しぇ": "she", "じぇ": "je", "ぢゃ": "ja", "ぢゅ": "ju", "ぢょ": "jo",
    "つぁ": "tsa", "つぃ": "tsi", "つぇ": "tse", "つぉ": "tso",
    "うぃ": "wi", "うぇ": "we", "うぉ": "wo", "いぇ": "ye",
    "くぁ": "kwa", "くぃ": "kwi", "くぇ": "kwe", "くぉ": "kwo", "ぐぁ": "gwa",
    "ふゅ": "fyu", "ゔゅ": "vyu", "ゐ": "i", "ゑ": "e", "を": "o",
}  # fmt: skip
_SYLLABLE: Final = re.compile("|".join(_SYLLABLES))


def romaji(reading: str) -> str:
    """Spell a kana reading in ASCII, Hepburn as passports write it: こうれい → korei, しょうこう → shoko.

    ASCII letters and digits stay (lower case); whatever is neither they nor kana becomes one `-` between words.
    """
    text = unicodedata.normalize("NFKC", reading).casefold().translate(_HIRAGANA)
    return _NOT_SLUG.sub("-", _KANA_RUN.sub(_spell, text)).strip("-")


def _spell(run: re.Match[str]) -> str:
    from jaconv import kana2alphabet  # only a search or a new id by reading needs its tables

    kana = _SILENT_TSU.sub("", run[0].replace("ー", ""))
    spelled = kana2alphabet(_SYLLABLE.sub(lambda match: _SYLLABLES[match[0]], kana))
    return _LONG_VOWEL.sub(lambda match: match[1] or match[2], spelled)


def slug(reading: str) -> str | None:
    """An id from a reading, fitting `[a-z0-9][a-z0-9-]{0,63}`, or None where nothing of it can be spelled."""
    return romaji(reading)[:64].rstrip("-") or None


# In this order: each line makes one habit of typing equal to another, ending at the most regular spelling.
_SPELLINGS: Final = (
    ("cch", "tch"), ("chi", "ti"), ("ch", "ty"), ("shi", "si"), ("sh", "sy"), ("tsu", "tu"),
    ("th", "t"), ("dh", "d"), ("jj", "zj"), ("ji", "zi"), ("jy", "zy"), ("j", "zy"),
    ("dz", "z"), ("du", "zu"), ("di", "zi"), ("dy", "zy"), ("f", "h"), ("v", "b"), ("wo", "o"),
)  # fmt: skip
_SYLLABIC_N: Final = re.compile("m(?=[bmp])|n+")
_LONG_O: Final = re.compile("oh(?![aeiouy])|o[ou]+")
_LONG_U: Final = re.compile("uu+")


def fold_romaji(text: str) -> str:
    """Fold the ways to romanise one word onto one: kyouju, kyojuu, kyōju; syoko, shoko; si, shi; tu, tsu; zi, ji.

    The result is a key for comparing, no spelling to show. Everything but ASCII letters and digits is dropped.
    """
    letters = _NOT_SLUG.sub("", unicodedata.normalize("NFKD", text).casefold())
    letters = _SYLLABIC_N.sub("n", letters)
    for typed, regular in _SPELLINGS:
        letters = letters.replace(typed, regular)
    return _LONG_U.sub("u", _LONG_O.sub("o", letters))


# A single kana among kanji is a particle or an ending: as a sound it would match nearly every query.
_SOUNDING: Final = re.compile("^[ぁ-ゔ]$|[ぁ-ゔー]{2,}|[a-z0-9]+")
_ROMAJI_WORD: Final = re.compile("[a-zâêîôûāēīōū'’-]+")
_UNFINISHED: Final = re.compile("(?<=[stz])y$|(?<=t)s$")


@dataclass(frozen=True, slots=True)
class SearchText:
    """Texts made ready to be searched many times: fold once, match at every key that is typed."""

    folded: str
    sounds: str

    @classmethod
    def of(cls, *texts: str) -> SearchText:
        """Take a record's title, reading, id … as one thing to be found."""
        return cls("\n".join(map(fold, texts)), "\n".join(filter(None, map(_sounds, texts))))

    def matches(self, query: str) -> bool:
        """Whether every blank-separated word of the query is found, as written or by its sound in romaji."""
        return all(word in self.folded or (sound and sound in self.sounds) for word, sound in _query_words(query))

    def is_called(self, query: str) -> bool:
        """Whether one of the texts is the query and nothing more, as written or by its sound in romaji."""
        whole = fold(query.strip())
        sounds = {sound for _, sound in _query_words(query) if sound}
        return bool(whole) and (whole in self.folded.split("\n") or bool(sounds & set(self.sounds.split("\n"))))


def matches(query: str, *texts: str) -> bool:
    """Whether every blank-separated word of the query is in one of the texts. An empty query matches all.

    Romaji finds kana: kyoju finds きょじゅう, and partly typed words go on matching while they grow.
    """
    return SearchText.of(*texts).matches(query)


def _sounds(text: str) -> str:
    plain = "".join(unicodedata.normalize("NFKC", text).casefold().translate(_HIRAGANA).split())
    return "\n".join(fold_romaji(romaji(run)) for run in _SOUNDING.findall(plain))


@lru_cache(maxsize=64)
def _query_words(query: str) -> tuple[tuple[str, str], ...]:
    words = [fold(word) for word in query.split()]
    return tuple((word, _query_sound(word)) for word in words)


def _query_sound(word: str) -> str:
    if not _ROMAJI_WORD.fullmatch(word):
        return ""
    sound = _UNFINISHED.sub("", fold_romaji(word))
    return sound[:-1] + "t" if sound.endswith("c") else sound

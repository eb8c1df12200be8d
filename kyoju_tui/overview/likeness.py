"""How alike two texts are in words: a hint with a score, never a judgement (handbook 1-2(2), 重複・類似事業).

Japanese has no blanks between words, so texts are compared by pairs of neighbouring characters. A character weighs 1;
½ as hiragana, which is mostly grammar; little in a word for the people concerned, because the target group is compared
on its own; and nothing in a word that stands in every plan (事業, 支援 …), in digits and in punctuation. The title
decides; outlines that read much the same lift a weak title.

A score depends on the two texts alone, so it stays as it is whatever else is recorded, on every machine.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import fsum, sqrt
from typing import Final

from rapidfuzz.distance import Indel

from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref

# Longer words first, so that none is cut by a shorter one.
COMMON_WORDS: Final = (
    "居住コミュニティ", "コミュニティ", "プロジェクト", "サービス", "センター", "システム", "モデル", "イベント",
    "ネットワーク", "プログラム", "取り組み", "取組み", "まちづくり", "補助金", "助成金", "交付金", "協議会",
    "事業", "支援", "推進", "地域", "活動", "促進", "実施", "施策", "対策", "取組", "整備", "充実", "強化", "向上",
    "確保", "確立", "形成", "構築", "検討", "計画", "運営", "管理", "開催", "提供", "補助", "助成", "交付", "制度",
    "体制", "環境", "連携", "協働", "課題", "関係", "関連", "利用", "活用", "改善", "拡充", "普及", "啓発", "創出",
    "維持", "継続", "展開", "対応", "対象", "不足", "減少", "増加", "問題", "必要", "本市", "当市", "市内", "町内会",
    "自治会", "各種", "総合", "一般", "等",
)  # fmt: skip
PEOPLE_WORDS: Final = (
    "子育て", "子ども", "子供", "こども", "高齢者", "障害者", "障がい者", "若者", "児童", "住民", "市民", "町民",
    "区民", "世帯", "家庭", "ひとり暮らし", "一人暮らし", "独居",
)  # fmt: skip

_HIRAGANA_WEIGHT: Final = 0.5
_PEOPLE_WEIGHT: Final = 0.6
# The share of what two titles leave open that equal outlines add, and how many characters of an outline are read.
_LIFT: Final = 0.2
_OUTLINE_LENGTH: Final = 120
_ROUNDING: Final = 1e-9

_SPLIT: Final = re.compile(rf"(?P<nothing>[\W\d_]+|{'|'.join(COMMON_WORDS)})|(?P<people>{'|'.join(PEOPLE_WORDS)})")
_fold_character = lru_cache(maxsize=8192)(fold)


@dataclass(frozen=True, slots=True)
class Wording:
    """A text made ready to be compared: the weights of the title's pairs (a vector of length 1), and the outline."""

    pairs: Mapping[str, float]
    outline: str

    @classmethod
    def of(cls, title: str, outline: str = "") -> Wording:
        """Prepare a title, and what is said about it.

        A title of common words alone is one feature of its own, so that it is like the very same title only.
        """
        return cls(_scaled(_pairs(title)) or {fold(title): 1.0}, outline[:_OUTLINE_LENGTH])


def score(one: Wording, other: Wording) -> float:
    """How alike two texts are, from 0 to 1: the cosine of their titles, lifted where their outlines agree."""
    # fsum is exact in any order: the score of a pair is the same from either side.
    titles = min(1.0, fsum(weight * other.pairs[pair] for pair, weight in one.pairs.items() if pair in other.pairs))
    if not (titles and one.outline and other.outline):
        return titles
    # Unrelated Japanese sentences share a third to a half of their characters by grammar alone.
    outlines = max(0.0, 2 * Indel.normalized_similarity(one.outline, other.outline) - 1)
    return titles + (1 - titles) * _LIFT * outlines


def _pairs(text: str) -> dict[str, float]:
    """The weight of each pair of characters; one that occurs twice weighs no more."""
    found: dict[str, float] = {}
    before, before_weight = "", 0.0
    for character, weight in _weighed(unicodedata.normalize("NFKC", text)):
        if weight and before_weight:
            pair = before + character
            found[pair] = max(weight * before_weight, found.get(pair, 0.0))
        before, before_weight = character, weight
    return found


def _weighed(text: str) -> Iterator[tuple[str, float]]:
    """The characters with their weights; 0 where a pair must not reach across."""
    start = 0
    for match in _SPLIT.finditer(text):
        yield from _plain(text[start : match.start()])
        if match["nothing"]:
            yield "", 0.0
        else:
            yield from ((_fold_character(character), _PEOPLE_WEIGHT) for character in match["people"])
        start = match.end()
    yield from _plain(text[start:])


def _plain(text: str) -> Iterator[tuple[str, float]]:
    return ((_fold_character(c), _HIRAGANA_WEIGHT if "ぁ" <= c <= "ゖ" else 1.0) for c in text)


def _scaled(weights: dict[str, float]) -> dict[str, float]:
    length = sqrt(fsum(weight * weight for weight in weights.values()))
    return {pair: weight / length for pair, weight in weights.items()} if length else {}


@dataclass(frozen=True, slots=True)
class Index:
    """Texts by the REF of their records, made ready to be asked which of them are like a given one."""

    wordings: Mapping[Ref, Wording]
    _postings: Mapping[str, Mapping[Ref, float]]

    @classmethod
    def of(cls, wordings: Mapping[Ref, Wording]) -> Index:
        """The index of these texts."""
        postings: dict[str, dict[Ref, float]] = {}
        for ref, wording in wordings.items():
            for pair, weight in wording.pairs.items():
                postings.setdefault(pair, {})[ref] = weight
        return cls(wordings, postings)

    def near(self, wording: Wording, threshold: float) -> list[tuple[float, Ref]]:
        """Score and REF of every text that is alike at the threshold (over 0), in no order."""
        scored = ((score(wording, self.wordings[ref]), ref) for ref in self._possible(wording, threshold))
        return [(likeness, ref) for likeness, ref in scored if likeness >= threshold]

    def nearest(
        self, wording: Wording, threshold: float, count: int, wanted: Callable[[Ref], bool]
    ) -> list[tuple[float, Ref]]:
        """The `count` texts most alike of those that are wanted, the strongest first, equal ones by REF."""
        possible = self._possible(wording, threshold)
        best: list[tuple[float, Ref]] = []
        for ref in sorted(possible, key=possible.__getitem__, reverse=True):
            # No text that follows can reach more than this, were its outline the same.
            reach = possible[ref] + (1 - possible[ref]) * _LIFT + _ROUNDING
            if len(best) == count and reach < -best[-1][0]:
                break
            if wanted(ref) and (likeness := score(wording, self.wordings[ref])) >= threshold:
                best = sorted([*best, (-likeness, ref)])[:count]
        return [(-likeness, ref) for likeness, ref in best]

    def _possible(self, wording: Wording, threshold: float) -> dict[Ref, float]:
        """The texts that may reach the threshold, with how alike their titles are (within the rounding of sums)."""
        # What two titles must reach, were their outlines the same.
        enough = max(0.0, (threshold - _LIFT) / (1 - _LIFT) - _ROUNDING)
        titles: dict[Ref, float] = {}
        sofar = titles.get
        rest = 1.0
        for pair, posting in sorted(
            ((pair, self._postings.get(pair, {})) for pair in wording.pairs), key=lambda item: len(item[1])
        ):
            weight = wording.pairs[pair]
            if rest >= enough * enough:
                for ref, other in posting.items():
                    titles[ref] = sofar(ref, 0.0) + weight * other
            else:
                # All that is left, the commonest pairs, is too little to bring in a text that shares no rarer one.
                for ref in posting.keys() & titles.keys():
                    titles[ref] += weight * posting[ref]
            rest -= weight * weight
        return {ref: titles[ref] for ref in titles if titles[ref] >= enough}

    def replacing(self, changed: Mapping[Ref, Wording | None]) -> Index:
        """The index with these texts put in place, and those that are None taken out."""
        wordings, postings = dict(self.wordings), dict(self._postings)
        for ref, new in changed.items():
            old = wordings.pop(ref, None)
            for pair in old.pairs if old else ():
                postings[pair] = {other: weight for other, weight in postings[pair].items() if other != ref}
            if new is not None:
                wordings[ref] = new
                for pair, weight in new.pairs.items():
                    postings[pair] = {**postings.get(pair, {}), ref: weight}
        return Index(wordings, postings)

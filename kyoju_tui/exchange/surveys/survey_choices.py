"""Which of a question's words a cell chose: one or several of them, numbered scales, free words beside 「その他」.

Services join several words by signs that stand in the words too (見守り、買い物), so the longest words are looked for
first. A scale may be numbered on one side alone; numbers that differ are never taken for each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from kyoju_tui.exchange.inquiries.answer_values import Read, Unclear, nearest, shorten
from kyoju_tui.exchange.surveys import survey_layout as layout
from kyoju_tui.records.folding import fold
from kyoju_tui.records.survey import Question

_SEPARATOR: Final = re.compile(r"([、，,;；|｜/／\n]+\s*)")
# `5 とても良い`, `(5) とても良い`, `5：とても良い`: a number and what tells it from the words. `2-3回` has none.
_NUMBERED: Final = re.compile(r"\(?([0-9]{1,2})[.:、,=)\s-]+(?=[^\s0-9])(.+)", re.DOTALL)
# Separators within one word.
_MOST: Final = 12
_OTHER: Final = ("その他", "それ以外")
_ROUND: Final = " 　:：()（）[]［］「」-－"
_MEANT: Final = {
    fold(word): said
    for said, words in (
        ("はい", "はい yes y true 有 あり ある ○ ◯ 〇 1"),
        ("いいえ", "いいえ no n false 無 なし ない × ✕ 0"),
    )
    for word in words.split()
}


def chosen(question: Question, text: str) -> Read | Unclear:
    """One of the words, or several of them with separators between: 「朝市、その他（祭り）」."""
    words = layout.choices_of(question)
    offered = _Offered(words, _MEANT if question.type == "はい・いいえ" else {})
    whole = offered.find(text)
    if whole is not None:
        return Read(whole, "" if whole == text else f"「{shorten(text)}」を「{whole}」として読みました。")
    if question.type == "選択":
        found = list(_parts(text, offered))
        free = [said for said, word in found if word is None]
        if not free:
            return Read("、".join(dict.fromkeys(word for _, word in found if word)))
        if offered.other:
            told = f"{_bare(offered.other)}（{'、'.join(free)}）"
            said = dict.fromkeys([*(word for _, word in found if word and word != offered.other), told])
            return Read(
                "、".join(said), f"「{shorten('、'.join(free))}」を「{_bare(offered.other)}」として読みました。"
            )
    like = nearest(text, words)
    told = f"「{like}」のことでしょうか。" if like else f"選べるのは {'・'.join(words[:8])} です。"
    return Unclear(f"「{shorten(text)}」は、この質問で選べる言葉ではありません。{told}")


class _Offered:
    """The words that a question offers, by what people write for them."""

    def __init__(self, words: Sequence[str], meant: dict[str, str]) -> None:
        self.other = next((word for word in words if word.startswith(_OTHER)), "")
        self._known = meant | {fold(_bare(self.other)): self.other} | {fold(word): word for word in words}
        self._scale = [(*_numbered(word), word) for word in words]
        self.longest = min(max((len(_SEPARATOR.findall(word)) for word in words), default=0), _MOST) + 1

    def find(self, said: str) -> str | None:
        """The word that is meant; None where it is none, or where two could be."""
        exact = self._known.get(fold(said))
        if exact:
            return exact
        number, bare = _numbered(said)
        found = [
            word
            for known, name, word in self._scale
            if (bare == name and not (number and known)) or (number == known != "" and bare in ("", name))
        ]
        return found[0] if len(found) == 1 else None


def _parts(text: str, offered: _Offered) -> Iterator[tuple[str, str | None]]:
    """What was said, part by part, with the word that it is; neighbours that are no word are one free text."""
    pieces = _SEPARATOR.split(text)
    free: list[str] = []
    at = 0
    while at < len(pieces):
        for end in range(min(len(pieces), at + 2 * offered.longest - 1), at, -2):
            said = "".join(pieces[at:end])
            word = offered.find(said) if said.strip() else None
            if word is not None:
                yield from _free(free)
                yield said, word
                free = []
                break
        else:
            end = at + 1
            free += pieces[at:end]
        if free and end < len(pieces):
            free.append(pieces[end])
        at = end + 1
    yield from _free(free)


def _free(pieces: Sequence[str]) -> Iterator[tuple[str, None]]:
    said = "".join(pieces).strip("、，,;；|｜/／\n 　")
    word = next((each for each in _OTHER if said.startswith(each)), "")
    said = said.removeprefix(word).strip(_ROUND) if word else said
    if said:
        yield said, None


def _numbered(text: str) -> tuple[str, str]:
    """The number of a step on a scale and its words, folded; either may be empty."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if plain.isdecimal() and len(plain) <= 2:
        return str(int(plain)), ""
    found = _NUMBERED.fullmatch(plain)
    return (str(int(found[1])), fold(found[2])) if found is not None else ("", fold(plain))


def _bare(other: str) -> str:
    return re.split(r"[（(]", other)[0]

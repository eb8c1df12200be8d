"""Japanese line breaking for text that is read: no line begins with a mark that closes, none ends with one that opens.

The sets follow JIS X 4051's everyday part (行頭禁則・行末禁則); widths are terminal cells.
"""

from __future__ import annotations

from typing import Final

from rich.cells import cell_len

NOT_FIRST: Final = frozenset(
    "、。，．,.・：；:;？！?!゛゜ヽヾゝゞ々ー〜～…‥）)］]｝}〉》」』】〕”’％%℃ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
NOT_LAST: Final = frozenset("（([［{｛〈《「『【〔“‘￥¥＄$")
# How far a line may be shortened to keep its marks in place before the rule is given up.
_BACK: Final = 4


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a text, none wider than `width` cells; line ends in the text stay.

    Words of the Latin alphabet and numbers stay whole where they fit a line. An empty text is one empty line. Raises
    `ValueError` for a width under 2: a full-width character needs two cells.
    """
    if width < 2:
        raise ValueError(f"width {width} is too narrow for a full-width character")
    return [line for paragraph in text.split("\n") for line in _wrapped(paragraph, width)]


def _wrapped(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    rest = paragraph
    while cell_len(rest) > width:
        cut = _allowed(rest, _fitting(rest, width))
        lines.append(rest[:cut].rstrip(" "))
        rest = rest[cut:].lstrip(" ")
    return [*lines, rest] if rest or not lines else lines


def _fitting(text: str, width: int) -> int:
    """How many characters fit, at least one."""
    used = 0
    for index, character in enumerate(text):
        used += cell_len(character)
        if used > width:
            return max(1, index)
    return len(text)


def _allowed(text: str, fitting: int) -> int:
    """The last place at or before `fitting` where the line may break; `fitting` itself where there is none near."""
    cut = _before_word(text, fitting)
    for place in range(cut, max(0, cut - _BACK), -1):
        if text[place] not in NOT_FIRST and text[place - 1] not in NOT_LAST and not _inside_word(text, place):
            return place
    return cut


def _inside_word(text: str, place: int) -> bool:
    return _of_word(text[place - 1]) and _of_word(text[place])


def _of_word(character: str) -> bool:
    return character.isascii() and (character.isalnum() or character in "-_/@'")


def _before_word(text: str, fitting: int) -> int:
    """Where the word that `fitting` cuts begins; `fitting` where the word fills the whole line."""
    place = fitting
    while place > 0 and _inside_word(text, place):
        place -= 1
    return place or fitting

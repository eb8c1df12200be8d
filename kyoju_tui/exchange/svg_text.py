"""Text in an SVG: what XML can hold of it, and how much room it takes, since an SVG breaks no lines itself."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from kyoju_tui.records.text import FORBIDDEN

# Letters are narrower in most fonts; a line that is counted too wide never runs into its neighbour.
_NARROW: Final = 0.62
_NOT_FIRST: Final = frozenset("、。，．・：；？！ゝゞ々ー〜）］｝〉》」』】ぁぃぅぇぉっゃゅょァィゥェォッャュョ")
# XML holds none of the last two, and a drawing with one of them cannot be opened.
_NOT_DRAWN: Final = re.compile(f"{FORBIDDEN.pattern}|[\ufffe\uffff]")


def drawable(text: str) -> str:
    """The text with a sign in place of what steers a terminal, turns a line round, or cannot stand in XML."""
    return _NOT_DRAWN.sub("�", text)


def width_of(text: str, size: float) -> float:
    """The width in pixels of a text in a Japanese font of this size."""
    return sum(size if unicodedata.east_asian_width(each) in "WFA" else size * _NARROW for each in text)


def broken(text: str, size: float, width: float) -> list[str]:
    """The lines of a text, none wider than `width` but for one closing mark that hangs over (ぶら下げ).

    Leave room for one character beside the width. White space, line ends too, counts as one blank.
    """
    lines, line, used = [""], "", 0.0
    for character in " ".join(text.split()):
        needed = width_of(character, size)
        if used + needed > width and line and not (character in _NOT_FIRST and used <= width):
            lines.append("")
            line, used = "", 0.0
        line, used = line + character, used + needed
        lines[-1] = line
    return [each.strip() for each in lines]

"""Which parts of a text differ from another version of it, as marks that are read without colour."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from kyoju_tui.records.lines import hunks

# Pairs of marks, the first that no version holds itself is taken.
_PAIRS: Final = (("【", "】"), ("〔", "〕"), ("｛", "｝"), ("《", "》"))
# Comparing characters takes their numbers multiplied; a longer stretch is marked as a whole.
_COMPARABLE: Final = 40_000
# A shorter stretch that happens to be alike between two changes says nothing: it is marked with them.
_TELLING: Final = 2
# Where less is alike than this, single marks would only confuse.
_ALIKE: Final = 0.5
_WORDS: Final = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ.,]+|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands before and after a part that differs."""

    opening: str
    closing: str

    def around(self, text: str) -> str:
        """The part with its marks."""
        return f"{self.opening}{text}{self.closing}"


def marks_for(*texts: str) -> Marks:
    """Marks that none of the texts holds itself; the last pair where they hold them all."""
    together = "".join(texts)
    found = next((pair for pair in _PAIRS if pair[0] not in together and pair[1] not in together), _PAIRS[-1])
    return Marks(*found)


def marked(text: str, against: str, marks: Marks) -> str:
    """The text with its parts that `against` has otherwise between marks; empty marks show where something is gone.

    A mark never goes over a line end, so that each line can be read alone.
    """
    old, new = against.split("\n"), text.split("\n")
    lines: list[str] = []
    done = moved = 0
    for hunk in hunks(old, new):
        lines += new[done : hunk.start + moved]
        lines += _stretch(old[hunk.start : hunk.stop], list(hunk.lines), marks)
        done = hunk.start + moved + len(hunk.lines)
        moved += len(hunk.lines) - (hunk.stop - hunk.start)
    return "\n".join([*lines, *new[done:]])


def _stretch(old: list[str], new: list[str], marks: Marks) -> list[str]:
    """Lines that were changed, beside what stood there before."""
    if not new:
        return [marks.around("")]
    before, after = _words("\n".join(old)), _words("\n".join(new))
    if not old or len(before) * len(after) > _COMPARABLE:
        return [marks.around(line) for line in new]
    compared = SequenceMatcher(None, before, after, autojunk=False)
    if compared.ratio() < _ALIKE:
        return [marks.around(line) for line in new]
    result = ""
    for start, stop, same in _parts(compared, after):
        part = "".join(after[start:stop])
        result += part if same else "\n".join(map(marks.around, part.split("\n")))
    return result.split("\n")


def _words(text: str) -> list[str]:
    """Numbers and Latin words whole, everything else by character: half a number says nothing."""
    return _WORDS.findall(text)


def _parts(compared: SequenceMatcher[str], after: list[str]) -> list[tuple[int, int, bool]]:
    """The stretches of what stands now: from, to, whether the like stood there before. A changed one may be empty."""
    parts: list[tuple[int, int, bool]] = []
    steps = compared.get_opcodes()
    for number, (tag, _, _, start, stop) in enumerate(steps):
        inside = 0 < number < len(steps) - 1
        same = tag == "equal" and not (inside and len("".join(after[start:stop]).strip()) < _TELLING)
        if parts and not same and not parts[-1][2]:
            parts[-1] = (parts[-1][0], stop, False)
        else:
            parts.append((start, stop, same))
    return parts

"""Two sides that have more than one latest common version, because each has merged the other's before.

Where those versions agree on a file there is one base as ever. Where they do not, none of them may say alone what a
side changed: the file is then taken for one that both sides added. What one of them lacks comes from the other, and
two values of one field are a question.
"""

from __future__ import annotations

from collections.abc import Sequence

from kyoju_tui.history.trees import Difference, File


def against_all(ours: Difference, theirs: Difference, others: Sequence[Difference]) -> tuple[Difference, Difference]:
    """Both sides' differences against all common versions; all that is given is against the first of them.

    `others` are the other common versions. Of a file that one side has and the other has not, a question comes where
    it was changed beside; else it stays: nothing goes that somebody may still need.
    """
    here, there = dict(ours), dict(theirs)
    for path in dict.fromkeys(path for other in others for path in other):
        first = next(other[path][0] for other in others if path in other)
        bases = [first, *(other[path][1] for other in others if path in other)]
        mine, yours = (side[path][1] if path in side else first for side in (ours, theirs))
        base = _base(bases, mine, yours)
        for side, file in ((here, mine), (there, yours)):
            side.pop(path, None)
            if mine != yours:
                side[path] = (base, file)
    return here, there


def _base(bases: Sequence[File | None], mine: File | None, yours: File | None) -> File | None:
    if mine is not None and yours is not None:
        return None
    return next((base for base in bases if base not in (mine, yours)), None)

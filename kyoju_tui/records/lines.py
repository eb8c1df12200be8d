"""Text by line: what changed between two versions, and two changes of one text put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

# Comparing lines takes their numbers multiplied. Beyond this a stretch that changed is taken as one change,
# which makes a merge more careful, never wrong.
_COMPARABLE: Final = 250_000


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines `start` to `stop` (from 0, `stop` excluded) of the base give way to `lines`."""

    start: int
    stop: int
    lines: tuple[str, ...]


def hunks(base: list[str], changed: list[str]) -> tuple[Hunk, ...]:
    """The changes from one list of lines to another, in order, each apart from the next by a line that stayed."""
    shorter = min(len(base), len(changed))
    head = 0
    while head < shorter and base[head] == changed[head]:
        head += 1
    tail = 0
    while tail < shorter - head and base[-1 - tail] == changed[-1 - tail]:
        tail += 1
    old, new = base[head : len(base) - tail], changed[head : len(changed) - tail]
    if not old and not new:
        return ()
    if len(old) * len(new) > _COMPARABLE:
        return (Hunk(head, head + len(old), tuple(new)),)
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    return tuple(
        Hunk(head + start, head + stop, tuple(new[new_start:new_stop]))
        for tag, start, stop, new_start, new_stop in steps
        if tag != "equal"
    )


def changed_lines(before: str, after: str) -> int:
    """How many lines of a text were changed, added or taken away."""
    return sum(max(hunk.stop - hunk.start, len(hunk.lines)) for hunk in hunks(before.split("\n"), after.split("\n")))


def merged_lines(base: str, ours: str, theirs: str) -> str | None:
    """Both changes of a text, or None where they touch: no unchanged line lies between two different changes."""
    result: list[str] = []
    for versions in _stretches(base, ours, theirs):
        if versions.contested:
            return None
        result += versions.mine if versions.by_me else versions.other
    return "\n".join(result)


def both_lines(base: str, ours: str, theirs: str) -> str:
    """Both changes of a text; where they touch, our lines and then those of theirs that ours has not."""
    result: list[str] = []
    for versions in _stretches(base, ours, theirs):
        result += versions.mine if versions.by_me else versions.other
        if versions.contested:
            result += [line for line in versions.other if line not in versions.mine]
    return "\n".join(result)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Some lines in the versions of the two sides, and whether each of them changed the base there."""

    mine: list[str]
    other: list[str]
    by_me: bool
    by_other: bool

    @property
    def contested(self) -> bool:
        return self.by_me and self.by_other and self.mine != self.other


def _stretches(base: str, ours: str, theirs: str) -> Iterator[_Stretch]:
    """The whole text in stretches that nobody changed, that one side changed, or both."""
    lines = base.split("\n")
    waiting = sorted(
        [(hunk, 0) for hunk in hunks(lines, ours.split("\n"))]
        + [(hunk, 1) for hunk in hunks(lines, theirs.split("\n"))],
        key=lambda pair: (pair[0].start, pair[0].stop),
    )
    done = 0
    while waiting:
        touching, waiting = _touching(waiting)
        start, stop = touching[0][0].start, max(hunk.stop for hunk, _ in touching)
        mine, other = (
            _applied(lines, start, stop, [hunk for hunk, whose in touching if whose == side]) for side in (0, 1)
        )
        sides = {side for _, side in touching}
        yield _Stretch(lines[done:start], lines[done:start], by_me=False, by_other=False)
        yield _Stretch(mine, other, 0 in sides, 1 in sides)
        done = stop
    yield _Stretch(lines[done:], lines[done:], by_me=False, by_other=False)


def _touching(waiting: list[tuple[Hunk, int]]) -> tuple[list[tuple[Hunk, int]], list[tuple[Hunk, int]]]:
    """The first changes that have no unchanged line between them, and the rest."""
    stop = waiting[0][0].stop
    for count, (hunk, _) in enumerate(waiting):
        if hunk.start > stop:
            return waiting[:count], waiting[count:]
        stop = max(stop, hunk.stop)
    return waiting, []


def _applied(lines: list[str], start: int, stop: int, changes: list[Hunk]) -> list[str]:
    """The lines from `start` to `stop` after one side's changes."""
    result: list[str] = []
    for hunk in changes:
        result += [*lines[start : hunk.start], *hunk.lines]
        start = hunk.stop
    return result + lines[start:stop]

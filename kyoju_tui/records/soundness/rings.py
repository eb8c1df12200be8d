"""References that lead back to where they began."""

from __future__ import annotations

from collections.abc import Callable, Iterable


def ring(start: str, first: Iterable[str], following: Callable[[str], Iterable[str]]) -> tuple[str, ...]:
    """The shortest way from `start` back to itself, both ends named; empty where there is none.

    `first` is what `start` leads to, `following` what each other leads to. Rings that `start` is no part of are not
    walked twice.
    """
    came_from: dict[str, str] = {}
    waiting: list[str] = []
    for each in first:
        if each == start:
            return start, start
        if each not in came_from:
            came_from[each] = start
            waiting.append(each)
    for here in waiting:
        for each in following(here):
            if each == start:
                way = [start, here]
                while way[-1] != start:
                    way.append(came_from[way[-1]])
                return tuple(reversed(way))
            if each not in came_from:
                came_from[each] = here
                waiting.append(each)
    return ()

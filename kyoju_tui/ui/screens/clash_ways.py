"""The ways to settle a 食い違い: the command of each, the one that leads to a value; and the room that it takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from textual.geometry import Size

from kyoju_tui.records.disagreement import Way, both, version, ways
from kyoju_tui.records.matching import same
from kyoju_tui.records.merge import Conflict
from kyoju_tui.records.wording import Namer
from kyoju_tui.ui.widgets.wrapping import wrap

COMMANDS: Final = {
    Way.BASE: "clash.base",
    Way.MINE: "clash.mine",
    Way.THEIRS: "clash.theirs",
    Way.BOTH: "clash.both",
    Way.REWRITE: "clash.rewrite",
}
WAYS: Final = {way.name.lower(): way for way in Way}

# The window at its largest, what is few lines, and the lines and cells that are no version: frame, heads, keys.
_HIGHEST: Final = 40
LOW: Final = 20
_AROUND: Final = 17
_WIDEST: Final = 130
_BESIDE: Final = 10
_MOST_BASE: Final = 5
_LEAST: Final = 3


@dataclass(frozen=True, slots=True)
class Room:
    """How many lines the versions take at most: what stood there before, and both sides with the line over them."""

    base: int
    sides: int


def room_for(conflicts: Sequence[Conflict], name: Namer, screen: Size) -> Room | None:
    """The lines that the longest versions take; None where they are more than the screen has."""
    widest = min(screen.width, _WIDEST)
    whole, side = max(2, widest - _BESIDE // 2), max(2, (widest - _BESIDE) // 2)
    base = max(_lines(each, each.base, name, whole) for each in conflicts)
    sides = max(_lines(each, value, name, side) for each in conflicts for value in (each.ours, each.theirs))
    room = Room(min(base, _MOST_BASE), max(sides, _LEAST) + 1)
    return room if room.base + room.sides <= min(screen.height, _HIGHEST) - _AROUND else None


def _lines(conflict: Conflict, value: object, name: Namer, width: int) -> int:
    # The marks around what differs may need a line more.
    found = len(wrap(version(conflict, value, name), width))
    return found + (found > 1)


def way_to(conflict: Conflict, value: object | None) -> Way:
    """The way that leads to a value which was chosen earlier."""
    known = {
        Way.MINE: conflict.ours,
        Way.THEIRS: conflict.theirs,
        Way.BASE: conflict.base,
        Way.BOTH: both(conflict),
    }
    return next((way for way in ways(conflict) if way in known and same(known[way], value)), Way.REWRITE)


def text_to_begin_with(conflict: Conflict) -> str:
    """The text that is written anew begins as both where they can stand together, else as mine."""
    return next((each for each in (both(conflict), conflict.ours, conflict.theirs) if isinstance(each, str)), "")


def key_line(count: int, taking: str, later: str) -> str:
    """The keys beside those of the ways: for several conflicts to the others, what Ctrl+S does, where Esc leads."""
    several = "　Ctrl+左右：前後の項目" if count > 1 else ""
    return f"上下：読む{several}{f'　Ctrl+S：{taking}' if taking else ''}　Esc：{later}"

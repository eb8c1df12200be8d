"""A TOML text cut into blocks, one per header, each with the comments above its header."""

from __future__ import annotations

from dataclasses import dataclass, field

from kyoju_tui.files.outline import Outline, Statement
from kyoju_tui.records.explain import Place


@dataclass(slots=True)
class Block:
    """A header with the comments above it and the lines below it. The first block of a file has no header."""

    place: Place
    start: int
    body: int
    end: int
    statements: list[Statement] = field(default_factory=list[Statement])
    # Text in place of a range, by offset in the file; insertions have an empty range.
    edits: list[tuple[int, int, str]] = field(default_factory=list[tuple[int, int, str]])
    # The text of a block that is new, or of what is left of one that went.
    fresh: str | None = None


def cut(seen: Outline) -> list[Block]:
    """The blocks of a text in order; together they are the whole text."""
    statements: list[list[Statement]] = [[] for _ in seen.sections]
    for statement in seen.statements:
        statements[statement.section].append(statement)
    blocks: list[Block] = []
    for section in seen.sections:
        start = _lead(seen, section.start, blocks[-1]) if blocks else 0
        if blocks:
            blocks[-1].end = start
        blocks.append(Block(section.place, start, section.body, len(seen.text), statements[len(blocks)]))
    return blocks


def _lead(seen: Outline, header: int, above: Block) -> int:
    """Where the comments that belong to a header begin: those right above it, and the blank lines above them."""
    text = seen.text
    floor = above.body
    if above.statements:
        floor = text.index("\n", above.statements[-1].end) + 1
    start = text.rfind("\n", 0, header) + 1
    commented = start
    while commented > floor and text[text.rfind("\n", 0, commented - 1) + 1 : commented].lstrip().startswith("#"):
        commented = text.rfind("\n", 0, commented - 1) + 1
    # What opens the file speaks of the file.
    if commented > 0 or start == 0:
        start = commented
    while start > floor and not text[text.rfind("\n", 0, start - 1) + 1 : start].strip():
        start = text.rfind("\n", 0, start - 1) + 1
    return start


def starts(place: Place, prefix: Place) -> bool:
    """Whether a place is `prefix` or lies in it."""
    return place[: len(prefix)] == prefix


def is_under(statement: Statement, place: Place) -> bool:
    """Whether a line sets the value at a place, or one in it."""
    return starts(statement.place, place)

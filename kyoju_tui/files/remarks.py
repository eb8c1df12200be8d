"""Comments that the other side of a merge wrote, brought into the text that the merge made.

A merge by field knows values alone, and its text is that of one side. What the other side did to its comments since
the common version is done here too: each comment belongs to the line below it or, at a line's end, to that line, and
is found again by the place of the value, wherever that stands by now.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias, cast

from kyoju_tui.files.outline import Outline, outline
from kyoju_tui.records.base import Part
from kyoju_tui.records.explain import Place
from kyoju_tui.records.matching import identified, is_list, is_table, key_names, known_field
from kyoju_tui.records.plain import Plain

Name: TypeAlias = tuple[str, ...]
"""A place with the items of lists named by what they are, so that it is the same in every version."""

_END: Final[Name] = ("\0end",)
_TOP: Final[Name] = ("\0top",)
_INDENT: Final = re.compile(r"[ \t]*")


@dataclass(slots=True)
class _Spot:
    """Something that comments belong to: where its line begins, where its value ends, and its comments.

    Those above it come with where each one's line begins.
    """

    line: int
    end: int
    above: dict[str, int] = field(default_factory=dict[str, int])
    beside: str = ""


_Spots: TypeAlias = Mapping[Name, _Spot]
_Edits: TypeAlias = list[tuple[int, int, str]]


def with_remarks(
    merged: tuple[str, Plain],
    base: tuple[str, Plain] | None,
    theirs: tuple[str, Plain],
    part: type[Part] | None,
) -> str:
    """The merged text with what theirs did to comments since the base; each version is its text and what it holds.

    A comment of a value that is gone stands above the table that held it, else at the end. Values are left alone.
    """
    text = merged[0]
    versions = (merged, base or ("", {}), theirs)
    namer = _Namer([plain for _, plain in versions], part)
    here, before, there = (_spots(each, namer, number) for number, (each, _) in enumerate(versions))
    edits: _Edits = []
    for name, spot in there.items():
        _carry(text, name, here, before.get(name) or _Spot(0, 0), spot, edits)
    pieces: list[str] = []
    at = 0
    for start, end, piece in sorted(edits, key=lambda edit: edit[:2]):
        pieces += [text[at:start], piece]
        at = max(at, end)
    return "".join(pieces) + text[at:]


def _carry(text: str, name: Name, here: _Spots, base: _Spot, theirs: _Spot, edits: _Edits) -> None:
    """Add to `edits` what the merged text needs for the comments of one spot."""
    new = [comment for comment in theirs.above if comment not in base.above]
    spot = here.get(name)
    if spot is None:
        # What it spoke of is gone here: it stays, above what is left around that.
        new += [theirs.beside] if theirs.beside not in ("", base.beside) else []
        name = next((name[:length] for length in range(len(name) - 1, 0, -1) if name[:length] in here), _END)
        spot = here[name]
    else:
        if theirs.beside not in (base.beside, spot.beside):
            if spot.beside == base.beside:
                edits.append(_beside(text, spot, theirs.beside))
            elif theirs.beside:
                new.append(theirs.beside)
        gone = [comment for comment in base.above if comment not in theirs.above and comment in spot.above]
        edits += [(at, text.index("\n", at) + 1, "") for at in (spot.above[comment] for comment in gone)]
    missing = [comment for comment in new if comment not in spot.above]
    if not missing:
        return
    # What speaks of the whole file is parted by a blank line from what it does not speak of.
    lead = "\n" if name == _END and text and not spot.above else ""
    tail = "\n" if name == _TOP and not spot.above else ""
    indent = cast("re.Match[str]", _INDENT.match(text, spot.line)).group()
    lines = "".join(f"{indent}{comment}\n" for comment in missing)
    edits.append((spot.line, spot.line, f"{lead}{lines}{tail}"))


def _beside(text: str, spot: _Spot, comment: str) -> tuple[int, int, str]:
    """The edit that puts a comment at the end of a spot's line, or takes the one there away ("")."""
    stop = text.index("\n", spot.end)
    start = text.index("#", spot.end, stop) if spot.beside else stop
    kept = text[spot.end : start].rstrip(" \t")
    return spot.end, stop, f"{kept}  {comment}" if comment else kept


def _spots(text: str, namer: _Namer, version: int) -> dict[Name, _Spot]:
    """Everything in a text that comments can belong to, by name, with its comments."""
    seen = outline(text)
    found: dict[Name, _Spot] = {}
    for start, end, name in _things(seen, namer, version):
        found.setdefault(name, _Spot(text.rfind("\n", 0, start) + 1, end))
    by_line = sorted(found.values(), key=lambda spot: spot.line)
    by_end = sorted(found.values(), key=lambda spot: spot.end)
    lines, ends = [spot.line for spot in by_line], [spot.end for spot in by_end]
    found[_END], found[_TOP] = _Spot(len(text), len(text)), _Spot(0, 0)
    opening = _opening(text)
    for begin, stop in seen.comments:
        line = text.rfind("\n", 0, begin) + 1
        comment = text[begin:stop].rstrip()
        owner = bisect_right(ends, begin) - 1
        if text[line:begin].strip() and owner >= 0 and ends[owner] >= line:
            by_end[owner].beside = comment
        elif begin < opening:
            found[_TOP].above[comment] = line
        else:
            below = bisect_left(lines, begin)
            (by_line[below] if below < len(lines) else found[_END]).above[comment] = line
    return found


def _opening(text: str) -> int:
    """Where the comments end that speak of the whole file: those that open it, with a blank line below them."""
    end = at = 0
    while at < len(text):
        stop = text.find("\n", at) + 1 or len(text)
        line = text[at:stop].strip()
        if line and not line.startswith("#"):
            break
        if not line:
            end = at
        at = stop
    return end


def _things(seen: Outline, namer: _Namer, version: int) -> Iterator[tuple[int, int, Name]]:
    """Where headers, lines and items of lists begin and end, and what they are called."""
    comments = [start for start, _ in seen.comments]
    for section in seen.sections[1:]:
        first = bisect_left(comments, section.start)
        stop = min(section.body, comments[first]) if first < len(comments) else section.body
        yield section.start, seen.text.rfind("]", section.start, stop) + 1, namer.of(section.place, version)
    for each in seen.statements:
        yield each.start, each.end, namer.of(each.place, version)
    for place, end in seen.ends.items():
        start = seen.positions[place]
        if not seen.text[seen.text.rfind("\n", 0, start) + 1 : start].strip():
            # Only an item that begins its line has comments of its own.
            yield start, end + 1 if seen.text.startswith(",", end) else end, namer.of(place, version)


class _Namer:
    """Names for places, the same in each of three versions of a record."""

    def __init__(self, versions: Sequence[Plain], part: type[Part] | None) -> None:
        self._versions = versions
        self._part = part
        self._lists: dict[Name, tuple[list[dict[str, object]], list[list[str]]]] = {}

    def of(self, place: Place, version: int) -> Name:
        """What a place of one version is called."""
        name: Name = ()
        values: list[object] = list(self._versions)
        part = self._part
        for step in place:
            if isinstance(step, int):
                items, order = self._items(name, values, part)
                key = order[version][step] if step < len(order[version]) else f"number {step}"
                name, values = (*name, f"[{key}]"), [each.get(key) for each in items]
            else:
                about = known_field(part, step)
                part = about.part if about is not None else None
                name, values = (*name, step), [each.get(step) if is_table(each) else None for each in values]
        return name

    def _items(
        self, name: Name, values: Sequence[object], part: type[Part] | None
    ) -> tuple[list[dict[str, object]], list[list[str]]]:
        """The items of a list by name, and their names in order, in each version."""
        if name not in self._lists:
            lists = [each if is_list(each) else () for each in values]
            keys = key_names(part, [[item for item in items if is_table(item)] for items in lists])
            items = identified(lists, keys)
            self._lists[name] = (items, [list(each) for each in items])
        return self._lists[name]

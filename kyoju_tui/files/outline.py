"""Where things stand in a TOML text: headers, keys, values and comments with their offsets.

A parser gives values without places, so a fault that a model finds has no line. This scanner reads the same text for
places only. It is used on files that have a problem or that a person has written, never on the way of a plain read.
It is lenient: what it does not understand it skips to the end of the line, since the parser has the last word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import tomli

from kyoju_tui.records.explain import Place

# The deepest key that is read (`a.b.c` has three parts), and how deep tables and arrays may lie in each other.
MAX_PARTS: Final = 8
MAX_NESTING: Final = 16

_BLANK: Final = re.compile(r"[ \t]*")
_SPACE: Final = re.compile(r"[ \t\r\n]*")
_BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
_COMMENT: Final = re.compile(r"#[^\n]*")
_ATOM: Final = re.compile(r"[^\s,\[\]{}#=\"']+(?: [0-9]{2}:[0-9]{2}[^\s,\[\]{}#]*)?")
_QUOTED: Final = (
    ('"""', re.compile(r'"""[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"""(?:"{0,2})', re.DOTALL)),
    ("'''", re.compile(r"'''[^']*(?:'(?!'')[^']*)*'''(?:'{0,2})")),
    ('"', re.compile(r'"[^"\\\n]*(?:\\.[^"\\\n]*)*"')),
    ("'", re.compile(r"'[^'\n]*'")),
)


@dataclass(frozen=True, slots=True)
class Section:
    """A header with what follows it. `start` is the offset of its `[`; the text before the first header has no path."""

    place: Place
    path: tuple[str, ...]
    start: int
    body: int
    array: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """One `key = value`: its full place, the offsets of the key, of the value and of the value's end, its section."""

    place: Place
    start: int
    value: int
    end: int
    section: int


@dataclass(slots=True)
class Outline:
    """Everything that was seen, by offset. `ends` has the ends of the items of lists.

    `too_deep` is the offset of the first key or value past the limits, -1 if none is.
    """

    text: str
    sections: list[Section] = field(default_factory=list[Section])
    statements: list[Statement] = field(default_factory=list[Statement])
    positions: dict[Place, int] = field(default_factory=dict[Place, int])
    ends: dict[Place, int] = field(default_factory=dict[Place, int])
    comments: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    too_deep: int = -1
    _starts: list[int] = field(default_factory=list[int])

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset, both from 1, the column in characters."""
        if not self._starts:
            self._starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def locate(self, place: Place) -> tuple[int, int]:
        """Where a place stands; for one that is absent, the table that ought to hold it; at last the first line."""
        for length in range(len(place), 0, -1):
            offset = self.positions.get(place[:length])
            if offset is not None:
                return self.line_and_column(offset)
        return 1, 1


class _TooDeepError(Exception):
    """A key of too many parts, or values nested too deep, at an offset."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class _Lost(Exception):
    """The text is not understood from here to the end of the line."""


def outline(text: str) -> Outline:
    """Scan a text with LF line ends and without BOM. Never fails: what is no TOML is left out."""
    scanner = _Scanner(text)
    try:
        scanner.run()
    except _TooDeepError as found:
        scanner.seen.too_deep = found.offset
    return scanner.seen


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.seen = Outline(text)
        self.seen.sections.append(Section((), (), 0, 0, array=False))
        # The number of tables seen in each array of tables.
        self.counts: dict[Place, int] = {}

    def run(self) -> None:
        while self._next_line():
            try:
                if self.text.startswith("[", self.at):
                    self._header()
                else:
                    self._statement()
            except _Lost:
                self._skip_line()

    def _next_line(self) -> bool:
        """Go to the next thing that is neither blank nor a comment; False at the end."""
        while self.at < len(self.text):
            self.at = _end(_SPACE, self.text, self.at)
            if not self._comment():
                break
        return self.at < len(self.text)

    def _comment(self) -> bool:
        found = _COMMENT.match(self.text, self.at)
        if found is None:
            return False
        self.seen.comments.append(found.span())
        self.at = found.end()
        return True

    def _skip_line(self) -> None:
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end + 1

    def _rest_of_line(self) -> None:
        self.at = _end(_BLANK, self.text, self.at)
        self._comment()
        if self.at < len(self.text) and self.text[self.at] != "\n":
            raise _Lost

    def _header(self) -> None:
        start = self.at
        array = self.text.startswith("[[", start)
        self.at += 2 if array else 1
        parts = [name for name, _ in self._key()]
        if not self.text.startswith("]]" if array else "]", self.at):
            raise _Lost
        self.at += 2 if array else 1
        place: Place = ()
        for name in parts[:-1]:
            place = self._into((*place, name))
            self.seen.positions.setdefault(place, start)
        place = (*place, parts[-1])
        if array:
            self.seen.positions.setdefault(place, start)
            self.counts[place] = self.counts.get(place, 0) + 1
            place = (*place, self.counts[place] - 1)
        # A header is the better place to point at than a sub-table that implied the table earlier.
        self.seen.positions[place] = start
        end = self.text.find("\n", self.at)
        body = len(self.text) if end < 0 else end + 1
        self.seen.sections.append(Section(place, tuple(parts), start, body, array))
        self._rest_of_line()

    def _into(self, place: Place) -> Place:
        count = self.counts.get(place)
        return place if count is None else (*place, count - 1)

    def _statement(self) -> None:
        start = self.at
        section = len(self.seen.sections) - 1
        place = self._assignment(self.seen.sections[section].place)
        value = self.at
        self._value(place, 1)
        self.seen.statements.append(Statement(place, start, value, self.at, section))
        self._rest_of_line()

    def _assignment(self, place: Place) -> Place:
        """Read `key =`, noting each part of the key, and stop at the value."""
        for name, offset in self._key():
            place = (*place, name)
            self.seen.positions.setdefault(place, offset)
        if not self.text.startswith("=", self.at):
            raise _Lost
        self.at = _end(_BLANK, self.text, self.at + 1)
        return place

    def _key(self) -> list[tuple[str, int]]:
        parts: list[tuple[str, int]] = []
        while True:
            self.at = _end(_BLANK, self.text, self.at)
            parts.append(self._key_part())
            if len(parts) > MAX_PARTS:
                raise _TooDeepError(parts[0][1])
            self.at = _end(_BLANK, self.text, self.at)
            if not self.text.startswith(".", self.at):
                return parts
            self.at += 1

    def _key_part(self) -> tuple[str, int]:
        start = self.at
        found = _BARE.match(self.text, start)
        if found is not None:
            self.at = found.end()
            return found.group(), start
        raw = self._string(multiline=False)
        if raw.startswith("'"):
            return raw[1:-1], start
        try:
            return str(tomli.loads(f"key = {raw}")["key"]), start
        except tomli.TOMLDecodeError as error:
            raise _Lost from error

    def _string(self, *, multiline: bool) -> str:
        for opening, pattern in _QUOTED:
            if (multiline or len(opening) == 1) and self.text.startswith(opening, self.at):
                found = pattern.match(self.text, self.at)
                if found is None:
                    raise _Lost
                self.at = found.end()
                return found.group()
        raise _Lost

    def _value(self, place: Place, depth: int) -> None:
        if depth > MAX_NESTING:
            raise _TooDeepError(self.at)
        opening = self.text[self.at : self.at + 1]
        if opening in ('"', "'"):
            self._string(multiline=True)
        elif opening == "[":
            self.at += 1
            for index in self._items("]"):
                self.seen.positions[*place, index] = self.at
                self._value((*place, index), depth + 1)
                self.seen.ends[*place, index] = self.at
        elif opening == "{":
            self.at += 1
            for _ in self._items("}"):
                self._value(self._assignment(place), depth + 1)
        else:
            found = _ATOM.match(self.text, self.at)
            if found is None:
                raise _Lost
            self.at = found.end()

    def _items(self, closing: str) -> Iterator[int]:
        """Stop at each item of an array or inline table in turn, and pass the closing bracket at last."""
        index = 0
        while self._next_line():
            if self.text.startswith(closing, self.at):
                self.at += 1
                return
            if index and not self.text.startswith(",", self.at):
                raise _Lost
            self.at += bool(index)
            if not self._next_line():
                break
            if not self.text.startswith(closing, self.at):
                yield index
            index += 1
        raise _Lost


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    """Where a pattern that also matches nothing ends."""
    found = pattern.match(text, at)
    return at if found is None else found.end()

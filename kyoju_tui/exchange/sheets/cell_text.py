"""A cell of an 一覧表 in anybody's hand, split into initiatives, issues and data; no character of it is lost.

「【取組】」「課題：」「・」「①」「H30～」「（検討中）」: marks say what a line is, words say how far it is. What a mark
does not say is assumed, and said so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from kyoju_tui.exchange.sheets.cell_marks import (
    BLANK,
    BULLETS,
    CONTINUING,
    FIGURE,
    ISSUE_ENDS,
    MARK,
    MONEY,
    NOTHING,
    SLASH,
    TRAILING,
    WITHIN,
)
from kyoju_tui.exchange.sheets.cell_parts import parts_of
from kyoju_tui.exchange.sheets.pointing import Pointing, pointing, points_with_more
from kyoju_tui.exchange.sheets.status_words import Told, told_by
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.entry import Status

LONGEST_TITLE: Final = 60
"""Characters of a title that is made from a longer text."""
_ANYWHERE: Final = 1000


@dataclass(frozen=True, slots=True)
class Piece:
    """One initiative, issue or data. `outline` is empty where the title says all; `marked` tells that a mark said the
    kind. `why` has a sentence for each thing that was understood rather than read.
    """  # noqa: D205

    kind: EntryKind
    title: str
    outline: str
    marked: bool
    told: Told
    difficulties: str = ""
    why: tuple[str, ...] = ()

    @property
    def status(self) -> Status | None:
        """How far an initiative is: as its words say, else 取組中; None for what is no initiative."""
        return (self.told.status or "取組中") if self.kind == "取組" else None

    @property
    def since(self) -> date | None:
        """When it began."""
        return self.told.since

    @property
    def until(self) -> date | None:
        """When it ends."""
        return self.told.until


@dataclass(frozen=True, slots=True)
class Split:
    """A cell: its pieces in order, the kinds (「」: all) of which it says that there is nothing, what is no entry
    (`strays`), the bullets and marks that were taken as such, and the kinds that are those of another cell (`same`).
    """  # noqa: D205

    pieces: tuple[Piece, ...]
    nothing: tuple[str, ...]
    strays: tuple[str, ...]
    marks: tuple[str, ...]
    same: tuple[tuple[str, Pointing], ...] = ()


@dataclass(slots=True)
class _Item:
    """What is being gathered: the lines of one item, under which mark it stands."""

    kind: EntryKind | None
    status: Status | None
    lines: list[str]
    difficulty: bool = False
    bullet: str = ""
    indent: int = 0


@dataclass(slots=True)
class _State:
    """Under which mark and bullets the lines stand that come next."""

    kind: EntryKind | None
    status: Status | None = None
    difficulty: bool = False
    bullet: str = ""
    indent: int = 0
    items: list[_Item] = field(default_factory=list[_Item])
    marks: list[str] = field(default_factory=list[str])
    # Whether the mark that came last has got a line yet.
    fresh: bool = True


def split(
    text: str,
    today: date,
    *,
    kind: EntryKind | None = None,
    legend: Mapping[str, EntryKind] | None = None,
) -> Split:
    """Split a cell's text. `kind` is what its heading says; `legend` what a bullet stands for, if the sheet says.

    Never raises; texts are as they stand but for the white space at the ends of lines.
    """
    state = _State(kind)
    legend = legend or {}
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        for part in parts_of(line):
            _take(part, state, legend, kind)
    return _settled(state, today)


def first_phrase(text: str) -> str:
    """A title of a longer text: its first line or sentence, without what stands in brackets at the end, bounded."""
    first = text.strip().partition("\n")[0].strip()
    first = first.partition("。")[0].strip() or first
    bare = TRAILING.sub("", first).strip()
    title = bare or first
    if len(title) <= LONGEST_TITLE:
        return title
    cuts = [title.find(mark, 12) for mark in ("、", "，", "（", "(", "：", "　")]
    cut = min((at for at in cuts if 12 <= at < LONGEST_TITLE), default=LONGEST_TITLE - 1)
    return f"{title[:cut].rstrip()}…"


def says_nothing(text: str) -> bool:
    """Whether a text says that there is nothing: 該当なし, なし, －."""
    bare = WITHIN.sub("", "".join(text.split()))
    return bool(bare) and len(bare) <= 30 and NOTHING.fullmatch(bare) is not None


def _take(part: str, state: _State, legend: Mapping[str, EntryKind], kind: EntryKind | None) -> None:
    slash = SLASH.match(part)
    if slash and MARK.match(part[slash.end() :]):
        state.marks.append(slash[0].strip())
        part = part[slash.end() :]
    indent = len(part) - len(part.lstrip(BLANK))
    rest = part.strip(BLANK)
    if not rest:
        return
    sort, bullet, after = _bullet(rest)
    mark = MARK.match(after)
    if mark is not None and sort not in CONTINUING:
        _under(mark, state, bullet)
        after = after[mark.end() :].strip(BLANK)
        if not after:
            return
        sort, bullet, after = _bullet(after)
    if bullet and bullet in legend:
        state.kind, state.status, state.difficulty = legend[bullet], None, False
    if _continues(sort, indent, rest if mark is None else after, state, legend, bullet):
        item = state.items[-1]
        item.lines.append(part.rstrip() if mark is None else f"{bullet}{after}")
        return
    if bullet:
        state.marks.append(bullet)
    if sort and not state.bullet:
        # Behind a mark on its own line a bullet says nothing of how far in the following ones begin.
        state.bullet, state.indent = sort, indent if mark is None else _ANYWHERE
    elif sort == state.bullet:
        state.indent = min(state.indent, indent)
    state.fresh = False
    state.items.append(_Item(state.kind or kind, state.status, [after or rest], state.difficulty, sort, indent))


def _under(mark: re.Match[str], state: _State, bullet: str) -> None:
    """What follows stands under this mark."""
    found = {name.rpartition("_")[2] for name, value in mark.groupdict().items() if value}
    state.marks += [each for each in (bullet, mark[0].strip()) if each]
    state.status, state.difficulty = None, False
    if "difficulty" in found:
        state.kind, state.difficulty = "課題", True
    elif "issue" in found:
        state.kind = "課題"
    elif "data" in found:
        state.kind = "データ"
    else:
        state.kind = "取組"
        state.status = "検討中" if "planned" in found else "終了" if "ended" in found else None
    state.bullet, state.indent, state.fresh = "", 0, True


def _bullet(text: str) -> tuple[str, str, str]:
    """The sort of bullet, the bullet, and the text behind it."""
    for sort, pattern in BULLETS:
        found = pattern.match(text)
        if found and text[found.end() :].strip(BLANK):
            return sort, found[0], text[found.end() :].strip(BLANK)
    return "", "", text


def _continues(sort: str, indent: int, text: str, state: _State, legend: Mapping[str, EntryKind], bullet: str) -> bool:
    """Whether a line goes on with the item above it."""
    if state.fresh or not state.items:
        return False
    last = state.items[-1]
    if sort in CONTINUING:
        return True
    if sort:
        if bullet in legend:
            return False
        return bool(state.bullet) and (sort != state.bullet or indent > state.indent)
    if state.bullet:
        return True
    before = last.lines[-1].rstrip()
    inside = sum(before.count(each) for each in "（(「") > sum(before.count(each) for each in "）)」")
    return (
        indent > last.indent
        or before.endswith(("、", "，", ",", "：", ":", "の", "を", "に", "と", "や"))
        or inside
        or (text[:1] in "（(" and text[-1:] in "）)")
    )


def _settled(state: _State, today: date) -> Split:
    pieces: list[Piece] = []
    nothing: list[str] = []
    strays: list[str] = []
    same: list[tuple[str, Pointing]] = []
    for item in state.items:
        text = "\n".join(line.rstrip() for line in item.lines).strip()
        if says_nothing(text):
            nothing.append(item.kind or "")
            state.marks.append(text)
        elif (where := pointing(text)) is not None:
            same.append((item.kind or "", where))
            state.marks.append(text)
        elif not any(letter.isalpha() for letter in text) or points_with_more(text):
            strays.append(text)
        elif item.difficulty and pieces and pieces[-1].kind == "取組":
            last = pieces[-1]
            told = "\n".join(filter(None, (last.difficulties, text)))
            pieces[-1] = Piece(last.kind, last.title, last.outline, last.marked, last.told, told, last.why)
        else:
            pieces.append(_piece(item, text, today))
    return Split(tuple(pieces), tuple(nothing), tuple(strays), tuple(state.marks), tuple(same))


def _piece(item: _Item, text: str, today: date) -> Piece:
    kind, why = item.kind, ()
    if kind is None:
        kind, reason = _guessed(text)
        why = (reason,)
    title = first_phrase(text)
    told = told_by(text, today) if kind == "取組" else Told()
    if item.status is not None:
        told = Told(item.status, told.since, told.until, tuple(each for each in told.why if "状況" not in each))
    return Piece(kind, title, "" if title == text else text, item.kind is not None, told, why=(*why, *told.why))


def _guessed(text: str) -> tuple[EntryKind, str]:
    """What a text without any mark is."""
    first = text.partition("\n")[0].strip()
    if FIGURE.fullmatch(first) and not MONEY.search(first):
        return "データ", "印がなく、数値だけのため、データとして読みました。"
    sentence = first.partition("。")[0].strip()
    if ISSUE_ENDS.search(sentence):
        return "課題", "印がありませんが、ことばから課題として読みました。"
    return "取組", "印がないため、取組として読みました。"

"""The places of a table and the areas of the store: by code, or by name however it is spelled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.statistics.table import AreaRow
from kyoju_tui.records.area import Area
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot

_DIGITS: Final = {digit: number for number, digit in enumerate("〇一二三四五六七八九")} | {"零": 0}
_SHORTEST: Final = 2
_NUMBERED: Final = re.compile(r"([〇零一二三四五六七八九十]+)(?=丁目|番町|条|線|号)")


def place_key(name: str) -> str:
    """What two spellings of one place have in common: 丁目 in any numerals, ケ・ヶ・が, without 大字・字 and blanks."""
    text = fold(name)
    plain = text.removeprefix("大字")
    if plain != text:
        plain = plain.replace("字", "")
    elif len(text) > _SHORTEST:
        plain = text.removeprefix("字")
    return _NUMBERED.sub(lambda found: str(_number(found[1])), plain).replace("が", "け")


@dataclass(frozen=True, slots=True)
class Member:
    """A row of the table that belongs to an area, as the whole of it or as one of its small areas."""

    row: AreaRow
    whole: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """By area the rows that belong to it, and the rows that belong to none.

    `lacking` are the small areas of an area that the table has not. `unclear` are names that could be several areas.
    """

    members: Mapping[Ref, tuple[Member, ...]]
    lacking: Mapping[Ref, tuple[str, ...]]
    unmatched: tuple[AreaRow, ...]
    unclear: tuple[str, ...]


def match(rows: Sequence[AreaRow], snapshot: Snapshot, aliases: Mapping[str, str]) -> Matched:
    """Match by the small areas that an area lists (codes or names), by its own name, and by remembered aliases."""
    areas = snapshot.all(Area)
    small: dict[str, set[Ref]] = {}
    names: dict[str, set[Ref]] = {}
    for ref, area in areas.items():
        for each in area.small_areas:
            small.setdefault(place_key(each), set()).add(ref)
        names.setdefault(place_key(area.name), set()).add(ref)
    by_id = {ref.id: ref for ref in areas}
    members: dict[Ref, list[Member]] = {}
    unmatched: list[AreaRow] = []
    unclear: list[str] = []
    met: set[str] = set()
    for row in rows:
        keys = {place_key(each) for each in (row.code, row.name, f"{row.city}{row.name}") if each}
        met |= keys
        remembered = {by_id[aliases[key]] for key in keys if aliases.get(key) in by_id}
        parts = remembered or {ref for key in keys for ref in small.get(key, ())}
        wholes = {ref for key in keys for ref in names.get(key, ())} - parts
        if len(parts) + len(wholes) > 1 and not parts:
            unclear.append(row.name)
        elif not parts and not wholes:
            unmatched.append(row)
        else:
            # A small area may lie in two areas; a name stands for one.
            for ref in parts or wholes:
                members.setdefault(ref, []).append(Member(row, ref not in parts))
    lacking = {ref: tuple(each for each in areas[ref].small_areas if place_key(each) not in met) for ref in members}
    for ref, found in members.items():
        if sum(member.whole for member in found) > 1:
            unclear.append(areas[ref].name)
    settled = {ref: _settled(tuple(found)) for ref, found in members.items() if areas[ref].name not in unclear}
    # The area's own row is the whole of it: nothing is lacking then.
    complete = {ref: () if any(each.whole for each in found) else lacking[ref] for ref, found in settled.items()}
    return Matched(settled, complete, tuple(unmatched), tuple(unclear))


def _settled(members: tuple[Member, ...]) -> tuple[Member, ...]:
    """An area's own row, or its small areas: never both, which would count them twice."""
    wholes = tuple(member for member in members if member.whole)
    return wholes[:1] if wholes else members


def _number(written: str) -> int:
    """A number below 100 in kanji: 十二, 二十, 一二."""
    if "十" not in written:
        return int("".join(str(_DIGITS[each]) for each in written))
    tens, _, ones = written.partition("十")
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)

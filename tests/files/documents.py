"""hypothesis strategies for TOML documents: values of every type, and texts as people lay them out by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import cast

from hypothesis import strategies as st

from kyoju_tui.files.array_text import render_inline
from kyoju_tui.files.canonical import is_tables, render_key
from kyoju_tui.records.plain import Plain

ZONES = st.sampled_from([UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-3, minutes=-30))])
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12),
    st.text(st.sampled_from("あ\"'\\\n\r\t #=[],{}."), min_size=1, max_size=12),
)
SCALARS = st.one_of(
    TEXTS,
    st.booleans(),
    st.integers(-(2**63), 2**63 - 1),
    st.floats(allow_nan=False, allow_infinity=False),
    st.dates(),
    st.times(),
    st.datetimes(),
    st.datetimes(timezones=ZONES),
)
KEYS = st.one_of(st.sampled_from(["id", "title", "text", "a-b", "x"]), TEXTS)


def values(depth: int) -> st.SearchStrategy[object]:
    """Any value but the empty ones, tables and lists in each other up to a depth."""
    if depth == 0:
        return SCALARS
    inner = values(depth - 1)
    table = st.dictionaries(KEYS, inner, min_size=1, max_size=3)
    return st.one_of(SCALARS, table, st.lists(inner, min_size=1, max_size=3), st.lists(table, min_size=1, max_size=3))


def plains(depth: int = 3) -> st.SearchStrategy[Plain]:
    """Whole documents as mappings."""
    return st.dictionaries(KEYS, values(depth), max_size=5)


_NAMES = st.sampled_from(["title", "kind", "outline", "items", "source", "extra", "more"])
_WORDS = st.sampled_from(["甲", "乙", "丙 丁", 'quo"te', "二行\nある\n", "#かな", "a=b [x]", "'''"])
_SIMPLE = st.one_of(_WORDS, st.integers(0, 9), st.booleans(), st.just(date(2026, 11, 23)), st.just(time(9, 30)),
                    st.just(datetime(2026, 11, 23, 9, 30)), st.just(0.5))  # fmt: skip
_LISTS = st.lists(st.one_of(_WORDS, st.integers(0, 9)), min_size=1, max_size=4)


def hand_tables(depth: int = 2) -> st.SearchStrategy[Plain]:
    """Mappings as records have them: texts, lists, tables, and lists of tables that have an id."""
    value = st.one_of(_SIMPLE, _LISTS)
    if depth:
        inner = hand_tables(depth - 1)
        numbered = st.lists(
            st.tuples(st.sampled_from("abcd"), inner).map(lambda pair: {"id": pair[0]} | pair[1]),
            min_size=1, max_size=3, unique_by=lambda table: cast("str", table["id"]),
        )  # fmt: skip
        value = st.one_of(value, inner.filter(bool), numbered)
    return st.dictionaries(_NAMES, value, max_size=4)


@dataclass
class Hand:
    """A hand that writes a mapping with comments in many places; every comment has a number of its own."""

    draw: st.DrawFn
    count: int = 0

    def write(self, plain: Plain) -> str:
        head = self.comment() if self.draw(st.booleans()) else ""
        return head + self.table(plain, ()) + (self.comment() if self.draw(st.booleans()) else "")

    def chance(self) -> bool:
        return self.draw(st.integers(0, 3)) == 0

    def comment(self) -> str:
        self.count += 1
        return f'# c{self.count}. [注] "x\n'

    def trailing(self) -> str:
        return f"  {self.comment()}" if self.chance() else "\n"

    def around(self) -> str:
        text = "\n" if self.chance() else ""
        text += self.comment() if self.chance() else ""
        return text + ("\n" if self.chance() else "")

    def table(self, table: Mapping[str, object], path: tuple[str, ...]) -> str:
        inline = [key for key, value in table.items() if is_tables(value) and not self.chance()]
        keys = [key for key in table if key not in inline]
        text = "".join(self.around() + self.pair(key, table[key]) for key in self.draw(st.permutations(keys)))
        for key in self.draw(st.permutations(inline)):
            text += self.sections(table[key], (*path, key))
        return text

    def pair(self, key: str, value: object) -> str:
        if isinstance(value, dict) and self.draw(st.booleans()):
            inner = cast("Plain", value)
            return "".join(self.dotted(key, name, item) for name, item in inner.items())
        return f"{render_key(key)} = {self.value(cast('object', value))}{self.trailing()}"

    def dotted(self, key: str, name: str, value: object) -> str:
        return f"{render_key(key)}.{render_key(name)} = {self.value(value)}{self.trailing()}"

    def value(self, value: object) -> str:
        if isinstance(value, list) and self.draw(st.booleans()):
            items = cast("list[object]", value)
            text = f"[{self.trailing()}"
            for index, item in enumerate(items):
                last = index == len(items) - 1 and self.draw(st.booleans())
                comment = f"  {self.comment()}" if self.chance() else "\n"
                above = f"  {self.comment()}" if self.chance() else ""
                text += f"{above}  {render_inline(item)}{'' if last else ','}{comment}"
            return f"{text}]"
        if isinstance(value, str) and "\n" in value and "'''" not in value and self.draw(st.booleans()):
            return f"'''\n{value}'''"
        return render_inline(cast("object", value))

    def sections(self, value: object, path: tuple[str, ...]) -> str:
        name = ".".join(render_key(part) for part in path)
        if isinstance(value, dict):
            return f"{self.around()}[{name}]{self.trailing()}{self.table(cast('Plain', value), path)}"
        return "".join(
            f"{self.around()}[[{name}]]{self.trailing()}{self.table(item, path)}" for item in cast("list[Plain]", value)
        )


@st.composite
def hand_written(draw: st.DrawFn) -> tuple[Plain, str]:
    """A mapping, and a text that holds it as a person may have written it."""
    plain = draw(hand_tables())
    return plain, Hand(draw).write(plain)


@st.composite
def written_by_hand(draw: st.DrawFn, plain: Plain) -> str:
    """A text that holds this mapping as a person may have written it."""
    return Hand(draw).write(plain)

"""hypothesis strategies for records as plain mappings: valid ones of every kind, loose ones, and edits of them."""

from __future__ import annotations

import math
import os
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache
from typing import Annotated, Any, Final, cast, get_args, get_origin

from annotated_types import Ge, Le
from hypothesis import strategies as st
from pydantic import AfterValidator
from pydantic.fields import FieldInfo

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described, fields_of
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.ids import ALPHABET, check_id, check_ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.matching import filled, is_table, token
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.text import clean_text

# `KYOJU_EXAMPLES=10000 pytest …` asks more of every property.
EXAMPLES: Final = int(os.environ.get("KYOJU_EXAMPLES", "60"))


@dataclass(frozen=True)
class Vocabulary:
    """What generated records are made of."""

    ids: st.SearchStrategy[str]
    lines: st.SearchStrategy[str]
    texts: st.SearchStrategy[str]
    days: st.SearchStrategy[date]
    most_items: int


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


_CHARACTERS: Final = st.one_of(
    st.sampled_from("高齢者の見守り訪問 　１髙﨑ヶ・（）～🏠\"'\\#=[]{}"),
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Zl", "Zp")),
)

# Everything that a record may hold.
WIDE: Final = Vocabulary(
    ids=st.text(ALPHABET + "-", min_size=1, max_size=12).map(lambda text: f"a{text}"),
    lines=st.text(_CHARACTERS, min_size=1, max_size=20).map(_nfc),
    texts=st.text(st.one_of(_CHARACTERS, st.sampled_from("\n\t")), min_size=1, max_size=40).map(_nfc),
    days=st.dates(date(1868, 1, 1), date(2200, 12, 31)),
    most_items=3,
)

# Few words, so that versions of a record meet in the same ids and lines.
NARROW: Final = Vocabulary(
    ids=st.sampled_from(["korei", "jutaku", "kosodate", "k3q9x", "12345"]),
    lines=st.sampled_from(["訪問", "相談", "見守り"]),
    texts=st.lists(st.sampled_from(["", "一行目", "二行目", "三行目", "四行目"]), min_size=1, max_size=6)
    .map("\n".join)
    .filter(bool),
    days=st.sampled_from([date(2026, 3, 31), date(2026, 4, 1), date(2027, 1, 1)]),
    most_items=4,
)


@cache
def plain_records(model: type[Part], words: Vocabulary = WIDE) -> st.SearchStrategy[Plain]:
    """Valid plain mappings of a model in canonical form: keys in model order, no empties, no defaults."""
    annotations = {name: info.rebuild_annotation() for name, info in model.model_fields.items()}
    values = {field.name: _values(field, annotations[field.attribute], words) for field in fields_of(model)}
    required = {field.name: values[field.name] for field in fields_of(model) if field.required}
    optional = {name: value for name, value in values.items() if name not in required}
    settle = _BETWEEN_FIELDS.get(model, _as_it_is)

    def canonical(drawn: dict[str, object]) -> Plain:
        settled = settle(drawn)
        return {name: settled[name] for name in values if filled(settled.get(name), None) is not None}

    return st.fixed_dictionaries(required, optional=optional).map(canonical)


def _values(field: Described, annotation: object, words: Vocabulary) -> st.SearchStrategy[object]:
    if field.part is not None:
        tables = plain_records(field.part, words)
        if not field.many:
            return cast("st.SearchStrategy[object]", tables)
        key = field.part.KEY
        return cast(
            "st.SearchStrategy[object]",
            st.lists(tables.filter(bool), max_size=words.most_items, unique_by=lambda table: _identity(table, key)),
        )
    scalars = _scalars(field, list(_metadata(annotation)), words)
    if field.many:
        return cast(
            "st.SearchStrategy[object]",
            st.lists(scalars, min_size=1 if field.required else 0, max_size=words.most_items, unique_by=token),
        )
    return scalars.filter(lambda value: filled(value, field) is not None)


def _identity(table: Plain, key: tuple[str, ...]) -> str:
    return token([table.get(name) for name in key]) if key and key[0] in table else token(table)


def _scalars(field: Described, metadata: list[object], words: Vocabulary) -> st.SearchStrategy[Any]:
    checks = {item.func for item in metadata if isinstance(item, AfterValidator)}
    if field.choices:
        return st.sampled_from(field.choices)
    if check_id in checks:
        return words.ids
    if check_ref in checks:
        return words.ids.map(lambda text: f"areas/{text}")
    if field.base is bool:
        return st.booleans()
    if field.base is date:
        return words.days
    if field.base is time:
        return st.times().map(lambda value: value.replace(microsecond=0))
    if field.base in (int, float):
        low = max((cast("float", item.ge) for item in metadata if isinstance(item, Ge)), default=0)
        high = min((cast("float", item.le) for item in metadata if isinstance(item, Le)), default=10**6)
        whole = st.integers(math.ceil(low), math.floor(high))
        # A figure may be whole or not; then it is bounded twice.
        figure = len([item for item in metadata if isinstance(item, Ge)]) > 1
        return whole if field.base is int else st.floats(low, high) | whole if figure else st.floats(low, high)
    return words.texts if clean_text in checks else words.lines


def _metadata(annotation: object) -> list[object]:
    """Everything that an annotation carries, through Annotated, unions, tuples and pydantic's Field."""
    found: list[object] = []
    for item in get_args(annotation):
        found += _metadata(item)
    if get_origin(annotation) is Annotated:
        for item in get_args(annotation)[1:]:
            found += item.metadata if isinstance(item, FieldInfo) else [item]
    return found


def _as_it_is(plain: Plain) -> Plain:
    return plain


def _entry(plain: Plain) -> Plain:
    if plain["kind"] == "取組":
        plain.setdefault("status", "取組中")
    else:
        plain.pop("status", None)
    if plain["kind"] != "データ":
        plain.pop("data_kind", None)
    return _in_turn(plain, "since", "until")


def _inquiry(plain: Plain) -> Plain:
    return _in_turn(plain, "issued_on", "due_on")


def _in_turn(plain: Plain, first: str, last: str) -> Plain:
    start, end = plain.get(first), plain.get(last)
    if isinstance(start, date) and isinstance(end, date) and end < start:
        plain[first], plain[last] = end, start
    return plain


# Rules between the fields of a kind, kept by mending what was drawn.
_BETWEEN_FIELDS: Final[Mapping[type[Part], Callable[[Plain], Plain]]] = {Entry: _entry, Inquiry: _inquiry}


# What looks alike and is not: types count in a merge.
_ODD_SCALARS: Final = st.sampled_from(
    [
        True, False, 1, 0, 1.0, 0.0, "1", "x", "", "甲\n乙\n丙", "甲\n乙\n丁", "戊\n乙\n丙", date(2026, 4, 1),
        "2026-04-01", datetime(2026, 4, 1), datetime(2026, 4, 1, tzinfo=timezone(timedelta(hours=9))), time(9, 30),
        float("nan"),
    ]
)  # fmt: skip
_KEYS: Final = st.sampled_from(["id", "department", "fiscal_year", "ref", "text", "a.b", "備考", "z"])


def loose_values() -> st.SearchStrategy[object]:
    """Plain values of any shape, as a newer program or a hand may have written them."""
    tables = st.dictionaries(_KEYS, _ODD_SCALARS, max_size=4)
    return st.one_of(
        _ODD_SCALARS,
        st.lists(_ODD_SCALARS, max_size=4),
        tables,
        st.lists(tables, max_size=4),
        st.lists(st.one_of(_ODD_SCALARS, tables), max_size=3),
    )


def loose_records() -> st.SearchStrategy[Plain]:
    """Plain mappings that keep to no model."""
    return st.dictionaries(_KEYS, loose_values(), max_size=6)


@st.composite
def edits(draw: st.DrawFn, base: Plain, other: Plain) -> Plain:
    """`base` after somebody's work: fields, members, tables and lines changed, taken away, or taken from `other`."""
    return _edited_table(draw, base, other)


def _edited_table(draw: st.DrawFn, base: Mapping[str, object], other: Mapping[str, object]) -> Plain:
    edited: Plain = {}
    for key in dict.fromkeys([*base, *other]):
        how = draw(st.sampled_from(["keep", "keep", "keep", "other", "edit", "edit"]))
        value = base.get(key) if how == "keep" else other.get(key)
        if how == "edit":
            value = _edited(draw, base.get(key), other.get(key))
        if value is not None:
            edited[key] = value
    return edited


def _edited(draw: st.DrawFn, base: object, other: object) -> object:
    if is_table(base) and is_table(other):
        return _edited_table(draw, base, other)
    if isinstance(base, list) and isinstance(other, list):
        return _edited_list(draw, cast("list[object]", base), cast("list[object]", other))
    if isinstance(base, str) and isinstance(other, str):
        return "\n".join(map(str, _edited_list(draw, base.split("\n"), other.split("\n"))))
    return other


def _edited_list(draw: st.DrawFn, base: list[Any], other: list[Any]) -> list[Any]:
    items: list[Any] = []
    for index, item in enumerate(base):
        how = draw(st.sampled_from(["keep", "keep", "keep", "edit", "drop"]))
        if how == "edit" and index < len(other):
            items.append(
                _edited_table(draw, item, other[index]) if is_table(item) and is_table(other[index]) else other[index]
            )
        elif how != "drop":
            items.append(item)
    for item in other:
        if draw(st.booleans()):
            items.insert(draw(st.integers(0, len(items))), item)
    return items


@st.composite
def versions(draw: st.DrawFn, records: st.SearchStrategy[Plain]) -> tuple[Plain, Plain, Plain]:
    """A record and two edits of it that know nothing of each other."""
    base = draw(records)
    return base, draw(edits(base, draw(records))), draw(edits(base, draw(records)))

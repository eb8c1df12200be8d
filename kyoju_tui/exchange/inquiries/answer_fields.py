"""The columns of the form as values of an entry: what a record holds for one, and the record with another value."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from datetime import date
from typing import cast

from kyoju_tui.exchange.inquiries.answer_values import tidy
from kyoju_tui.exchange.inquiries.inquiry_layout import Column
from kyoju_tui.records.entering import Namer
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.wording import NOTHING, shown


def held(column: Column, plain: Mapping[str, object], category: str) -> object | None:
    """What a record has for a column; `category` is that of its line in the form. None where it has nothing."""
    if plain.get("kind") not in column.kinds:
        return None
    if column.year is not None:
        return next((each.get("text") for each in _results(plain) if each.get("fiscal_year") == column.year), None)
    value = plain.get(column.name)
    if column.name == "categories":
        others = [each for each in cast("list[str]", value or []) if each != category]
        return others or None
    return value


def with_value(plain: Plain, column: Column, category: str, value: object | None) -> Plain:
    """The record with another value in a column."""
    if column.year is not None:
        others = [each for each in _results(plain) if each.get("fiscal_year") != column.year]
        mine = [{"fiscal_year": column.year, "text": value}] if value is not None else []
        results = sorted([*others, *mine], key=lambda each: str(each.get("fiscal_year")), reverse=_newest_first(plain))
        return _filled(plain | {"results": results})
    if column.name == "categories":
        wanted = [category, *cast("list[str]", value or [])]
        before = cast("list[str]", plain.get("categories") or [])
        kept = [each for each in before if each in wanted]
        return plain | {"categories": [*kept, *(each for each in wanted if each not in kept)]}
    return _filled(plain | {column.name: value})


def equal(left: object | None, right: object | None) -> bool:
    """Whether two values of a column say the same: white space at the ends of lines and the order of a list do not."""
    if isinstance(left, str) and isinstance(right, str):
        return _normal(left) == _normal(right)
    if isinstance(left, list) and isinstance(right, list):
        return sorted(map(str, cast("list[object]", left))) == sorted(map(str, cast("list[object]", right)))
    if isinstance(left, date) or isinstance(right, date):
        return left == right
    return (left or None) == (right or None)


def told(column: Column, value: object | None, name: Namer) -> str:
    """A column's value for people; the empty text where there is none."""
    if value is None:
        return ""
    if isinstance(value, str) and column.long:
        return value
    words = shown(value, None if column.year is not None else column.field, name)
    return "" if words == NOTHING else words


def _results(plain: Mapping[str, object]) -> list[Plain]:
    return cast("list[Plain]", plain.get("results") or [])


def _newest_first(plain: Mapping[str, object]) -> bool:
    years = [str(each.get("fiscal_year")) for each in _results(plain)]
    return len(years) > 1 and years == sorted(years, reverse=True)


def _filled(plain: Plain) -> Plain:
    return {name: value for name, value in plain.items() if value is not None and value != []}


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", tidy(text))

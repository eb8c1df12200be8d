"""Lists within any record: tables with one key, tables without words, references that a list names twice."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import cast

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described, field_map, fields_of
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot


def doubled(ref: Ref, part: Part, snapshot: Snapshot, prefix: str = "") -> Iterator[Remark]:
    """Tables of one list with one key (a change of either could not be told from a change of the other), and records
    that a list names twice.
    """  # noqa: D205
    for field in _lists(type(part)):
        value = getattr(part, field.attribute)
        if not value:
            continue
        if field.part is None:
            yield from _named_twice(ref, field, cast("tuple[str, ...]", value), snapshot, prefix)
        elif field.many:
            yield from _tables(ref, field, cast("tuple[Part, ...]", value), snapshot, prefix)
        else:
            yield from doubled(ref, cast("Part", value), snapshot, f"{prefix}{field.name}.")


@cache
def _lists(model: type[Part]) -> tuple[Described, ...]:
    """The fields that hold tables, and those that hold lists of references."""
    return tuple(
        field for field in fields_of(model) if field.part is not None or (field.many and field.refers is not None)
    )


def _tables(ref: Ref, field: Described, tables: tuple[Part, ...], snapshot: Snapshot, prefix: str) -> Iterator[Remark]:
    keys = _keys(type(tables[0]))
    seen: set[tuple[object, ...]] = set()
    for index, item in enumerate(tables):
        place = f"{prefix}{field.name}.{index}"
        key = tuple(getattr(item, name.attribute) for name in keys)
        if key in seen:
            told = "・".join(
                f"{name.label}「{_said(name, text, snapshot)}」" for name, text in zip(keys, key, strict=True) if text
            )
            message = f"「{field.label}」に、{told}の行が2つ以上あります。"
            yield Remark(ref, place, message, "K110", "1つにまとめるか、どちらかを書き換えてください。")
        elif any(text is not None for text in key):
            seen.add(key)
        yield from doubled(ref, item, snapshot, f"{place}.")


def wordless(ref: Ref, field: str, label: str) -> Remark:
    """A table without the words that it is there for."""
    return Remark(ref, field, f"{label}が書かれていません。", "K610", "内容を書くか、行を消してください。")


@cache
def _keys(model: type[Part]) -> tuple[Described, ...]:
    known = field_map(model)
    return tuple(known[name] for name in model.KEY)


def _said(key: Described, value: object, snapshot: Snapshot) -> str:
    return snapshot.name(key.refers.kind, str(value)) if key.refers is not None else str(value)


def _named_twice(
    ref: Ref, field: Described, names: tuple[str, ...], snapshot: Snapshot, prefix: str
) -> Iterator[Remark]:
    if len(names) == 1 or len(frozenset(names)) == len(names):
        return
    for index, text in enumerate(names):
        if text in names[:index]:
            told = snapshot.name(field.refers.kind if field.refers is not None else "", text)
            message = f"「{field.label}」に「{told}」が2回書かれています。"
            yield Remark(ref, f"{prefix}{field.name}.{index}", message, "K605", "片方を外してください。")

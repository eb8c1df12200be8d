"""`KEY=VALUE` and `KEY:=TOML`: what `new` and `set` are told, put into a record's plain mapping."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, cast

import tomli
from pydantic import ValidationError

from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.entering import enter, with_ids
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.explain import faults
from kyoju_tui.records.plain import Plain, without_empty

_FORM = re.compile(r"([^=:]+)(:?=)(.*)", re.DOTALL)


def assigned(plain: Mapping[str, object], assignments: Sequence[str], model: type[Record], *, today: date) -> Plain:
    """A copy of `plain` with the assignments made; tables without an id get one. Errors: `InvalidValue`."""
    changed = _copy(plain)
    for assignment in assignments:
        key, toml, text = split(assignment)
        _assign(changed, key.split("."), key, text, toml=toml, part=model, today=today)
    return without_empty(with_ids(changed, model))


def validated(plain: Mapping[str, object], model: type[Record]) -> Record:
    """The record that a mapping describes. Errors: `InvalidValue` with every fault in one message."""
    try:
        return model.model_validate(plain)
    except ValidationError as error:
        found = faults(error, model)
        message = " ".join(f"「{fault.label or fault.field or '記録'}」：{fault.message}" for fault in found)
        raise InvalidValue(
            f"{message} 何も変えていません。", field=found[0].field, cure="値を直して、もう一度実行してください。"
        ) from error


def split(assignment: str) -> tuple[str, bool, str]:
    """Key, whether the value is TOML, and the value's text. Errors: `InvalidValue`."""
    found = _FORM.fullmatch(assignment)
    if found is None:
        raise InvalidValue(
            f"「{assignment[:80]}」は KEY=VALUE の形になっていません。", cure='例：title="見守り訪問" status=取組中'
        )
    return found[1].strip(), found[2] == ":=", found[3]


def _assign(
    table: dict[str, object], path: list[str], key: str, text: str, *, toml: bool, part: type[Part], today: date
) -> None:
    name, rest = path[0], path[1:]
    field = field_map(part).get(name)
    if field is None:
        raise InvalidValue(
            f"「{key[:80]}」という項目はありません。", field=key, cure=f"使える項目：{'、'.join(field_map(part))}"
        )
    if rest:
        _assign_inside(table, field, rest, key, text, toml=toml, today=today)
        return
    value = _toml(key, text) if toml else enter(field, text, today=today)
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value


def _assign_inside(
    table: dict[str, object], field: Described, rest: list[str], key: str, text: str, *, toml: bool, today: date
) -> None:
    if field.part is None:
        raise InvalidValue(f"「{field.label}」は表ではないので、「{key[:80]}」とは書けません。", field=key)
    if not field.many:
        inner = cast("dict[str, object]", table.setdefault(field.name, {}))
    else:
        inner, rest = _row(table, field, rest, key)
    _assign(inner, rest, key, text, toml=toml, part=field.part, today=today)


def _row(table: dict[str, object], field: Described, rest: list[str], key: str) -> tuple[dict[str, object], list[str]]:
    """The table of a list that a key means: by its id or natural key, else by its number from 0."""
    if len(rest) < 2 or field.part is None:
        raise InvalidValue(
            f"「{field.label}」は表の並びです。",
            field=key,
            cure=f"{field.name}.行の符号.項目=値 の形で指定してください。",
        )
    wanted, inside = rest[0], rest[1:]
    rows = cast("list[dict[str, object]]", table.setdefault(field.name, []))
    keys = field.part.KEY
    for row in rows:
        if len(keys) == 1 and str(row.get(keys[0])) == wanted:
            return row, inside
    if wanted.isdecimal() and int(wanted) < len(rows):
        return rows[int(wanted)], inside
    if len(keys) == 1 and keys[0] != "id" and not wanted.isdecimal():
        rows.append({keys[0]: wanted})
        return rows[-1], inside
    raise InvalidValue(f"「{field.label}」に「{wanted[:40]}」という行はありません。", field=key)


def _toml(key: str, text: str) -> object:
    try:
        return tomli.loads(f"value = {text}")["value"]
    except (tomli.TOMLDecodeError, RecursionError, KeyError) as error:
        raise InvalidValue(
            f"「{key[:80]}」の値をTOMLとして読めません。",
            field=key,
            cure='例：documents:=["資料1", "資料2"]',
            detail=str(error),
        ) from error


def _copy(value: Mapping[str, object]) -> dict[str, object]:
    """A deep copy of tables and lists; their values are immutable."""
    copied: dict[str, object] = {}
    for name, inner in value.items():
        if isinstance(inner, Mapping):
            copied[name] = _copy(cast("Mapping[str, object]", inner))
        elif isinstance(inner, list):
            items = cast("list[Any]", inner)
            copied[name] = [_copy(item) if isinstance(item, Mapping) else item for item in items]
        else:
            copied[name] = inner
    return copied

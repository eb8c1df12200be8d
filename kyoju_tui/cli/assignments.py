"""`KEY=VALUE` and `KEY:=TOML`: what `new` and `set` are told, put into a record's plain mapping.

`KEY+=VALUE` and `KEY+:=TOML` add to what a list holds, `KEY-=VALUE` takes members out of it, or tables by their id or
natural key: so an opinion or a visit is added without telling all the others again.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, cast

from pydantic import ValidationError

from kyoju_tui.files import codec
from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.entering import enter, with_ids
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.explain import faults
from kyoju_tui.records.plain import Plain, without_empty

_FORM: Final = re.compile(r"([^=:]+)(:?=)(.*)", re.DOTALL)
# Behind a key: the members of a list are added to, or taken away.
_SIGNS: Final = ("+", "-")
# What an argument that is no UTF-8 becomes.
_SURROGATE: Final = re.compile("[\ud800-\udfff]")


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
    key, text = found[1].strip(), found[3]
    if _SURROGATE.search(assignment):
        raise InvalidValue(
            f"「{key[:80]}」の値は、文字コードがUTF-8ではありません。",
            field=key,
            cure="端末の文字コードをUTF-8にしてください。",
        )
    return key, found[2] == ":=", text


def toml_value(key: str, text: str) -> object:
    """What a TOML value's text stands for. Errors: `InvalidValue`."""
    cure = '例：documents:=["資料1", "資料2"]'
    try:
        plain = codec.parse(f"value = {text}".encode())
    except codec.Unreadable as error:
        raise InvalidValue(
            f"「{key[:80]}」の値をTOMLとして読めません（{error.message}）", field=key, cure=cure, detail=error.detail
        ) from error
    if plain.keys() != {"value"}:
        raise InvalidValue(f"「{key[:80]}」には値を1つだけ書いてください。", field=key, cure=cure)
    return plain["value"]


def _assign(
    table: dict[str, object], path: list[str], key: str, text: str, *, toml: bool, part: type[Part], today: date
) -> None:
    rest = path[1:]
    name, sign = (path[0], "") if rest or path[0][-1:] not in _SIGNS else (path[0][:-1], path[0][-1])
    field = field_map(part).get(name)
    if field is None:
        raise _unknown(key, part)
    if rest:
        inner, inside = _inside(table, field, rest, key, today)
        _assign(inner, inside, key, text, toml=toml, part=_table_of(field, key), today=today)
        return
    if sign == "-" and field.part is not None:
        value: object = _without_rows(table.get(name), field, key, text, today)
    else:
        value = toml_value(key, text) if toml else enter(field, text, today=today)
        _refuse_unknown(value, field, key)
        if sign:
            value = _changed_list(table.get(name), value, field, key, sign)
    if value is None:
        table.pop(name, None)
    else:
        table[name] = value


def _changed_list(before: object, value: object, field: Described, key: str, sign: str) -> list[object]:
    """A list with more members, or fewer. Errors: `InvalidValue`."""
    held = _members(before, field, key)
    told: list[object] = (
        [] if value is None else list(cast("list[object]", value)) if isinstance(value, list) else [value]
    )
    if sign == "+":
        return [*held, *(each for each in told if field.part is not None or each not in held)]
    for each in told:
        if each not in held:
            raise InvalidValue(f"「{field.label}」に「{each}」はありません。何も変えていません。", field=key)
    return [each for each in held if each not in told]


def _without_rows(before: object, field: Described, key: str, text: str, today: date) -> list[object]:
    """A list of tables without those that a text names, by id or natural key. Errors: `InvalidValue`."""
    rows = cast("list[dict[str, object]]", _members(before, field, key))
    gone = [_row_here(rows, _table_of(field, key), word.strip(), today) for word in text.split(",") if word.strip()]
    if None in gone:
        known = "、".join(str(row.get("id") or next(iter(row.values()), "")) for row in rows)
        raise InvalidValue(
            f"「{field.label}」に「{text[:40]}」という行はありません。何も変えていません。",
            field=key,
            cure=f"行の符号：{known or '（行がありません）'}",
        )
    return [row for row in rows if not any(row is each for each in gone)]


def _members(before: object, field: Described, key: str) -> list[object]:
    if not field.many:
        raise InvalidValue(
            f"「{field.label}」は1つだけの項目なので、「{key[:80]}」とは書けません。",
            field=key,
            cure=f"{field.name}=値 の形で指定してください。",
        )
    return list(cast("list[object]", before)) if isinstance(before, list) else []


def _inside(
    table: dict[str, object], field: Described, rest: list[str], key: str, today: date
) -> tuple[dict[str, object], list[str]]:
    """The table that a dotted key goes on in, made where there is none, and what is left of the key."""
    part = _table_of(field, key)
    inner = table.setdefault(field.name, [] if field.many else {})
    if isinstance(inner, dict) and not field.many:
        return cast("dict[str, object]", inner), rest
    if isinstance(inner, list) and field.many and len(rest) > 1:
        rows = cast("list[object]", inner)
        if all(isinstance(row, dict) for row in rows):
            return _row(cast("list[dict[str, object]]", rows), field, part, rest[0], key, today), rest[1:]
    what = "表の並び" if field.many else "表"
    cure = f"{field.name}.行の符号.項目=値 の形で指定してください。" if field.many else ""
    raise InvalidValue(f"「{field.label}」は{what}なので、「{key[:80]}」とは書けません。", field=key, cure=cure)


def _row(
    rows: list[dict[str, object]], field: Described, part: type[Part], wanted: str, key: str, today: date
) -> dict[str, object]:
    """The table of a list that a key means: by its id or natural key, else by its number from 0, else a new one.

    A new one begins only where the key is a natural one: an id is never chosen by hand.
    """
    found = _row_here(rows, part, wanted, today)
    if found is not None:
        return found
    natural = _natural(part)
    if natural and natural != "id":
        rows.append({natural: enter(field_map(part)[natural], wanted, today=today)})
        return rows[-1]
    raise InvalidValue(f"「{field.label}」に「{wanted[:40]}」という行はありません。", field=key)


def _row_here(rows: list[dict[str, object]], part: type[Part], wanted: str, today: date) -> dict[str, object] | None:
    """The table that stands there: by its id or natural key, else by its number from 0."""
    natural = _natural(part)
    for row in rows:
        if natural and str(row.get(natural)) == wanted:
            return row
    if wanted.isdecimal() and len(wanted) < 4 and int(wanted) < len(rows):
        return rows[int(wanted)]
    if natural and natural != "id":
        # R7 is the row of 2025.
        value = enter(field_map(part)[natural], wanted, today=today)
        return next((row for row in rows if row.get(natural) == value), None)
    return None


def _natural(part: type[Part]) -> str:
    """The one field that tells the tables of a list apart; the empty string where several do together."""
    return part.KEY[0] if len(part.KEY) == 1 else ""


def _table_of(field: Described, key: str) -> type[Part]:
    if field.part is None:
        raise InvalidValue(f"「{field.label}」は表ではないので、「{key[:80]}」とは書けません。", field=key)
    return field.part


def _refuse_unknown(value: object, field: Described, key: str) -> None:
    """Refuse keys that the tables of a TOML value do not have; what is of a wrong type is the model's to say."""
    if field.part is None:
        return
    known = field_map(field.part)
    for row in cast("list[object]", value) if isinstance(value, list) else [value]:
        if isinstance(row, dict):
            for name, inner in cast("Plain", row).items():
                if name not in known:
                    raise _unknown(f"{key}.{name}", field.part)
                _refuse_unknown(inner, known[name], f"{key}.{name}")


def _unknown(key: str, part: type[Part]) -> InvalidValue:
    return InvalidValue(
        f"「{key[:80]}」という項目はありません。", field=key, cure=f"使える項目：{'、'.join(field_map(part))}"
    )


def _copy(value: Mapping[str, object]) -> dict[str, object]:
    """A deep copy of tables and lists; their values are immutable."""
    copied: dict[str, object] = {}
    for name, inner in value.items():
        if isinstance(inner, Mapping):
            copied[name] = _copy(cast("Mapping[str, object]", inner))
        elif isinstance(inner, list):
            items = cast("list[object]", inner)
            copied[name] = [
                _copy(cast("Mapping[str, object]", item)) if isinstance(item, Mapping) else item for item in items
            ]
        else:
            copied[name] = inner
    return copied

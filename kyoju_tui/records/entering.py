"""Between what a person types and what a field holds.

Used by forms, by `new` and `set`, and by every list that shows a value. Nothing here knows where the text comes from.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time
from typing import cast

from kyoju_tui.records.base import Item, Part
from kyoju_tui.records.dates import format_date, format_time, parse_date, parse_fiscal_year, parse_time
from kyoju_tui.records.description import Described, field_map, fields_of
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.ids import new_part_id
from kyoju_tui.records.plain import Plain

Namer = Callable[[str, str], str]

_YES = frozenset({"true", "yes", "y", "1", "はい", "有", "あり"})
_NO = frozenset({"false", "no", "n", "0", "いいえ", "無", "なし"})


def enter(field: Described, text: str, *, today: date) -> object:
    """The value that `text` means for this field, or None for empty text.

    A list is comma-separated (`,` or 「、」). Raises `InvalidValue` in words; the model still has the last word.
    """
    if field.part is not None:
        raise InvalidValue(
            f"「{field.label}」は表なので、この書き方では入れられません。",
            field=field.name,
            cure=f"{field.name}.項目=値、または {field.name}:=TOML の値で指定してください。",
        )
    if not text.strip():
        return None
    if field.many:
        return [_one(field, item, today) for item in _split(text)]
    return _one(field, text, today)


def note_on(field: Described, text: str, *, today: date) -> str:
    """How a date was understood, with any remark; the empty string for other fields and for text that is none."""
    if field.widget != "date" or not text.strip():
        return ""
    try:
        read = parse_date(text, today=today)
    except InvalidValue:
        return ""
    return f"{format_date(read.value)}　{read.note}".strip()


def show(field: Described, value: object, name: Namer) -> str:
    """A value as staff read it: dates in 和暦, references by name, lists joined by 「・」, absent as empty text."""
    if value is None or value == () or value == []:
        return ""
    if field.part is not None:
        if not field.many:
            part = cast("Part", value)
            shown = [show(inner, getattr(part, inner.attribute), name) for inner in fields_of(field.part)]
            return "　".join(text for text in shown if text)
        return f"{len(cast('tuple[object, ...]', value))}件"
    if field.many:
        return "・".join(_shown(field, item, name) for item in cast("Iterable[object]", value))
    return _shown(field, value, name)


def typed(field: Described, value: object) -> str:
    """A value as it stands in an input field, such that `enter` gives it back."""
    if value is None or value == ():
        return ""
    if field.many:
        return "、".join(_typed(item) for item in cast("Iterable[object]", value))
    return _typed(value)


def with_ids(plain: Mapping[str, object], model: type[Part]) -> Plain:
    """A copy in which every table of a list that needs an id has one."""
    filled: Plain = dict(plain)
    for name, field in field_map(model).items():
        value = plain.get(name)
        if field.part is None or value is None:
            continue
        if not field.many:
            if isinstance(value, Mapping):
                filled[name] = with_ids(cast("Mapping[str, object]", value), field.part)
            continue
        if not isinstance(value, list | tuple):
            continue
        rows = cast("list[object]", value)
        tables = [cast("Mapping[str, object]", row) for row in rows if isinstance(row, Mapping)]
        if len(tables) != len(rows):
            continue
        taken = {str(table["id"]) for table in tables if "id" in table}
        done: list[Plain] = []
        for table in tables:
            row = with_ids(table, field.part)
            if issubclass(field.part, Item) and "id" not in row:
                row = {"id": new_part_id(taken), **row}
                taken.add(str(row["id"]))
            done.append(row)
        filled[name] = done
    return filled


def _split(text: str) -> list[str]:
    return [
        item.strip()
        for item in text.replace("、", ",").replace("，", ",").replace("\n", ",").split(",")
        if item.strip()
    ]


def _one(field: Described, text: str, today: date) -> object:
    if field.choices:
        return _choice(field, text)
    if field.widget == "date":
        return _named(field, lambda: parse_date(text, today=today).value)
    if field.widget == "time":
        return _named(field, lambda: parse_time(text))
    if field.widget == "flag":
        return _flag(field, text)
    if field.name == "fiscal_year":
        return _named(field, lambda: parse_fiscal_year(text, today))
    if field.widget == "number":
        return _number(field, text)
    return text


def _named(field: Described, read: Callable[[], object]) -> object:
    """Run a reader, and let its error name the field."""
    try:
        return read()
    except InvalidValue as error:
        raise InvalidValue(error.message, field=field.name, cure=error.cure, detail=error.detail) from error


def _choice(field: Described, text: str) -> str:
    wanted = unicodedata.normalize("NFKC", text).strip()
    for choice in field.choices:
        if unicodedata.normalize("NFKC", choice) == wanted:
            return choice
    raise InvalidValue(
        f"「{field.label}」に「{text.strip()[:40]}」は選べません。",
        field=field.name,
        cure=f"{'・'.join(field.choices)} のいずれかにしてください。",
    )


def _flag(field: Described, text: str) -> bool:
    word = unicodedata.normalize("NFKC", text).strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise InvalidValue(f"「{field.label}」は「はい」か「いいえ」で答えてください。", field=field.name)


def _number(field: Described, text: str) -> int | float:
    digits = unicodedata.normalize("NFKC", text).strip().replace(",", "").removesuffix("千円").removesuffix("円")
    try:
        return int(digits)
    except ValueError:
        pass
    try:
        value = float(digits)
    except ValueError:
        value = float("nan")
    if value - value != 0 or field.base is int:
        raise InvalidValue(
            f"「{field.label}」の「{text.strip()[:40]}」は数として読めません。",
            field=field.name,
            cure="数字で入力してください（全角でもかまいません）。",
        )
    return value


def _typed(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, date):
        return format_date(value, weekday=False)
    if isinstance(value, time):
        return format_time(value)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    return str(value)


def _shown(field: Described, value: object, name: Namer) -> str:
    if field.refers is not None:
        return name(field.refers.kind, str(value))
    if isinstance(value, date) and not isinstance(value, datetime):
        return format_date(value)
    return _typed(value)

"""A model's fields as data: one description from which forms, columns, diff wording, checks and docs are made."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from pydantic.fields import FieldInfo

from kyoju_tui.records.base import Part, Record, RefersTo, Says, WidgetName
from kyoju_tui.records.text import TEXT_LIMIT, clean_text


@dataclass(frozen=True, slots=True)
class Described:
    """One field of a model.

    `name` is the key in the file, `attribute` the name in code (they differ for `from` and `with` only). `shown` keeps
    the field in sight in a form; `many` tells a list; `choices` are the allowed words of a fixed list; `refers` is set
    where the value names another record; `part` is the model of a table, or of each table of a list; `base` is the
    plain type of a value (str, int, date …).
    """

    name: str
    attribute: str
    label: str
    help: str
    column: bool
    shown: bool
    widget: WidgetName
    required: bool
    default: object
    many: bool
    choices: tuple[str, ...]
    refers: RefersTo | None
    part: type[Part] | None
    base: type | None


@cache
def fields_of(model: type[Part]) -> tuple[Described, ...]:
    """The fields in the order of the file: the model's own first, those common to all records last."""
    common = Record.model_fields if issubclass(model, Record) else {}
    own = [name for name in model.model_fields if name not in common]
    return tuple(_describe(name, model.model_fields[name]) for name in [*own, *common])


@cache
def field_map(model: type[Part]) -> dict[str, Described]:
    """The same by name."""
    return {field.name: field for field in fields_of(model)}


def references(record: Part) -> Iterator[tuple[str, RefersTo, str]]:
    """Every reference a record holds: dotted place (`opinions.0.department`), what it refers to, and the text of it."""
    yield from _references(record, "")


def _references(part: Part, prefix: str) -> Iterator[tuple[str, RefersTo, str]]:
    for field in _referring(type(part)):
        value = getattr(part, field.attribute)
        if value is None or value == ():
            continue
        place = f"{prefix}{field.name}"
        if field.part is not None:
            inner = cast("tuple[Part, ...]", value) if field.many else (cast("Part", value),)
            for index, item in enumerate(inner):
                yield from _references(item, f"{place}.{index}." if field.many else f"{place}.")
        elif field.refers is not None and field.many:
            for index, text in enumerate(cast("tuple[str, ...]", value)):
                yield f"{place}.{index}", field.refers, text
        elif field.refers is not None:
            yield place, field.refers, str(value)


@cache
def _referring(model: type[Part]) -> tuple[Described, ...]:
    return tuple(
        field
        for field in fields_of(model)
        if field.refers is not None or (field.part is not None and _referring(field.part))
    )


def _describe(name: str, info: FieldInfo) -> Described:
    metadata: list[Any] = list(info.metadata)
    base, many = _unwrap(info.annotation, metadata)
    says = next((item for item in metadata if isinstance(item, Says)), None)
    if says is None:
        raise TypeError(f"field {name!r} has no label")
    refers = next((item for item in metadata if isinstance(item, RefersTo)), None)
    part = base if isinstance(base, type) and issubclass(base, Part) else None
    choices = tuple(str(word) for word in get_args(base)) if get_origin(base) is Literal else ()
    return Described(
        name=info.alias or name,
        attribute=name,
        label=says.label,
        help=says.help,
        column=says.column,
        shown=says.shown or says.column,
        widget=_widget(base, metadata, many=many, refers=refers is not None, part=part is not None),
        required=info.is_required(),
        default=None if info.is_required() else info.get_default(call_default_factory=True),
        many=many,
        choices=choices,
        refers=refers,
        part=part,
        base=base if isinstance(base, type) else None,
    )


def _unwrap(annotation: Any, metadata: list[Any]) -> tuple[Any, bool]:
    """Strip Annotated, Optional and tuple from an annotation, gathering metadata; tell whether it was a tuple."""
    many = False
    while True:
        origin = get_origin(annotation)
        if origin is Annotated:
            annotation, *more = get_args(annotation)
            metadata.extend(more)
        elif origin in (Union, types.UnionType):
            # `X | None` is X; `int | float` is described by its widest member, the last.
            annotation = [member for member in get_args(annotation) if member is not type(None)][-1]
        elif origin is tuple:
            annotation = get_args(annotation)[0]
            many = True
        else:
            return annotation, many


def _widget(base: Any, metadata: list[Any], *, many: bool, refers: bool, part: bool) -> WidgetName:
    if part:
        return "parts" if many else "part"
    if refers:
        return "reference"
    if get_origin(base) is Literal:
        return "choice"
    if many:
        return "values"
    by_type: dict[Any, WidgetName] = {bool: "flag", int: "number", float: "number", date: "date", time: "time"}
    if base in by_type:
        return by_type[base]
    multiline = any(getattr(item, "func", None) is clean_text for item in metadata)
    return "text" if multiline else "line"


def length_limit(field: Described) -> int:
    """How many characters a text field takes."""
    from kyoju_tui.records.text import LINE_LIMIT

    return TEXT_LIMIT if field.widget == "text" else LINE_LIMIT

"""Between a model and the plain mapping that a TOML file holds: absent instead of empty, keys in model order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import fields_of

Plain: TypeAlias = dict[str, object]


def to_plain(part: Part) -> Plain:
    """The mapping that TOML stores: defaults and empties left out, unknown keys kept at the end."""
    plain: Plain = {}
    for field in fields_of(type(part)):
        value = getattr(part, field.attribute)
        if value is None or value == () or (value == field.default and not field.required):
            continue
        if field.part is not None:
            if field.many:
                plain[field.name] = [to_plain(item) for item in cast("Sequence[Part]", value)]
            else:
                inner = to_plain(cast("Part", value))
                if inner:
                    plain[field.name] = inner
        elif field.many:
            plain[field.name] = list(cast("Sequence[object]", value))
        else:
            plain[field.name] = value
    plain.update(part.model_extra or {})
    return plain


def without_empty(plain: Mapping[str, object]) -> Plain:
    """A copy in which empty texts, lists and tables are absent, at every depth."""
    cleaned: Plain = {}
    for key, value in plain.items():
        kept = without_empty(cast("Mapping[str, object]", value)) if isinstance(value, Mapping) else value
        if isinstance(kept, list):
            kept = [
                without_empty(cast("Mapping[str, object]", item)) if isinstance(item, Mapping) else item
                for item in cast("list[object]", kept)
            ]
        if kept is not None and kept != "" and kept != [] and kept != {}:
            cleaned[key] = kept
    return cleaned

"""Which fields of a model a form shows at once, and which wait in the folded section."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from kyoju_tui.records.base import Item, Part, Record
from kyoju_tui.records.description import Described, fields_of
from kyoju_tui.records.plain import Plain
from kyoju_tui.ui.forms.remarks import prompt


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The fields of a form in model order: those in sight, and those that are seldom used."""

    shown: tuple[Described, ...]
    folded: tuple[Described, ...]


def arrange(model: type[Part], plain: Mapping[str, object]) -> Arrangement:
    """Put in sight what is required, says so, is filled or is to be asked for. A row is never folded.

    The id of a row is made, not typed, and is in no form.
    """
    fields = [field for field in fields_of(model) if not (field.name == "id" and issubclass(model, Item))]
    if not issubclass(model, Record):
        return Arrangement(tuple(fields), ())
    shown = [field for field in fields if _in_sight(model, field, plain)]
    return Arrangement(tuple(shown), tuple(field for field in fields if field not in shown))


def value_at(plain: Plain, path: tuple[str, ...]) -> object | None:
    """The value at a place in a form; None where nothing stands there."""
    value: object | None = plain
    for step in path:
        value = cast("Mapping[str, object]", value).get(step) if isinstance(value, Mapping) else None
    return value


def _in_sight(model: type[Part], field: Described, plain: Mapping[str, object]) -> bool:
    return field.required or field.shown or field.name in plain or bool(prompt(model, field, plain))

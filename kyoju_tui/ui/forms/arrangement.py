"""Which fields of a model a form shows at once, and which wait in the folded section."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from kyoju_tui.records.base import Item, Part, Record
from kyoju_tui.records.description import Described, fields_of


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The fields of a form in model order: those in sight, and those that are seldom used."""

    shown: tuple[Described, ...]
    folded: tuple[Described, ...]


def arrange(model: type[Part], filled: Container[str]) -> Arrangement:
    """Required fields, columns and fields that are filled are in sight; the table of a row is never folded.

    The id of a row is made, not typed, and is in no form.
    """
    fields = [field for field in fields_of(model) if not (field.name == "id" and issubclass(model, Item))]
    if not issubclass(model, Record):
        return Arrangement(tuple(fields), ())
    shown = [field for field in fields if field.required or field.column or field.name in filled]
    return Arrangement(tuple(shown), tuple(field for field in fields if field not in shown))

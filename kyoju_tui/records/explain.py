"""Why a value does not fit, in Japanese: pydantic's errors as places and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import Described, field_map

Place = tuple[str | int, ...]

_SENTENCES: Final[Mapping[str, str]] = {
    "missing": "必須の項目です。",
    "string_type": '文字で書いてください（" " で囲みます）。',
    "int_type": "整数で書いてください。",
    "int_from_float": "整数で書いてください。",
    "float_type": "数で書いてください。",
    "bool_type": "true か false で書いてください。",
    "date_type": "日付で書いてください（例：2026-11-23）。",
    "time_type": "時刻で書いてください（例：14:00:00）。",
    "tuple_type": "並び（[ ]）で書いてください。",
    "list_type": "並び（[ ]）で書いてください。",
    "model_type": "表（[ ] の見出し）で書いてください。",
    "model_attributes_type": "表（[ ] の見出し）で書いてください。",
    "finite_number": "数として扱えない値です。",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a record: where (`("opinions", 0, "text")`), the field's label, the kind of fault, the sentence."""

    place: Place
    label: str
    kind: str
    message: str

    @property
    def field(self) -> str:
        """The place as dotted text."""
        return ".".join(str(part) for part in self.place)


def faults(error: ValidationError, model: type[Part]) -> tuple[Fault, ...]:
    """Every fault that a model found, one per place, in the order of the file's fields."""
    found: dict[Place, Fault] = {}
    for detail in error.errors(include_url=False, include_input=False):
        place, field = _locate(detail["loc"], model)
        label = field.label if field is not None else ""
        found.setdefault(place, Fault(place, label, detail["type"], _sentence(detail, field)))
    return tuple(found.values())


def _locate(loc: tuple[int | str, ...], model: type[Part]) -> tuple[Place, Described | None]:
    """The place without pydantic's own steps (union members and the like), and the innermost field it names."""
    place: list[str | int] = []
    field: Described | None = None
    current: type[Part] | None = model
    for step in loc:
        if isinstance(step, int):
            place.append(step)
        elif current is not None and step in field_map(current):
            field = field_map(current)[step]
            current = field.part
            place.append(step)
    return tuple(place), field


def _sentence(detail: ErrorDetails, field: Described | None) -> str:
    kind = detail["type"]
    if kind in _SENTENCES:
        return _SENTENCES[kind]
    context = cast("Mapping[str, object]", detail.get("ctx", {}))
    if kind == "literal_error" and field is not None:
        return f"{'・'.join(field.choices)} のいずれかにしてください。"
    if kind in ("greater_than_equal", "greater_than"):
        return f"{context.get('ge', context.get('gt'))}以上にしてください。"
    if kind in ("less_than_equal", "less_than"):
        return f"{context.get('le', context.get('lt'))}以下にしてください。"
    # The models' own faults are written in Japanese where they are raised.
    return detail["msg"]

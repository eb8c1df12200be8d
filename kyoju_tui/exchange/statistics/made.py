"""Records made from what stands in a foreign file: what no record may hold is told in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from pydantic import ValidationError

from kyoju_tui.records.base import Part
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.explain import faults

PartT = TypeVar("PartT", bound=Part)


def made(model: type[PartT], plain: Mapping[str, object]) -> PartT:
    """A record or table of these fields, empty ones left out. Errors: `InvalidValue`."""
    try:
        return model.model_validate({name: value for name, value in plain.items() if value not in (None, "", [])})
    except ValidationError as error:
        first = faults(error, model)[0]
        raise InvalidValue(
            f"「{first.label or first.field}」：{first.message}何も取り込んでいません。",
            field=first.field,
            cure="見出しや名称を直してから、もう一度行ってください。",
        ) from error

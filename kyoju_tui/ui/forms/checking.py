"""What is wrong with what was typed, and under which field it is said."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pydantic import ValidationError

from kyoju_tui.records.base import Part
from kyoju_tui.records.description import fields_of
from kyoju_tui.records.explain import Fault, faults
from kyoju_tui.records.plain import Plain

# Where an editor stands in a form: the field's name, or that of a group and of the field in it.
Path = tuple[str, ...]

MISSING = "必須の項目です。"


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: the record where all is well, else sentences by field.

    `missing` are required fields in which nothing stands yet: they are spoken of only once somebody wants to save.
    `general` belongs to no field in particular.
    """

    record: Part | None
    faults: Mapping[Path, str]
    missing: frozenset[Path]
    general: tuple[str, ...]


def check(model: type[Part], plain: Plain, unreadable: Mapping[Path, str], paths: Collection[Path]) -> Checked:
    """Validate what could be read. `unreadable` has the sentences on what could not; `paths` are the form's fields."""
    found: dict[Path, str] = dict(unreadable)
    missing: set[Path] = set()
    general: list[str] = []
    record: Part | None = None
    try:
        record = model.model_validate(plain)
    except ValidationError as error:
        for fault in faults(error, model):
            path = _path(fault, model, paths)
            if path is None:
                general.append(fault.message)
            elif fault.kind == "missing" and len(fault.place) == len(path):
                # What is typed but cannot be read is not missing.
                if path not in unreadable:
                    missing.add(path)
            else:
                found.setdefault(path, _sentence(fault, path))
    return Checked(None if found or missing else record, found, frozenset(missing), tuple(general))


def _path(fault: Fault, model: type[Part], paths: Collection[Path]) -> Path | None:
    """The innermost field of the form that holds the faulty place."""
    names = tuple(step for step in fault.place if isinstance(step, str))
    first_number = next((index for index, step in enumerate(fault.place) if isinstance(step, int)), len(fault.place))
    for length in range(min(len(names), first_number), 0, -1):
        if names[:length] in paths:
            return names[:length]
    if fault.place:
        return None
    # A rule between fields names them: it is said under the one that it names first.
    spoken = [(fault.message.find(field.label), -len(field.label), field.name) for field in fields_of(model)]
    named = sorted(item for item in spoken if item[0] >= 0 and (item[2],) in paths)
    return (named[0][2],) if named else None


def _sentence(fault: Fault, path: Path) -> str:
    """The fault's sentence, with the row it is in."""
    inner = fault.place[len(path) :]
    number = next(iter(inner), None)
    if not isinstance(number, int):
        return fault.message
    label = f" {fault.label}" if fault.label and len(inner) > 1 else ""
    return f"{number + 1}行目{label}：{fault.message}"

"""What is wrong with what was typed, and under which field it is said."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pydantic import ValidationError

from kyoju_tui.files.lines import place_of
from kyoju_tui.records.base import Part
from kyoju_tui.records.description import fields_of
from kyoju_tui.records.explain import Fault, Place, faults
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.problems import Remark

# Where an editor stands in a form: the field's name, or that of a group and of the field in it.
Path = tuple[str, ...]

# What is to be said of a record among the others, and whether it would be refused so; see `records.soundness`.
Examine: TypeAlias = Callable[[Part], Iterable[tuple[Remark, bool]]]

MISSING = "必須の項目です。"
# What is there for its words and has none yet is spoken of as a required field is.
WORDLESS = "K610"


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome: the record where all is well, else sentences by field.

    `missing` are required fields in which nothing stands yet: they are spoken of only once somebody wants to save.
    `general` belongs to no field in particular. `cautions` refuse nothing.
    """

    record: Part | None
    faults: Mapping[Path, str]
    missing: frozenset[Path]
    general: tuple[str, ...]
    cautions: Mapping[Path, tuple[str, ...]]


def no_remarks(_part: Part) -> tuple[tuple[Remark, bool], ...]:
    """Nothing is known beside the table itself."""
    return ()


def check(
    model: type[Part],
    plain: Plain,
    unreadable: Mapping[Path, str],
    paths: Collection[Path],
    examine: Examine = no_remarks,
) -> Checked:
    """Validate what could be read. `unreadable` has the sentences on what could not; `paths` are the form's fields.

    What is valid in itself is then judged by `examine`.
    """
    found: dict[Path, str] = dict(unreadable)
    cautions: dict[Path, tuple[str, ...]] = {}
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
    if record is not None and not found:
        for remark, refused in examine(record):
            place = place_of(remark.field)
            path = path_at(place, paths)
            said = f"{_row_number(place, path)}{remark.message}{remark.cure}"
            if refused and path is not None and path == place and remark.code == WORDLESS:
                missing.add(path)
            elif refused and path is None:
                general.append(said)
            elif refused and path is not None:
                found.setdefault(path, said)
            elif path is not None:
                cautions[path] = (*cautions.get(path, ()), said)
    return Checked(None if found or missing or general else record, found, frozenset(missing), tuple(general), cautions)


def path_at(place: Place, paths: Collection[Path]) -> Path | None:
    """The innermost field of the form that holds a place; None where none does."""
    names = tuple(step for step in place if isinstance(step, str))
    first_number = next((index for index, step in enumerate(place) if isinstance(step, int)), len(place))
    for length in range(min(len(names), first_number), 0, -1):
        if names[:length] in paths:
            return names[:length]
    return None


def _row_number(place: Place, path: Path | None) -> str:
    inner = place[len(path or ()) :]
    return f"{inner[0] + 1}行目：" if inner and isinstance(inner[0], int) else ""


def _path(fault: Fault, model: type[Part], paths: Collection[Path]) -> Path | None:
    """The field of the form under which a fault is said; None where it is of no field in particular."""
    found = path_at(fault.place, paths)
    if found is not None:
        return found
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

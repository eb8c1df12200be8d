"""From what staff fill in to the reorganisation that it means: new departments get their ids here."""

from __future__ import annotations

from typing import TypeAlias

from kyoju_tui.records.department import Department
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.folding import slug
from kyoju_tui.records.reorganisation import Abolishing, Renaming, Splitting, Succeeding, Uniting
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.changing.reorganising import Reorganisation, Successor
from kyoju_tui.workspace.new_store.presets import free_id

Form: TypeAlias = Renaming | Splitting | Uniting | Abolishing


def meant(snapshot: Snapshot, form: Form) -> Reorganisation:
    """The reorganisation of a form, entries not placed yet. Errors: `InvalidValue` where a reading gives no id."""
    taken = set(snapshot.taken_ids("department"))
    if isinstance(form, Renaming):
        new = _new(form.name, form.reading, form.short, taken)
        return Reorganisation("改称", form.on, (form.department,), (new,))
    if isinstance(form, Splitting):
        successors = tuple(_successor(each, taken) for each in form.successors)
        return Reorganisation("分割", form.on, (form.department,), successors)
    if isinstance(form, Uniting):
        return Reorganisation("統合", form.on, form.departments, (_successor(form, taken),))
    heirs = (Successor(form.successor),) if form.successor is not None else ()
    return Reorganisation("廃止", form.on, (form.department,), heirs)


def _successor(form: Succeeding, taken: set[str]) -> Successor:
    if form.department is not None:
        return Successor(form.department)
    return _new(form.name or "", form.reading or "", form.short, taken)


def _new(name: str, reading: str, short: str | None, taken: set[str]) -> Successor:
    made = slug(reading)
    if made is None:
        raise InvalidValue(
            f"「{name}」のよみから、idを決められません。何も変えていません。",
            field="reading",
            cure="よみをひらがなで入れてください。",
        )
    record_id = free_id(made, taken)
    taken.add(record_id)
    return Successor(record_id, Department(name=name, reading=reading, short=short))

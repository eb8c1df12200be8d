"""Departments and categories that a sheet names and that do not exist yet: their ids, readings and records."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from kyoju_tui.exchange.sheets.names import Created, Decisions, Named, unnumbered
from kyoju_tui.exchange.sheets.readings import reading_of
from kyoju_tui.records.category import Category
from kyoju_tui.records.department import Department
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.folding import fold, slug
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.workspace.new_store.presets import OTHERS, PRESETS, free_id
from kyoju_tui.workspace.requests import Base, Put

_STEP: Final = 10
_ENDINGS: Final = re.compile(r"(課|室|局|部|係|事務局|センター)$")


def proposal(kind: Named, word: str, taken: Collection[str]) -> Created:
    """A department or category to be made for a word: its name, and an id and a reading where they can be told.

    A reading that is not known stays empty, and the id is then a plain number.
    """
    name = " ".join(unnumbered(word).split()).strip("■●○◆◇【】［］[]<>＜＞ 　")[:60]
    preset = _preset(name) if kind == "category" else None
    if preset is not None:
        return Created(kind, free_id(preset[0], set(taken)), name, preset[1])
    reading = reading_of(name)
    told = reading_of(_ENDINGS.sub("", name)) if kind == "department" else reading
    wanted = slug(told or reading) or ("busho" if kind == "department" else "kategori")
    return Created(kind, free_id(wanted, set(taken)), name, reading)


def creating(decisions: Decisions, unknown: Iterable[tuple[Named, str]], snapshot: Snapshot) -> Decisions:
    """With a new record for each of these words."""
    for kind, word in unknown:
        if word.strip():
            taken = {*snapshot.taken_ids(kind), *(each.id for each in decisions.created if each.kind == kind)}
            same = next(
                (each for each in decisions.created if each.kind == kind and fold(each.name) == fold(word)), None
            )
            decisions = decisions.making(same or proposal(kind, word, taken), word)
    return decisions


def creations(snapshot: Snapshot, decisions: Decisions, puts: Sequence[Put]) -> list[Put]:
    """The new records that entries of a save need: categories and departments, at the end of their orders."""
    needed = {("department", put.ref.department or "") for put in puts}
    for put in puts:
        if isinstance(put.record, Entry):
            needed |= {("category", each) for each in put.record.categories}
            needed |= {("department", each) for each in put.record.related_departments}
    made: list[Put] = []
    departments = max((each.order or 0 for each in snapshot.departments.values()), default=0)
    categories = max((each.order or 0 for each in snapshot.categories.values()), default=0)
    for each in decisions.created:
        if (each.kind, each.id) not in needed:
            continue
        if each.kind == "department":
            departments += _STEP
            ref = Ref(f"departments/{each.id}")
            record = Department(name=each.name, reading=each.reading or None, order=departments)
            made.append(Put(ref, record, Base(ref, None)))
        else:
            categories += _STEP
            ref = Ref(f"categories/{each.id}")
            made.append(
                Put(ref, Category(name=each.name, reading=each.reading or None, order=categories), Base(ref, None))
            )
    return made


def _preset(name: str) -> tuple[str, str] | None:
    wanted = fold(name)
    for rows in (*PRESETS.values(), OTHERS):
        for record_id, known, reading in rows:
            if fold(known) == wanted:
                return record_id, reading
    return None

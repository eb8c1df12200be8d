"""Small stores in memory: `snapshot(category("korei", "高齢者"), department("jutaku", "住宅課"), initiative(...))`."""

from __future__ import annotations

from datetime import date

from kyoju_tui.records.base import Record
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.snapshot import Snapshot

TODAY = date(2026, 11, 23)
Built = tuple[Ref, Record]


def snapshot(*records: Built) -> Snapshot:
    """A store of 澪帆市 with these records."""
    made = dict([record("store", "", format=1, municipality="澪帆市"), *records])
    return Snapshot({ref: made[ref] for ref in sorted(made)})


def with_records(before: Snapshot, *records: Built) -> Snapshot:
    """The next moment, in which these records are added or replaced."""
    return before.replacing(dict(records))


def record(kind: str, record_id: str, department: str | None = None, /, **fields: object) -> Built:
    """A record of any kind from the keys of its file."""
    known = KINDS[kind]
    return known.ref(record_id, department), known.model.model_validate(fields)


def category(record_id: str, name: str, **fields: object) -> Built:
    return record("category", record_id, name=name, **fields)


def department(record_id: str, name: str, **fields: object) -> Built:
    return record("department", record_id, name=name, **fields)


def initiative(where: str, record_id: str, categories: str, status: str = "取組中", **fields: object) -> Built:
    """A 取組 in a department's folder; `categories` are ids with blanks between."""
    return _entry("取組", where, record_id, categories, {"status": status, **fields})


def issue(where: str, record_id: str, categories: str, **fields: object) -> Built:
    """A 課題."""
    return _entry("課題", where, record_id, categories, fields)


def data(where: str, record_id: str, categories: str, **fields: object) -> Built:
    """A データ entry."""
    return _entry("データ", where, record_id, categories, fields)


def _entry(kind: str, where: str, record_id: str, categories: str, fields: dict[str, object]) -> Built:
    return record(
        "entry", record_id, where, **{"title": record_id, "kind": kind, "categories": categories.split(), **fields}
    )


def inquiry(record_id: str, **fields: object) -> Built:
    """An inquiry of 15 July with a due date of 31 July 2026, unless the fields say otherwise."""
    dates = {"issued_on": date(2026, 7, 15), "due_on": date(2026, 7, 31)}
    return record("inquiry", record_id, **{"title": f"照会{record_id}", **dates, **fields})


def target(where: str, **fields: object) -> dict[str, object]:
    """A department asked by an inquiry."""
    return {"department": where, **fields}


def receipt(on: date = date(2026, 7, 30), **fields: object) -> dict[str, object]:
    """An answer that came in."""
    return {"version": 1, "on": on, **fields}


def meeting(record_id: str, held_on: date | None, *opinions: dict[str, object]) -> Built:
    """A meeting with opinions, each a table of its file."""
    numbered = [{"id": f"o{number}", **opinion} for number, opinion in enumerate(opinions, 1)]
    held = {} if held_on is None else {"held_on": held_on}
    return record("meeting", record_id, title="意見交換会", opinions=numbered, **held)


ROWS = (
    category("korei", "高齢者", order=1),
    category("kosodate", "子育て", order=2),
    category("joho", "情報", order=3),
)
COLUMNS = (department("fukushi", "高齢福祉課", order=1), department("jutaku", "住宅課", order=2))

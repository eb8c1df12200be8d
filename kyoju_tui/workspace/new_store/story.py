"""How the sample store came about: which department recorded what on which day.

The sample holds records as they stand on its reference day, and their dates tell how they grew: an id begins with the
day it was made, and an answer, a visit or a finished action cannot have been recorded before its own date. `_EARLIER`
adds a few corrections and decisions that leave no date behind. All days here are the sample's own, not yet moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, cast

from kyoju_tui.records.area import Area
from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.collaboration import Collaboration
from kyoju_tui.records.dataset import Dataset
from kyoju_tui.records.description import Described, field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.finding import Finding
from kyoju_tui.records.framework import Framework
from kyoju_tui.records.group import Group, Person
from kyoju_tui.records.ids import COMMON, Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.plain import Plain, to_plain
from kyoju_tui.records.policy import Policy
from kyoju_tui.records.shifting import REFERENCE
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.survey import Survey
from kyoju_tui.records.theme import Theme

_LEAD: Final = "chiiki-kyodo"
_FOUNDED: Final = date(2026, 5, 14)
# When the lead department went over the first answers: wording for the matrix, links from initiatives to issues.
_LINKED: Final = date(2026, 8, 19)
_DECIDED: Final = date(2026, 11, 18)

# Records whose id does not say when they were made, where that was not at the founding.
_MADE: Final = {
    "framework": date(2026, 6, 2),
    "image-map": date(2026, 10, 9),
    "categories/jukankyo-ido": date(2026, 7, 2),
    "categories/joho": date(2026, 8, 31),
    "areas/hoshinamigaoka": date(2026, 6, 11),
    "areas/kaigaradai": date(2026, 6, 11),
    "areas/honcho": date(2026, 6, 11),
    "areas/kainoura": date(2026, 6, 11),
    "areas/chikaiekiminami": date(2026, 6, 11),
    "areas/mugihadani": date(2026, 6, 11),
}

# The days on which the lead department changes the entries of others.
_BY_LEAD: Final = frozenset({_LINKED, _MADE["categories/joho"]})

# What stood in some fields until a day; None where nothing did.
_EARLIER: Final[Mapping[str, tuple[date, Plain]]] = {
    "entries/jutaku/20260728-chww5": (
        date(2026, 11, 12),
        {"outline": "空き家の売買・賃貸・管理の相談を週2日受け、登録物件を紹介する。\n登録21件、成約8件。"},
    ),
    "entries/kankyo/20260730-5r4vd": (
        date(2026, 9, 2),
        {"outline": "中学生と町内会が協力し、ごみ出しの難しい家に声をかけて運ぶ。1地区で試行。"},
    ),
    "entries/kenko/20260730-c9dd6": (date(2026, 11, 17), {"status": "検討中", "since": None}),
    "entries/kiki-kanri/20260730-103hv": (
        date(2026, 11, 19),
        {"outline": "津波浸水想定区域から着手し、本人・家族・支える人で避難の手順を決める。\n作成率35%。"},
    ),
    "entries/korei/20260728-v3kke": (
        date(2026, 11, 17),
        {"outline": "協力員が月1回、420世帯を訪問して安否を確かめる。\n協力員の平均年齢は74歳。", "direction": None},
    ),
    "policy": (date(2026, 9, 4), {"position": "たたき台"}),
    "framework": (_DECIDED, {"stage": "意見交換", "reason": None}),
    "areas/hoshinamigaoka": (_DECIDED, {"status": "候補", "status_reason": "二つの課から提案があった。"}),
    "areas/honcho": (_DECIDED, {"status": "候補", "status_reason": "商店会に動きがある。"}),
    "themes/20261009-6138m": (_DECIDED, {"status": "候補", "rank": 2}),
    "themes/20261009-ksryr": (_DECIDED, {"status": "議論中", "rank": 1}),
}

# Dates of what happens once: the field is empty until then. A line of a list is not there before the day it names.
_HAPPENS: Final = frozenset({"done_on", "received_on", "decided_on", "effective_on", "sent_on", "issued_on"})
_DATES_A_LINE: Final = ("on", "as_of")
_PLANNED: Final = frozenset({"title", "kind", "series", "held_on", "starts", "ends", "place", "documents", "agenda"})

# What comes in for these during a week is written up on its Friday.
_WRITTEN_UP: Final = frozenset({Area, Framework, Policy, Survey, Theme})


@dataclass(frozen=True, slots=True)
class Step:
    """What one department recorded on one day: records as they stood afterwards."""

    day: date
    department: str
    records: Mapping[Ref, Record]


def steps(sample: Snapshot) -> tuple[Step, ...]:
    """The whole story, in order of time; it ends with the records as they are in `sample`."""
    together: dict[tuple[date, int], dict[Ref, Record]] = defaultdict(dict)
    # The lead writes up last what the others have brought in on the same day.
    departments = sorted(sample.departments, key=_LEAD.__eq__)
    for ref, record in sample.records.items():
        for day, version, new in _versions(ref, record, sample):
            who = _who(ref, record, day, new=new)
            together[day, departments.index(who)][ref] = version
    return tuple(
        Step(day, departments[index], records) for (day, index), records in sorted(together.items(), key=_when)
    )


def _when(item: tuple[tuple[date, int], object]) -> tuple[date, int]:
    return item[0]


def _versions(ref: Ref, record: Record, sample: Snapshot) -> Iterator[tuple[date, Record, bool]]:
    """The record at each day on which it changed, and whether it was new then."""
    made = _made_on(ref, record)
    plain = to_plain(record)
    days = {made, *_happenings(plain, type(record), sample)}
    if type(record) in _WRITTEN_UP:
        days = {made, *(day + timedelta(days=4 - day.weekday()) for day in days if day > made)}
    days |= {_EARLIER[ref][0]} if ref in _EARLIER else set()
    days |= _TURNS[type(record)](plain) if type(record) in _TURNS else set()
    before: Plain | None = None
    for day in sorted(day for day in days if made <= day < REFERENCE):
        stood = _stood(plain, type(record), day, sample)
        if type(record) in _SPECIAL:
            stood = _SPECIAL[type(record)](stood, day, made)
        if ref in _EARLIER and day < _EARLIER[ref][0]:
            stood = {key: value for key, value in (stood | _EARLIER[ref][1]).items() if value is not None}
        if stood != before:
            yield day, type(record).model_validate(stood), before is None
            before = stood


def _made_on(ref: Ref, record: Record) -> date:
    if isinstance(record, Finding) and record.decided_on is not None:
        return record.decided_on
    head = ref.id.partition("-")[0]
    return _MADE.get(ref, date.fromisoformat(head) if head.isdigit() else _FOUNDED)


def _who(ref: Ref, record: Record, day: date, *, new: bool) -> str:
    """The department that recorded it: its own for what it holds, else the lead."""
    if isinstance(record, Entry) and ref.department not in (None, COMMON):
        return _LEAD if day in _BY_LEAD and not new else str(ref.department)
    if isinstance(record, Dataset):
        return record.department or _LEAD
    if isinstance(record, Group | Person):
        return record.contact_desk or _LEAD
    if isinstance(record, Collaboration):
        return record.departments[0].department
    return _LEAD


def _happenings(plain: Plain, model: type[Part], sample: Snapshot) -> Iterator[date]:
    """Every day from which a part of the record could stand there."""
    for key, value in plain.items():
        field = field_map(model)[key]
        if field.part is not None:
            for line in cast("Sequence[Plain]", value) if field.many else (cast("Plain", value),):
                yield from _happenings(line, field.part, sample)
                yield from (cast("date", line[name]) for name in _DATES_A_LINE if name in line)
        elif field.refers is not None and (field.refers.kind == "category" or not issubclass(model, Entry)):
            yield from filter(None, (_appeared(field, text, sample) for text in _listed(value)))
        elif key in _HAPPENS:
            yield cast("date", value)


def _stood(plain: Plain, model: type[Part], day: date, sample: Snapshot) -> Plain:
    """The table as it stood at the end of a day."""
    stood: Plain = {}
    for key, value in plain.items():
        field = field_map(model)[key]
        if field.part is not None:
            lines = cast("Sequence[Plain]", value) if field.many else (cast("Plain", value),)
            kept = [_stood(line, field.part, day, sample) for line in lines if not _ahead(line, day)]
            if kept:
                stood[key] = kept if field.many else kept[0]
        elif field.refers is not None:
            there = [text for text in _listed(value) if (_appeared(field, text, sample) or day) <= day]
            if there:
                stood[key] = there if field.many else there[0]
        elif not (key in _HAPPENS and cast("date", value) > day):
            stood[key] = value
    return stood


def _ahead(line: Plain, day: date) -> bool:
    return any(cast("date", line.get(name, day)) > day for name in _DATES_A_LINE)


def _listed(value: object) -> Sequence[str]:
    return cast("Sequence[str]", value) if isinstance(value, list) else (str(value),)


def _appeared(field: Described, text: str, sample: Snapshot) -> date | None:
    """The day on which the record that a reference names was made."""
    ref = sample.target(field.refers.kind if field.refers is not None else "", text)
    return None if ref is None else _made_on(ref, sample.records[ref])


def _entry(plain: Plain, day: date, made: date) -> Plain:
    """Before the second inquiry an entry was as the first answer had it; before `_LINKED` the department's alone."""
    as_of = plain.get("as_of")
    later = plain["kind"] != "データ" and isinstance(as_of, date) and day < as_of
    # What was made after the answers were gone over was linked by its own department from the start.
    alone = made < _LINKED and day < _LINKED
    taken = {"addresses", "causes", "summary"} if alone else set[str]()
    changed: Plain = {"as_of": made, "confirmed": "担当者案"} if later else {}
    return {key: value for key, value in plain.items() if key not in taken} | changed


def _entry_turns(plain: Plain) -> set[date]:
    return {_LINKED, *([cast("date", plain["as_of"])] if plain["kind"] != "データ" and "as_of" in plain else [])}


def _meeting(plain: Plain, day: date, made: date) -> Plain:  # noqa: ARG001
    """Only its arrangements are known before a meeting is held."""
    if day < cast("date", plain["held_on"]):
        return {key: value for key, value in plain.items() if key in _PLANNED}
    return plain


def _meeting_turns(plain: Plain) -> set[date]:
    return {cast("date", plain["held_on"])}


def _inquiry(plain: Plain, day: date, made: date) -> Plain:  # noqa: ARG001
    """What an answer says goes with the answer; deadlines are extended and requests withdrawn on the due date."""
    early = day < cast("date", plain["due_on"])
    targets: list[Plain] = []
    answered: set[object] = set()
    for target in cast("Sequence[Plain]", plain["targets"]):
        gone = {"extended_due", "withdrawn"} if early else set[str]()
        if "receipts" in target:
            answered.add(target["department"])
        else:
            gone |= {"checking", "unchanged"}
        targets.append({key: value for key, value in target.items() if key not in gone})
    nothing = [line for line in cast("Sequence[Plain]", plain["nothing_to_report"]) if line["department"] in answered]
    return plain | {"targets": targets, "nothing_to_report": nothing}


def _inquiry_turns(plain: Plain) -> set[date]:
    return {cast("date", plain["due_on"])}


def _survey(plain: Plain, day: date, made: date) -> Plain:  # noqa: ARG001
    received = {target["ref"] for target in cast("Sequence[Plain]", plain["targets"]) if "received_on" in target}
    answers = [answer for answer in cast("Sequence[Plain]", plain["answers"]) if answer["target"] in received]
    return plain | {"answers": answers}


_SPECIAL: Final[Mapping[type[Record], Callable[[Plain, date, date], Plain]]] = {
    Entry: _entry,
    Meeting: _meeting,
    Inquiry: _inquiry,
    Survey: _survey,
}
_TURNS: Final[Mapping[type[Record], Callable[[Plain], set[date]]]] = {
    Entry: _entry_turns,
    Meeting: _meeting_turns,
    Inquiry: _inquiry_turns,
}

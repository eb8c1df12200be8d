"""What the history is limited to: what can be chosen, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final

from kyoju_tui.records.dates import format_date
from kyoju_tui.records.description import field_map
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.kinds import kind_of
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.workspace.past.wanted import Wanted, of_meeting

RECORD: Final = "@record"
PERIOD: Final = "@period"
TEXT: Final = "@text"
PERSON: Final = "@person"
_CATEGORY, _DEPARTMENT, _MEETING, _WHO = "@category:", "@department:", "@meeting:", "@who:"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is wanted, with the name of the person and the meeting that it was chosen by."""

    wanted: Wanted = field(default_factory=Wanted)
    person: str = ""
    meeting: Ref | None = None

    @property
    def any(self) -> bool:
        """Whether anything is left out."""
        return self.wanted != Wanted()

    @property
    def values(self) -> tuple[str, ...]:
        """The answers of `offered` that these limits come from."""
        wanted = self.wanted
        found = [
            f"{_CATEGORY}{wanted.category}" if wanted.category else "",
            f"{_DEPARTMENT}{wanted.department}" if wanted.department else "",
            f"{_MEETING}{self.meeting}" if self.meeting is not None else "",
            f"{_WHO}{wanted.who}" if wanted.who else "",
            PERIOD if self.meeting is None and (wanted.since or wanted.until) else "",
            RECORD if wanted.ref is not None else "",
            TEXT if wanted.text else "",
        ]
        return tuple(filter(None, found))

    def kept(self, values: Iterable[str]) -> Limits:
        """Only those of the limits that were left chosen."""
        left, wanted = set(values), self.wanted
        if RECORD not in left:
            wanted = replace(wanted, ref=None, field="")
        if TEXT not in left:
            wanted = replace(wanted, text="")
        if PERIOD not in left:
            wanted = replace(wanted, since=None, until=None)
        return replace(self, wanted=replace(wanted, category="", department="", who=""), person="", meeting=None)

    def chosen(self, values: Iterable[str], people: Mapping[str, str], snapshot: Snapshot, today: date) -> Limits:
        """With what needs no further question; of one sort the last stands. Errors: `InvalidValue`."""
        found = self
        for value in values:
            sort, _, name = value.partition(":")
            wanted = found.wanted
            if f"{sort}:" == _CATEGORY:
                found = replace(found, wanted=replace(wanted, category=name))
            elif f"{sort}:" == _DEPARTMENT:
                found = replace(found, wanted=replace(wanted, department=name))
            elif f"{sort}:" == _WHO:
                found = replace(found, wanted=replace(wanted, who=name), person=people.get(name, name))
            elif f"{sort}:" == _MEETING:
                since, until = of_meeting(snapshot, Ref(name), today)
                found = replace(found, wanted=replace(wanted, since=since, until=until), meeting=Ref(name))
        return found

    def words(self, snapshot: Snapshot) -> str:
        """記録「見守り訪問」　人「住宅課 担当」: everything that must hold; empty where nothing is left out."""
        return "　".join(self._words(snapshot))

    def _words(self, snapshot: Snapshot) -> Iterator[str]:
        wanted = self.wanted
        if wanted.ref is not None:
            yield f"記録「{snapshot.title(wanted.ref)}」"
        if wanted.ref is not None and wanted.field:
            yield f"項目「{label_of(wanted.ref, wanted.field)}」"
        axes = [("category", wanted.category), ("department", wanted.department)]
        named = [snapshot.full_name(kind, each) for kind, each in axes if each]
        if named:
            sort = "欄" if len(named) > 1 else "カテゴリー" if wanted.category else "部署"
            yield f"{sort}「{'×'.join(named)}」"
        if wanted.who:
            yield f"人「{self.person or wanted.who}」"
        if self.meeting is not None:
            yield f"会議「{snapshot.title(self.meeting)}」まで"
        elif wanted.since is not None or wanted.until is not None:
            yield f"期間「{_day(wanted.since)}～{_day(wanted.until)}」"
        if wanted.text:
            yield f"ことば「{wanted.text}」"


def label_of(ref: Ref, dotted: str) -> str:
    """What staff call a field, and one of a table in it: 「担当部局・部署」."""
    model, labels = kind_of(ref).model, list[str]()
    known = field_map(model)
    for name in dotted.split("."):
        found = known.get(name.partition("[")[0])
        if found is None:
            break
        labels.append(found.label)
        known = {} if found.part is None else field_map(found.part)
    return "・".join(labels) or dotted


def offered(snapshot: Snapshot, people: Mapping[str, str], values: Iterable[str], today: date) -> Iterator[Candidate]:
    """What can be chosen: what is asked further, people who recorded, categories, departments, meetings.

    `people` are names by mail address; `values` what is chosen now.
    """
    yield Candidate(PERIOD, "期間を入れる", "この日からこの日まで", ("きかん", "ひづけ"))
    yield Candidate(TEXT, "ことばを入れる", "記録の件名から探します", ("ことば", "けんさく"))
    yield Candidate(RECORD, "記録を選ぶ", "1つの記録の履歴だけを見ます", ("きろく",))
    yield Candidate(PERSON, "人の名前を入れる", "氏名の一部で探します", ("ひと", "しめい"))
    known = dict(people)
    for value in values:
        if value.startswith(_WHO):
            known.setdefault(value.removeprefix(_WHO), value.removeprefix(_WHO))
    for mail, name in sorted(known.items(), key=lambda pair: pair[1]):
        yield Candidate(f"{_WHO}{mail}", name, "人", (mail, "ひと"))
    for key, category in snapshot.categories.items():
        yield Candidate(f"{_CATEGORY}{key}", category.name, "カテゴリー", (category.reading or "", "かてごりー"))
    for key, department in snapshot.departments.items():
        yield Candidate(f"{_DEPARTMENT}{key}", department.name, "部署", (department.reading or "", "ぶしょ"))
    held = ((each.held_on, ref) for ref, each in snapshot.meetings.items() if each.held_on and each.held_on <= today)
    for day, ref in sorted(held, reverse=True):
        detail = f"{format_date(day, weekday=False)}の会議まで"
        yield Candidate(f"{_MEETING}{ref}", snapshot.title(ref), detail, ("かいぎ",))


def _day(at: datetime | None) -> str:
    return "" if at is None else format_date(at.astimezone().date(), weekday=False)

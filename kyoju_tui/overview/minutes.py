"""会議概要（要点筆記）: a meeting as it is read afterwards, and the steps until all have seen it (handbook 1-3).

A speaker is a department; who was absent without documents is the secretariat's own business and stays out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from kyoju_tui.records.dates import format_date, format_time
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Action, Attendance, Meeting, Opinion
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.store import Store

Step: TypeAlias = Literal["案", "出席課確認中", "確定", "供覧済"]
STEPS: Final[tuple[Step, ...]] = ("案", "出席課確認中", "確定", "供覧済")
MEANING: Final[Mapping[Step, str]] = {
    "案": "事務局で要点をまとめている段階です。",
    "出席課確認中": "出席した課に送り、発言の要点に誤りがないか確かめてもらう段階です。",
    "確定": "出席した課の確認が済み、内容が決まった段階です。",
    "供覧済": "関係する課に回し、見てもらった段階です。",
}
_GENERAL: Final = "全体・カテゴリーなし"
NOTHING: Final = "（なし）"
ACTIONS: Final = "対応事項"
ATTENDANCE: Final = ("出席", "代理出席", "欠席")
"""The headings of what stands in tables, too."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines; `groups` are headings under it with lines of their own (opinions by category)."""

    heading: str
    lines: tuple[str, ...] = ()
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class Minutes:
    """What is written on paper: the title, its facts (label and value), the sections, and how far it is checked.

    `attendance` (出欠, departments) and `actions` (what, department, due, done) are the same once more
    as tables.
    """

    title: str
    town: str
    status: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    attendance: tuple[tuple[str, str], ...] = ()
    actions: tuple[tuple[str, str, str, str], ...] = ()


def minutes(snapshot: Snapshot, ref: Ref) -> Minutes:
    """The minutes of a meeting. Errors: `UnknownRef` where there is none."""
    meeting = snapshot.expect(ref, Meeting)
    store = snapshot.get("store")
    return Minutes(
        meeting.title,
        store.municipality if isinstance(store, Store) else "",
        meeting.minutes_status or "案",
        tuple(_facts(snapshot, meeting)),
        tuple(_sections(snapshot, meeting)),
        tuple(_attendance(snapshot, meeting)),
        tuple(_action(snapshot, action) for action in meeting.actions),
    )


def step_after(status: str | None) -> Step | None:
    """The step that follows; None after the last. A meeting without a status stands before 案."""
    return _neighbour(status, 1)


def step_before(status: str | None) -> Step | None:
    """The step before; None where there is none."""
    return _neighbour(status, -1)


def _neighbour(status: str | None, by: int) -> Step | None:
    number = (STEPS.index(status) if status in STEPS else -1) + by
    return STEPS[number] if 0 <= number < len(STEPS) else None


def when_words(meeting: Meeting) -> str:
    """令和8年11月23日(月)　14:00～15:30; the empty string where neither is known."""
    day = format_date(meeting.held_on) if meeting.held_on else ""
    clock = format_time(meeting.starts) if meeting.starts else ""
    if meeting.ends:
        clock = f"{clock}～{format_time(meeting.ends)}"
    elif clock:
        clock = f"{clock}から"
    return "　".join(filter(None, (day, clock)))


def action_words(snapshot: Snapshot, action: Action) -> str:
    """An action on one line: what, which department, until when, and the day it was done."""
    said = [
        _name(snapshot, "department", action.department) if action.department else "",
        f"期日 {format_date(action.due_on, weekday=False)}" if action.due_on else "",
        f"{format_date(action.done_on, weekday=False)}に済み" if action.done_on else "",
    ]
    told = "、".join(filter(None, said))
    return f"{action.text or ''}（{told}）" if told else action.text or ""


def opinion_words(snapshot: Snapshot, opinion: Opinion) -> str:
    """An opinion on one line: the department, the lens, the words."""
    who = _name(snapshot, "department", opinion.department) if opinion.department else ""
    lens = f"［{opinion.lens}］" if opinion.lens else ""
    text = " ".join((opinion.text or "").split("\n"))
    return f"{who}{lens}：{text}" if who else f"{lens}{text}"


def _attendance(snapshot: Snapshot, meeting: Meeting) -> Iterator[tuple[str, str]]:
    for status in ("出席", "代理", "欠席"):
        named = _departments(snapshot, meeting.attendance, status)
        if named:
            yield status, named


def _action(snapshot: Snapshot, action: Action) -> tuple[str, str, str, str]:
    return (
        action.text or "",
        _name(snapshot, "department", action.department) if action.department else "",
        format_date(action.due_on, weekday=False) if action.due_on else "",
        format_date(action.done_on, weekday=False) if action.done_on else "",
    )


def _facts(snapshot: Snapshot, meeting: Meeting) -> Iterator[tuple[str, str]]:
    yield "日時", when_words(meeting)
    yield "場所", meeting.place or ""
    yield "出席", _departments(snapshot, meeting.attendance, "出席")
    for status, label in (("代理", "代理出席"), ("欠席", "欠席")):
        named = _departments(snapshot, meeting.attendance, status)
        if named:
            yield label, named
    if meeting.documents:
        yield "資料", "、".join(meeting.documents)


def _departments(snapshot: Snapshot, attendance: Iterable[Attendance], status: str) -> str:
    ours = {each.department for each in attendance if each.status == status}
    order = {department: number for number, department in enumerate(snapshot.departments)}
    ordered = sorted(ours, key=lambda each: (order.get(each, len(order)), each))
    return "、".join(_name(snapshot, "department", each) for each in ordered)


def _sections(snapshot: Snapshot, meeting: Meeting) -> Iterator[Section]:
    yield Section("次第", tuple(f"{number}　{line}" for number, line in enumerate(meeting.agenda, 1)))
    if meeting.notes:
        yield Section("要点", tuple(line for line in meeting.notes.split("\n") if line.strip()))
    yield Section("意見・考え方等", groups=tuple(_by_category(snapshot, meeting.opinions)))
    yield Section("決まったこと", meeting.decisions)
    yield Section(ACTIONS, tuple(action_words(snapshot, action) for action in meeting.actions))
    yield Section("次回", (format_date(meeting.next_on),) if meeting.next_on else ("未定",))


def _by_category(snapshot: Snapshot, opinions: Iterable[Opinion]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """In the order of the matrix; retired categories and opinions of none come last."""
    by_category: dict[str | None, list[str]] = {}
    for opinion in opinions:
        by_category.setdefault(opinion.category, []).append(opinion_words(snapshot, opinion))
    in_order = [*snapshot.categories, *(key for key in by_category if key and key not in snapshot.categories), None]
    for category in in_order:
        if category in by_category:
            heading = _GENERAL if category is None else _name(snapshot, "category", category)
            yield heading, tuple(by_category[category])


def _name(snapshot: Snapshot, kind: str, record_id: str) -> str:
    return snapshot.full_name(kind, record_id)

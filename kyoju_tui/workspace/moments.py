"""Moments at which the records can be looked at again: a day, a meeting, a compilation, a revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.dates import format_date, parse_date
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.snapshot import Snapshot

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace

_CURE: Final = "もっと後の日付か会議を選んでください。"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in words, its day, and the revision where it names one; else what stood at the end of the day is meant.

    `day` is None only for a bare revision.
    """

    words: str
    day: date | None
    revision: str = ""


@dataclass(frozen=True, slots=True)
class Then:
    """The records as they stood at a moment."""

    moment: Moment
    commit: str
    snapshot: Snapshot


def on_day(text: str, today: date) -> Moment:
    """The end of a day as somebody types it: 令和8年10月7日, R8.10.7, 10/7. Errors: `InvalidValue`."""
    day = parse_date(text, today=today).value
    if day > today:
        raise InvalidValue(f"「{text}」はまだ来ていない日です。", cure="今日までの日付を入れてください。")
    return Moment(format_date(day, weekday=False), day)


def of_meeting(snapshot: Snapshot, ref: Ref, today: date) -> Moment:
    """The end of the day of a meeting. Errors: `InvalidValue` where it has no day or has not been held."""
    meeting = snapshot.expect(ref, Meeting)
    if meeting.held_on is None:
        raise InvalidValue(f"「{meeting.title}」には開催日がありません。", cure="会議の記録に開催日を入れてください。")
    if meeting.held_on > today:
        raise InvalidValue(f"「{meeting.title}」はまだ開かれていません。", cure="開いた会議を選んでください。")
    return Moment(f"{format_date(meeting.held_on, weekday=False)} {meeting.title}", meeting.held_on)


def meetings(snapshot: Snapshot, today: date) -> tuple[tuple[Ref, Moment], ...]:
    """The meetings held by today, the newest first."""
    held = [(each.held_on, ref) for ref, each in snapshot.meetings.items() if each.held_on and each.held_on <= today]
    return tuple((ref, of_meeting(snapshot, ref, today)) for _, ref in sorted(held, reverse=True))


def compilations(snapshot: Snapshot) -> tuple[Moment, ...]:
    """The compilations of all inquiries (第n回取りまとめ), the newest first."""
    found = [
        Moment(f"第{each.number or 1}回取りまとめ（{inquiry.title}）", each.as_of, each.commit or "")
        for inquiry in snapshot.inquiries.values()
        for each in inquiry.compilations
        if each.as_of is not None or each.commit
    ]
    return tuple(sorted(found, key=lambda moment: moment.day or date.min, reverse=True))


def named(snapshot: Snapshot, text: str, today: date) -> Moment:
    """The moment that a command line names: a date (和暦 too), a meeting by REF or id, else a revision.

    Errors: `InvalidValue` for a day or a meeting that is still to come.
    """
    ref = Ref(text.removesuffix(".toml"))
    meeting = ref if ref in snapshot.meetings else snapshot.by_id("meeting", text)
    if meeting is not None:
        return of_meeting(snapshot, meeting, today)
    return on_day(text, today) if _is_day(text, today) else Moment(text, None, text)


def _is_day(text: str, today: date) -> bool:
    try:
        parse_date(text, today=today)
    except InvalidValue:
        return False
    return True


def at(workspace: Workspace, moment: Moment) -> Then:
    """Read the records as they stood; takes a while. Errors: `UnknownRef` for a moment before the store began."""
    past = workspace.past
    commit = moment.revision or (past.as_of(moment.day) if moment.day is not None else None)
    snapshot = past.snapshot(commit) if commit else None
    if commit is None or snapshot is None or (not moment.revision and "store" not in snapshot):
        raise UnknownRef(
            f"「{moment.words}」は、この保管場所ができる前のため、その時点の記録はありません。", cure=_CURE
        )
    return Then(moment, commit, snapshot)


def as_it_stood(workspace: Workspace, when: str | None, today: date) -> tuple[Snapshot, date]:
    """The records and the day that everything is computed for: now, or as `named` has it.

    A bare revision is looked at with today's eyes, a day or a meeting with those of its day. Errors: `UnknownRef`,
    `InvalidValue`.
    """
    if when is None:
        return workspace.snapshot, today
    moment = named(workspace.snapshot, when, today)
    return at(workspace, moment).snapshot, moment.day or today

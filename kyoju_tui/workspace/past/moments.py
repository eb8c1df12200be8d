"""Moments at which the records can be looked at again: a day, a meeting, a compilation, a revision."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.dates import format_date, parse_date
from kyoju_tui.records.errors import InvalidValue, UnknownRef
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.inquiry import Inquiry
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.snapshot import Snapshot

if TYPE_CHECKING:
    from kyoju_tui.workspace.workspace import Workspace

_ONE: Final = re.compile(r"(?:inquiries/)?([a-z0-9][a-z0-9-]{0,63})/([1-9][0-9]{0,3})")
_BARE: Final = re.compile(r"第([1-9][0-9]{0,3})回(?:取りまとめ)?")
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
    numbers = {each.number or 1 for inquiry in snapshot.inquiries.values() for each in inquiry.compilations}
    found = [
        moment for inquiry in snapshot.inquiries.values() for number in numbers for moment in _numbered(inquiry, number)
    ]
    return tuple(sorted(found, key=lambda moment: moment.day or date.min, reverse=True))


def named(snapshot: Snapshot, text: str, today: date) -> Moment:
    """The moment that a command line names: a date (和暦 too), a meeting by REF or id, a compilation, else a revision.

    A compilation is its inquiry and its number (`20261001-aaaaa/2`), or 「第2回」 where one inquiry alone has it.
    Errors: `InvalidValue` for a day or a meeting that is still to come, for a number that several inquiries have.
    """
    ref = Ref(text.removesuffix(".toml"))
    meeting = ref if ref in snapshot.meetings else snapshot.by_id("meeting", text)
    if meeting is not None:
        return of_meeting(snapshot, meeting, today)
    compilation = _compilation(snapshot, text)
    if compilation is not None:
        return compilation
    return on_day(text, today) if is_day(text, today) else Moment(text, None, text)


def is_day(text: str, today: date) -> bool:
    """Whether a text can be read as a date."""
    try:
        parse_date(text, today=today)
    except InvalidValue:
        return False
    return True


def commit_at(workspace: Workspace, moment: Moment) -> str:
    """The commit (or what names it) that stood at a moment. Errors: `UnknownRef` for one before the store began."""
    commit = moment.revision or (workspace.past.as_of(moment.day) if moment.day is not None else None)
    if commit is None:
        raise _too_early(moment)
    return commit


def at(workspace: Workspace, moment: Moment) -> Then:
    """Read the records as they stood; takes a while. Errors: `UnknownRef` for a moment before the store began."""
    commit = commit_at(workspace, moment)
    snapshot = workspace.past.snapshot(commit)
    if not moment.revision and "store" not in snapshot:
        raise _too_early(moment)
    return Then(moment, commit, snapshot)


def _too_early(moment: Moment) -> UnknownRef:
    return UnknownRef(f"「{moment.words}」は、この保管場所ができる前のため、その時点の記録はありません。", cure=_CURE)


def _compilation(snapshot: Snapshot, text: str) -> Moment | None:
    """The compilation that a text names, if it names one."""
    one = _ONE.fullmatch(text)
    if one is not None:
        inquiry = snapshot.inquiries.get(Ref(f"inquiries/{one[1]}"))
        found = [] if inquiry is None else _numbered(inquiry, int(one[2]))
    elif (bare := _BARE.fullmatch(unicodedata.normalize("NFKC", text))) is not None:
        found = [moment for inquiry in snapshot.inquiries.values() for moment in _numbered(inquiry, int(bare[1]))]
    else:
        return None
    if len(found) > 1:
        raise InvalidValue(
            f"「{text}」の取りまとめは{len(found)}件の照会にあります。",
            cure="照会のidと番号で指定してください（例：20261001-aaaaa/2）。",
        )
    return found[0] if found else None


def _numbered(inquiry: Inquiry, number: int) -> list[Moment]:
    return [
        Moment(f"第{number}回取りまとめ（{inquiry.title}）", each.as_of, each.commit or "")
        for each in inquiry.compilations
        if (each.number or 1) == number and (each.as_of is not None or each.commit)
    ]


def as_it_stood(workspace: Workspace, when: str | None, today: date) -> tuple[Snapshot, date]:
    """The records and the day that everything is computed for: now, or as `named` has it.

    A bare revision is looked at with today's eyes, a day or a meeting with those of its day. Errors: `UnknownRef`,
    `InvalidValue`.
    """
    if when is None:
        return workspace.snapshot, today
    moment = named(workspace.snapshot, when, today)
    return at(workspace, moment).snapshot, moment.day or today

"""What of the history is asked for: of which record, cell, person, time, and with which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from kyoju_tui.records.dates import format_date, parse_date
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.folding import fold
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.snapshot import Snapshot

Span = tuple[datetime | None, datetime | None]
"""From when until when, both included; None is open."""

_CURE: Final = "始まりを終わりより前の日にしてください。"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the history is asked for; everything that is given must hold. Times have their zone.

    `field` (with `ref`) is a field of the model, or a dotted one below it. `category` and `department` are ids: entries
    that stood in this row and this column, before or after the commit. `who` is part of a name or a whole e-mail
    address, `text` part of the first line of the message.
    """

    ref: Ref | None = None
    field: str = ""
    category: str = ""
    department: str = ""
    who: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""

    @property
    def cell(self) -> bool:
        """Whether a row, a column or a cell of the matrix is asked for."""
        return bool(self.category or self.department)

    @property
    def rare(self) -> bool:
        """Whether many commits may have to be looked at for one that fits."""
        return bool(self.who or self.text or self.since or self.until)

    def admits(self, at: datetime, author: str, email: str, subject: str) -> bool:
        """Whether a commit fits as far as its head tells: time, person and words."""
        if (self.since is not None and at < self.since) or (self.until is not None and at > self.until):
            return False
        who = fold(self.who)
        if who and who not in fold(author) and who != fold(email):
            return False
        return fold(self.text) in fold(subject)


def period(since: str, until: str, today: date) -> Span:
    """The time between two days as somebody types them (和暦 too), both included; an empty text is open.

    Errors: `InvalidValue` for what is no day, for a beginning that is still to come, for an end before the beginning.
    """
    first = parse_date(since, today=today).value if since.strip() else None
    last = parse_date(until, today=today).value if until.strip() else None
    if first is not None and first > today:
        raise InvalidValue(f"「{since}」はまだ来ていない日です。", cure="今日までの日付を入れてください。")
    if first is not None and last is not None and last < first:
        raise InvalidValue(
            f"期間の終わり（{format_date(last)}）が、始まり（{format_date(first)}）より前です。", cure=_CURE
        )
    return (None if first is None else begin_of(first)), (None if last is None else end_of(last))


def of_meeting(snapshot: Snapshot, ref: Ref, today: date) -> Span:
    """From the end of the day of the meeting before it in its series to the end of its own day.

    The first of a series begins with the store; one that is still to come ends now. Errors: `InvalidValue` for a
    meeting without a day, `UnknownRef`.
    """
    meeting = snapshot.expect(ref, Meeting)
    if meeting.held_on is None:
        raise InvalidValue(f"「{meeting.title}」には開催日がありません。", cure="会議の記録に開催日を入れてください。")
    kin = (other for other in snapshot.meetings.values() if other.series == meeting.series)
    before = [other.held_on for other in kin if other.held_on is not None and other.held_on < meeting.held_on]
    since = begin_of(max(before) + timedelta(days=1)) if before else None
    return since, (end_of(meeting.held_on) if meeting.held_on <= today else None)


def begin_of(day: date) -> datetime:
    """The first moment of a day in this machine's time zone."""
    return _zoned(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The last moment of a day in this machine's time zone."""
    return _zoned(datetime.combine(day, time.max))


def _zoned(moment: datetime) -> datetime:
    try:
        return moment.astimezone()
    except (OverflowError, ValueError, OSError) as error:
        raise InvalidValue(
            f"{moment.year}年は期間に使えません。", cure="この保管場所を使い始めてからの日付を入れてください。"
        ) from error

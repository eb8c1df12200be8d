"""The list of saves in rows: the day once, then time, person and what; meetings stand between them as lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from rich.cells import cell_len

from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.marks import Marks
from kyoju_tui.ui.safe import one_line
from kyoju_tui.ui.screens.history_words import changes_of, summary_of
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.workspace.past.past import LogEntry

MEETING: Final = "meeting:"
_TIME, _LEAST = 6, 10
_WIDE: Final = 90
# From that width on the day has its day of the week.
_DAY_NARROW, _DAY_WIDE = 17, 20
_WHO_LEAST: Final = 12


def columns(room: int, entries: Sequence[LogEntry]) -> Sequence[Column]:
    """The columns for a width; that of the persons is as wide as their names, up to a quarter."""
    day = _DAY_WIDE if room >= _WIDE else _DAY_NARROW
    names = max((cell_len(one_line(entry.author)) for entry in entries), default=0)
    who = max(_WHO_LEAST, min(names + 2, room // 4))
    return (
        column("day", "日", day), column("time", "時刻", _TIME), column("who", "記録した人", who),
        column("what", "内容", max(_LEAST, room - day - _TIME - who)),
    )  # fmt: skip


def last_meeting(snapshot: Snapshot, today: date) -> tuple[date, Ref] | None:
    """The meeting that was held last."""
    return max(_held(snapshot, today), default=None)


def since(entries: Sequence[LogEntry], day: date) -> int:
    """How many saves came after a day."""
    return sum(day_of(entry) > day for entry in entries)


def rows(
    entries: Sequence[LogEntry],
    snapshot: Snapshot,
    today: date,
    marks: Marks,
    *,
    room: int,
    whole: bool,
    ref: Ref | None,
) -> Iterator[Row]:
    """A row for each save; with `ref` it tells what changed in that record.

    `whole` puts the meetings in between: what stands above one was recorded after it.
    """
    meetings = sorted(_held(snapshot, today), reverse=True) if whole else []
    shown: date | None = None
    for entry in entries:
        day = day_of(entry)
        while meetings and meetings[0][0] >= day:
            yield _meeting(*meetings.pop(0), snapshot, marks, weekday=room >= _WIDE)
            shown = None
        what = entry.subject if ref is None else summary_of(changes_of(entry, ref), snapshot.full_name) or entry.subject
        cells = (
            Marked.of((format_date(day, weekday=room >= _WIDE) if day != shown else "", "")),
            Marked.of((f"{entry.at.astimezone():%H:%M}", marks.calm)),
            Marked.of((entry.author or "（氏名なし）", "")),
            Marked.of((what or "（件名なし）", "")),
        )
        shown = day
        yield Row(entry.commit, cells)


def day_of(entry: LogEntry) -> date:
    """The day as this machine's clock has it."""
    return entry.at.astimezone().date()


def _held(snapshot: Snapshot, today: date) -> list[tuple[date, Ref]]:
    return [(each.held_on, ref) for ref, each in snapshot.meetings.items() if each.held_on and each.held_on <= today]


def _meeting(day: date, ref: Ref, snapshot: Snapshot, marks: Marks, *, weekday: bool) -> Row:
    cells = (
        Marked.of((format_date(day, weekday=weekday), marks.strong)),
        Marked.of(("", "")),
        Marked.of(("会議", marks.strong)),
        Marked.of((snapshot.title(ref), marks.strong)),
    )
    return Row(f"{MEETING}{ref}", cells)

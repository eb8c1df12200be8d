"""会議: the next one first, then what was held, the newest first, each with what is left of it (handbook 1-3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from kyoju_tui.overview.actions import ActionLine, left_of
from kyoju_tui.overview.attending import present_words
from kyoju_tui.overview.meeting_series import following, held, is_held, upcoming
from kyoju_tui.records.base import Record
from kyoju_tui.records.dates import format_date, format_month_day, format_short
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting, Series
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.meeting_acts import MeetingActs
from kyoju_tui.ui.screens.records import RecordsScreen
from kyoju_tui.ui.widgets.matrix_table import Marked
from kyoju_tui.ui.widgets.story import Sentence

_HEADS: Final = (
    ("title", "会議名"),
    ("kind", "種別"),
    ("held_on", "開催日"),
    ("series", "系列"),
    ("attendance", "出席"),
    ("left", "残り"),
    ("minutes", "会議概要"),
)
_ALONE: Final = "@alone"


class MeetingsScreen(MeetingActs, RecordsScreen):
    """The list, and what is left from the last meeting."""

    KIND = "meeting"
    EMPTY = "事前説明、意見交換、連携会議などがここに並びます。\n\nF4 で会議を記録します。意見もその中に書きます。"
    COMMANDS = (
        "open", "edit", "new", "search", "meeting.mode", "meeting.attendance", "meeting.minutes", "meeting.following",
        "remove", "reload", "back",
    )  # fmt: skip
    DETAIL = 8

    def __init__(self, record: str = "") -> None:
        super().__init__(record)
        self._next: Ref | None = None

    # -- the list ------------------------------------------------------------------------------------------------

    def heads(self) -> Sequence[tuple[str, str]]:
        """What the record says, and what is counted from it; the series where there is room."""
        return [head for head in _HEADS if head[0] != "series" or self.room >= 100]

    def cells(self, ref: Ref, record: Record) -> Sequence[str | Marked]:
        """The next meeting and what is overdue stand out."""
        if not isinstance(record, Meeting):
            return [""] * len(self.heads())
        marks = marks_for(self.kyoju.current_theme)
        left = left_of(ref, record, self.today)
        late = any(line.overdue for line in left)
        day = format_short(record.held_on) if record.held_on else "未定"
        coming = f"次回 {day}" if ref == self._next else day
        told: dict[str, str | Marked] = {
            "title": record.title,
            "kind": record.kind or "",
            "held_on": Marked.of((coming, marks.strong if ref == self._next else "")),
            "series": self.snapshot.name("series", record.series) if record.series else "",
            "attendance": present_words(record),
            "left": Marked.of(
                (f"{len(left)}件{'・超過' if late else ''}" if left else "", marks.strong if late else "")
            ),
            "minutes": record.minutes_status or "",
        }
        return [told[key] for key, _ in self.heads()]

    def keys(self) -> Iterable[str]:
        """Those to come, the next one first; then those held, the newest first."""
        coming = upcoming(self.snapshot, self.today)
        self._next = coming[0] if coming and self.snapshot.meetings[coming[0]].held_on else None
        return [*coming, *held(self.snapshot, self.today)]

    # -- the box -------------------------------------------------------------------------------------------------

    def detail(self, ref: Ref, record: Record) -> Iterable[Sentence]:
        """Of a meeting to come what the last one left and its agenda; of one that was held what is left of it."""
        if not isinstance(record, Meeting):
            return
        if is_held(record, self.today):
            yield from self._left(ref, record, "この会議から残っている対応事項")
            yield Sentence(f"次回　{format_date(record.next_on) if record.next_on else '未定'}")
            return
        last = self._last_before(record)
        if last is not None:
            meeting = self.snapshot.meetings[last]
            day = format_month_day(meeting.held_on) if meeting.held_on else ""
            yield from self._left(last, meeting, f"前回（{meeting.title}　{day}）から残っている対応事項")
        yield Sentence("次第" if record.agenda else "次第　まだありません。", "bold")
        for number, line in enumerate(record.agenda, 1):
            yield Sentence(f"{number}　{line}", "", 2)

    def _left(self, ref: Ref, meeting: Meeting, heading: str) -> Iterator[Sentence]:
        left = left_of(ref, meeting, self.today)
        yield Sentence(heading if left else f"{heading}　ありません。", "bold")
        for line in left:
            yield Sentence(self._action(line), marks_for(self.kyoju.current_theme).strong if line.overdue else "", 2)

    def _action(self, line: ActionLine) -> str:
        action = line.action
        due = f"{format_month_day(action.due_on)}まで" if action.due_on else "期日なし"
        late = "（期日を過ぎています）" if line.overdue else ""
        who = self.snapshot.name("department", action.department) if action.department else "担当未定"
        return f"{due}　{who}　{action.text or ''}{late}"

    def _last_before(self, meeting: Meeting) -> Ref | None:
        """The meeting held before this one, of the same series if it has one."""
        meetings = self.snapshot.meetings
        until = meeting.held_on or date.max
        return next(
            (
                ref
                for ref in held(self.snapshot, self.today)
                if (meetings[ref].held_on or date.max) < until and meetings[ref].series == meeting.series
            ),
            None,
        )

    # -- acting --------------------------------------------------------------------------------------------------

    @property
    def meeting_here(self) -> tuple[Ref, Meeting] | None:
        """The meeting under the cursor."""
        here = self.here
        return None if here is None or not isinstance(here[1], Meeting) else (here[0], here[1])

    def action_open(self) -> None:
        """The sheet of the meeting."""
        from kyoju_tui.ui.screens.meeting_sheet import MeetingSheet

        if self.key_here:
            self.kyoju.push_screen(MeetingSheet(self.key_here))

    def action_edit(self) -> None:
        """The form of the whole record."""
        if self.key_here:
            self.edit(self.key_here)

    def action_new(self) -> None:
        """A new meeting: of which series, if there are any; its form then opens with what the series says."""
        if self.snapshot.all(Series):
            self.run_worker(self._new())
        else:
            self.add("meeting")

    async def _new(self) -> None:
        series = candidates(self.snapshot, "series", self.today)
        alone = Candidate(_ALONE, "系列のない会議", "事前説明、打合せなど")
        chosen = await self.kyoju.push_screen_wait(Picker("会議の系列", [*series, alone], (), many=False))
        if chosen:
            of_series = chosen[0] != _ALONE
            self.add("meeting", preset=following(self.snapshot, chosen[0], self.today) if of_series else None)

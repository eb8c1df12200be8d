"""One meeting laid out: what it is, who was there, what was said, what is to be done (handbook 1-3)."""

from __future__ import annotations

from collections.abc import Iterable

from kyoju_tui.overview.actions import left_of
from kyoju_tui.overview.attending import TO_BE_SENT, present_words, to_be_sent
from kyoju_tui.overview.meeting_series import is_awaited, is_held
from kyoju_tui.overview.minutes import when_words
from kyoju_tui.records.base import Part, Record
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Attendance, Meeting
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.meeting_acts import MeetingActs
from kyoju_tui.ui.screens.rewording import may_reword
from kyoju_tui.ui.screens.sheet import SheetScreen
from kyoju_tui.ui.widgets.story import Sentence

_ON_AND_ON = "（続けて書けます。Escで終わり）"


class MeetingSheet(MeetingActs, SheetScreen):
    """The sheet. Opinions and actions are added one after the other, as from a paper afterwards."""

    FIELDS = (
        "title", "held_on", "agenda", "notes", "opinions", "decisions", "actions", "attendance", "kind", "series",
        "starts", "ends", "place", "documents", "next_on", "minutes_status", "note", "disclosure",
    )  # fmt: skip
    TOLD = 4
    COMMANDS = (
        "open", "edit", "new", "meeting.mode", "meeting.attendance", "meeting.minutes", "meeting.following",
        "sheet.cut", "reload", "back",
    )  # fmt: skip

    @property
    def meeting_here(self) -> tuple[Ref, Meeting] | None:
        """The meeting of this sheet."""
        meeting = self.snapshot.get(self.ref)
        return (self.ref, meeting) if isinstance(meeting, Meeting) else None

    def told(self, record: Record) -> Iterable[Sentence]:
        """When and how far it is, what is left, who must be sent the documents, which day comes next."""
        if not isinstance(record, Meeting):
            return
        strong = marks_for(self.kyoju.current_theme).strong
        there = present_words(record)
        status = record.minutes_status or ("まだありません" if is_held(record, self.today) else "")
        said = [when_words(record), f"出席 {there}" if there else "", f"会議概要 {status}" if status else ""]
        yield Sentence("　".join(filter(None, said)) or "開催日は未定です。", "bold")
        left = left_of(self.ref, record, self.today)
        if left:
            late = sum(line.overdue for line in left)
            overdue = f"（うち{late}件は期日を過ぎています）" if late else ""
            yield Sentence(f"残っている対応事項 {len(left)}件{overdue}", strong if late else "")
        missed = [self.snapshot.name("department", each) for each in to_be_sent(record)]
        if missed:
            yield Sentence(f"{TO_BE_SENT}　{'、'.join(missed)}", strong)
        if record.next_on and is_awaited(self.snapshot, self.ref):
            yield Sentence(f"次回は{format_date(record.next_on)}です。Ctrl+N でその会議を作ります。")

    def line_of(self, part: Part) -> tuple[str, str]:
        """A department's attendance is short enough for one line without labels."""
        if isinstance(part, Attendance):
            sent = "資料送付済" if part.sent_documents else ""
            words = "　".join(filter(None, (part.status or "未入力", sent)))
            return self.snapshot.name("department", part.department), words
        return super().line_of(part)

    def action_open(self) -> None:
        """Attendance is filled in all together, whatever line of it the cursor is on."""
        line = self.line_here
        if line is not None and line.field.name == "attendance":
            self.action_attendance()
        else:
            super().action_open()

    def add_to(self, field: str) -> None:
        """Opinions and actions one after the other; the next begins where the last one was about."""
        if field == "attendance":
            self.action_attendance()
        elif field in ("opinions", "actions"):
            self._add_another(field)
        else:
            super().add_to(field)

    def _add_another(self, field: str, about: Part | None = None) -> None:
        names = ("category", "department", "lens") if field == "opinions" else ("department", "due_on")
        preset = {name: value for name in names if about is not None and (value := getattr(about, name)) is not None}
        label = "意見・考え方等" if field == "opinions" else "対応事項"
        self.add_row(
            self.ref,
            field,
            preset,
            title=f"{label}を加える{_ON_AND_ON}",
            done=lambda _saved: self._added(field),
        )

    def _added(self, field: str) -> None:
        here = self.meeting_here
        if here is not None and self.is_current:
            parts = getattr(here[1], field)
            self._add_another(field, parts[-1] if parts else None)

    async def settle(self, before: Record, after: Record) -> Record | None:
        """Ask before an earlier opinion is reworded."""
        return after if await may_reword(self.kyoju, before, after) else None

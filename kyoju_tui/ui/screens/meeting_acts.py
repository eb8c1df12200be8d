"""What can be done with the meeting at hand, wherever it is seen: go on with it, attendance, minutes, the next one."""

from __future__ import annotations

from kyoju_tui.overview.meeting_series import continuing
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.screens.data import DataScreen


class MeetingActs(DataScreen):
    """The acting half of the screens on which a meeting is at hand."""

    @property
    def meeting_here(self) -> tuple[Ref, Meeting] | None:
        """The meeting that the commands are about."""
        raise NotImplementedError

    def action_mode(self) -> None:
        """Agenda left, matrix right, everything written down at once."""
        from kyoju_tui.ui.screens.meeting_mode import MeetingModeScreen

        if self.meeting_here is not None:
            self.kyoju.push_screen(MeetingModeScreen(self.meeting_here[0]))

    def action_attendance(self) -> None:
        """Who was there."""
        from kyoju_tui.ui.screens.attendance import AttendanceScreen

        if self.meeting_here is not None:
            self.kyoju.push_screen(AttendanceScreen(self.meeting_here[0]))

    def action_minutes(self) -> None:
        """Read the minutes, take them a step further, write them to a file."""
        from kyoju_tui.ui.screens.meeting_minutes import MinutesScreen

        if self.meeting_here is not None:
            self.kyoju.push_screen(MinutesScreen(self.meeting_here[0]))

    def action_following(self) -> None:
        """The form of the meeting after this one."""
        if self.meeting_here is not None:
            self.add("meeting", preset=continuing(self.snapshot, self.meeting_here[0], self.today))

"""会議: every meeting, the newest first (handbook 1-3)."""

from __future__ import annotations

from datetime import date

from kyoju_tui.records.base import Record
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.screens.records import RecordsScreen


class MeetingsScreen(RecordsScreen):
    """The list of them."""

    KIND = "meeting"
    EMPTY = "事前説明、意見交換、連携会議などがここに並びます。\n\nF4 で会議を記録します。意見もその中に書きます。"

    def standing(self, ref: Ref, record: Record) -> tuple[object, ...]:
        """The newest first; those without a day last."""
        held = record.held_on if isinstance(record, Meeting) else None
        return (-(held or date.min).toordinal(), ref)

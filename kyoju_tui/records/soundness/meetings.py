"""Rules of meetings: hours, the days around them, who could be there (handbook 1-3)."""

from __future__ import annotations

from collections.abc import Iterator

from kyoju_tui.records.dates import format_time
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.records.problems import Remark
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.soundness.days import DOUBTFUL, existing, in_order
from kyoju_tui.records.soundness.tables import wordless


def meeting(ref: Ref, record: Meeting, snapshot: Snapshot) -> Iterator[Remark]:
    """It ends after it begins, what follows comes after it; departments that spoke existed and said something."""
    if record.starts is not None and record.ends is not None and record.ends < record.starts:
        message = f"終了（{format_time(record.ends)}）が開始（{format_time(record.starts)}）より前になっています。"
        yield Remark(ref, "ends", message, "K601", "どちらかの時刻を直してください。")
    held = ("開催日", record.held_on)
    yield from in_order(ref, "next_on", held, ("次回", record.next_on))
    for index, action in enumerate(record.actions):
        yield from in_order(ref, f"actions.{index}.due_on", held, ("対応事項の期日", action.due_on), DOUBTFUL)
        if action.text is None:
            yield wordless(ref, f"actions.{index}.text", f"対応事項（{index + 1}件目）の内容")
    for index, row in enumerate(record.attendance):
        yield from existing(ref, f"attendance.{index}.department", row.department, record.held_on, snapshot)
    for index, opinion in enumerate(record.opinions):
        yield from existing(ref, f"opinions.{index}.department", opinion.department, record.held_on, snapshot)
        if opinion.text is None:
            yield wordless(ref, f"opinions.{index}.text", f"意見（{index + 1}件目）の文")

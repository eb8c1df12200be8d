"""Opinions of an earlier day are kept as they were said: their words are changed only after asking."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kyoju_tui.overview.meeting_series import is_held
from kyoju_tui.records.base import Record
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.meeting import Meeting
from kyoju_tui.ui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp


def reworded(before: Record | None, after: Record, today: date) -> bool:
    """Whether an opinion of a meeting that was held before today says something else now."""
    if not isinstance(before, Meeting) or not isinstance(after, Meeting) or not is_held(before, today):
        return False
    words = {each.id: each.text for each in before.opinions}
    return any(each.id in words and words[each.id] != each.text for each in after.opinions)


async def may_reword(app: KyojuApp, before: Record | None, after: Record) -> bool:
    """Whether the record may be saved so; where an earlier opinion is reworded, somebody says so."""
    if not isinstance(before, Meeting) or before.held_on is None or not reworded(before, after, app.today()):
        return True
    question = ConfirmScreen(
        f"{format_date(before.held_on, weekday=False)}の会議で出た意見の文を変えますか。",
        "意見はその日の発言として積み重ねるものです。誤記を直すときのほかは、新しい意見として加えます。\n"
        "変える前の文は履歴に残ります。",
        yes="文を変える",
        no="変えずに戻る",
    )
    return bool(await app.push_screen_wait(question))

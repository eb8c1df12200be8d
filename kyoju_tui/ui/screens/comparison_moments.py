"""Choosing the two moments that are compared: a day, a meeting, a compilation, now."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.errors import InvalidValue, KyojuError
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.matrix_moment import NOW, offered
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.workspace.past import moments
from kyoju_tui.workspace.past.moments import Moment, Then

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.base import KyojuScreen
    from kyoju_tui.workspace.workspace import Workspace

PRESENT: Final = Moment(NOW, None)
"""The records as they are; no revision names them."""

# The screen itself tells when it is done: the note must not stand in front of it.
_SOON: Final = 1
_PLACEHOLDER: Final = "例：R8.10.7、令和8年10月7日、10/7"


async def compare_moments(screen: KyojuScreen) -> None:
    """Ask for the two moments, read them beside the screen's own work, show what differs. In a worker."""
    from kyoju_tui.ui.screens.comparison import ComparisonScreen

    first = await _choose(screen, "始まりの時点", now=False)
    if first is None:
        return
    second = await _choose(screen, "終わりの時点", now=True)
    if second is None:
        return
    screen.kyoju.notify("2つの時点の記録を読んでいます。", timeout=_SOON)
    try:
        before, after = await asyncio.to_thread(lambda: _read(screen.workspace, first, second))
    except KyojuError as error:
        screen.kyoju.tell(error)
        return
    if screen.is_current:
        screen.kyoju.push_screen(ComparisonScreen(before, after))


def _read(workspace: Workspace, first: Moment, second: Moment) -> tuple[Then, Then | None]:
    before = moments.at(workspace, first)
    after = None if second is PRESENT else moments.at(workspace, second)
    # People may choose the later one first.
    if after is not None and first.day is not None and second.day is not None and second.day < first.day:
        return after, before
    return before, after


async def _choose(screen: KyojuScreen, title: str, *, now: bool) -> Moment | None:
    """One moment; `now` offers the present too. None where the question was left."""
    choices = {each.value: (each, moment) for each, moment in offered(screen.snapshot, screen.today)}
    shown = [replace(each, name=NOW) if each.value == NOW else each for each, _ in choices.values()]
    shown = [each for each in shown if now or each.value != NOW]
    chosen = await screen.kyoju.push_screen_wait(Picker(title, shown, (), many=False))
    if chosen is None:
        return None
    if chosen[0] == NOW:
        return PRESENT
    return choices[chosen[0]][1] or await ask_day(screen)


async def ask_day(screen: KyojuScreen) -> Moment | None:
    """Ask for a day; None where the question was left."""
    today = screen.today
    text = await screen.kyoju.push_screen_wait(
        AskScreen(
            "いつの時点ですか。",
            "その日の終わりの内容と比べます。",
            placeholder=_PLACEHOLDER,
            check=lambda text: _fault(text, today),
        )
    )
    return None if text is None else moments.on_day(text, today)


def _fault(text: str, today: date) -> str:
    try:
        moments.on_day(text, today)
    except InvalidValue as error:
        return f"{error.message}{error.cure}"
    return ""

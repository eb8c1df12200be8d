"""Answers that came back, to an inquiry or to a questionnaire: shown value by value, and waited for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kyoju_tui.exchange.bringing import Bringing
from kyoju_tui.ui.screens.bringing import BringingScreen

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.workspace.requests import Saved


async def recorded(app: KyojuApp, bringing: Bringing) -> bool:
    """Show what answers change: whether it was recorded, once the screen is gone. In a worker."""
    left: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
    app.push_screen(AnswerScreen(bringing, left))
    return await left


class AnswerScreen(BringingScreen):
    """What answers change; `left` is told, once the screen is gone, whether they were recorded."""

    title_ja = "回答の取り込み"

    def __init__(self, bringing: Bringing, left: asyncio.Future[bool]) -> None:
        super().__init__(bringing, self._recorded)
        self._left = left

    def on_unmount(self) -> None:
        """Left without recording, unless that was told before."""
        self._settle(recorded=False)

    def _recorded(self, _saved: Saved) -> None:
        self._settle(recorded=True)

    def _settle(self, *, recorded: bool) -> None:
        if not self._left.done():
            self._left.set_result(recorded)

"""From a plan over its preview to one commit: what every change of many records has in common on the screens."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.preview import PreviewScreen
from kyoju_tui.workspace.saving.planned import Planned, Present

if TYPE_CHECKING:
    from kyoju_tui.ui.saving import Done


class PlanningScreen(DataScreen):
    """A screen that plans changes of many records."""

    def planned(self, plan: Callable[[Present], Planned]) -> Planned | None:
        """What a plan comes to now; None where it was refused, which is told."""
        try:
            return plan(Present.of(self.workspace))
        except KyojuError as error:
            self.kyoju.tell(error)
            return None

    def carry_out(self, plan: Callable[[Present], Planned], *, done: Done | None = None) -> None:
        """Record a plan at once."""
        planned = self.planned(plan)
        if planned is not None:
            self.kyoju.save(lambda: planned.record(self.workspace), done=done)

    async def preview(self, title: str, plan: Callable[[Present], Planned], *, done: Done | None = None) -> bool:
        """Show what a plan changes, and record exactly that if it is wanted. Whether it was."""
        planned = self.planned(plan)
        if planned is None or not await self.kyoju.push_screen_wait(PreviewScreen(title, planned.told)):
            return False
        self.kyoju.save(lambda: planned.record(self.workspace), done=done)
        return True

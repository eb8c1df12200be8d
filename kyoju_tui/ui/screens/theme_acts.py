"""What is done with one theme, from the list and from its sheet: its status, and the way onto an agenda."""

from __future__ import annotations

from typing import Final

from kyoju_tui.overview.themes import PRACTICE, why_not_yet
from kyoju_tui.records.description import field_map
from kyoju_tui.records.ids import Ref
from kyoju_tui.records.theme import Theme
from kyoju_tui.ui.agenda import put_on_agenda
from kyoju_tui.ui.screens.ask_text import AskTextScreen
from kyoju_tui.ui.screens.choose import ChooseScreen
from kyoju_tui.ui.screens.data import DataScreen

_STATUSES: Final = field_map(Theme)["status"].choices


class ThemeActs(DataScreen):
    """The acting half; the other half tells which theme is meant."""

    @property
    def theme_here(self) -> tuple[Ref, Theme] | None:
        """The theme that is meant, if any."""
        raise NotImplementedError

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only where there is a theme."""
        if action in ("status", "agenda") and self.is_mounted:
            return self.theme_here is not None
        return super().check_action(action, parameters)

    def action_status(self) -> None:
        """Choose another status; practice without its conditions asks for the reason."""
        here = self.theme_here
        if here is not None:
            self.run_worker(self._status(*here))

    async def _status(self, ref: Ref, theme: Theme) -> None:
        answers = [(status, f"{status}（今）" if status == theme.status else status) for status in _STATUSES]
        chosen = await self.kyoju.push_screen_wait(ChooseScreen(f"「{theme.title}」の状況", answers=answers))
        if chosen is None or chosen == theme.status:
            return
        fields: dict[str, object] = {"status": chosen}
        why = why_not_yet(theme) if chosen == PRACTICE else ""
        if why:
            reason = await self.kyoju.push_screen_wait(
                AskTextScreen(
                    "整理を待たずに「実践中」にしますか。",
                    f"{why}\n進めるときは、その理由を書いてください。やめると状況は変わりません。",
                    value=theme.override_reason or "",
                    take="理由を記録して進める",
                )
            )
            if not reason:
                return
            fields["override_reason"] = reason
        self.change(ref, fields)

    def action_agenda(self) -> None:
        """Put the theme on the agenda of a meeting."""
        here = self.theme_here
        if here is not None:
            put_on_agenda(self, [f"テーマ：{here[1].title}"])

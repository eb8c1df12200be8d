"""What is said and asked once, when a store has been opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyoju_tui.records.errors import HostileConfig
from kyoju_tui.ui.consent import ask_consent
from kyoju_tui.ui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp


async def greet(app: KyojuApp) -> None:
    """Faults of the user's settings, consent to the repository's, and drafts that wait."""
    for fault in app.preferences.faults:
        app.notify(fault, severity="warning", timeout=15)
    await app.standing.look()
    if isinstance(app.standing.why_not, HostileConfig):
        await ask_consent(app, app.standing.why_not)
    await _offer_drafts(app)


async def _offer_drafts(app: KyojuApp) -> None:
    """What was typed and not recorded when the program last ended comes back, one after the other."""
    from kyoju_tui.ui.screens.edit_drafts import drafts_waiting, from_draft

    for waiting in reversed(drafts_waiting(app.store_open)):
        question = ConfirmScreen(
            f"記録していない入力が残っています：{waiting.title}",
            "\n".join(waiting.lines),
            yes="続きを開く",
            no="あとで",
        )
        if not await app.push_screen_wait(question):
            return
        await app.push_screen(from_draft(waiting.draft, app.store_open.snapshot))

"""What is said and asked once, when a store has been opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyoju_tui.records.errors import HostileConfig
from kyoju_tui.ui.consent import ask_consent
from kyoju_tui.ui.screens.choose import ChooseScreen

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp

_NAMED = 6


async def greet(app: KyojuApp) -> None:
    """Faults of the user's settings, consent to the repository's, and drafts that wait."""
    for fault in app.preferences.faults:
        app.notify(fault, severity="warning", timeout=15)
    await app.standing.look()
    if isinstance(app.standing.why_not, HostileConfig):
        await ask_consent(app, app.standing.why_not)
    await _offer_drafts(app)


async def _offer_drafts(app: KyojuApp) -> None:
    """What was typed and not recorded when the program last ended: the only one at once, several in their list."""
    from kyoju_tui.ui.screens.edit_drafts import drafts_waiting, offer, typed_here

    waiting = [each for each in drafts_waiting(app.store_open) if not typed_here(app, each.draft)]
    if not waiting:
        return
    if len(waiting) == 1:
        await offer(app, waiting[0].draft)
        return
    titles = [f"・{each.title}" for each in reversed(waiting)]
    more = [f"ほか{len(titles) - _NAMED}件"] if len(titles) > _NAMED else []
    question = ChooseScreen(
        f"記録していない下書きが{len(waiting)}件あります。",
        "\n".join([*titles[:_NAMED], *more]),
        answers=(("see", "一覧を見る"), ("leave", "あとで")),
    )
    if await app.push_screen_wait(question) == "see":
        app.open_screen("drafts")

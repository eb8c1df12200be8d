"""What is said and asked once, when a store has been opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyoju_tui.records.errors import HostileConfig, KyojuError
from kyoju_tui.ui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp


async def greet(app: KyojuApp) -> None:
    """Faults of the user's settings, consent to the repository's, and drafts that wait."""
    for fault in app.preferences.faults:
        app.notify(fault, severity="warning", timeout=15)
    await app.standing.look()
    if isinstance(app.standing.why_not, HostileConfig):
        await _ask_consent(app, app.standing.why_not)
    await _offer_drafts(app)


async def _ask_consent(app: KyojuApp, error: HostileConfig) -> None:
    question = ConfirmScreen(
        "この保管場所の設定に、見慣れない項目があります。許可しますか。",
        f"項目：{'、'.join(error.keys)}\n\n心当たりがなければ「許可しない」を選び、管理者に確かめてください。"
        "許可しなくても、読むことはできます。",
        yes="許可する",
        no="許可しない",
    )
    if await app.push_screen_wait(question):
        try:
            app.store_open.consent()
        except KyojuError as failed:
            app.tell(failed)
        await app.standing.look()


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

"""Asking whether settings of the repository that could run a program are all right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyoju_tui.records.errors import HostileConfig, KyojuError
from kyoju_tui.ui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp


async def ask_consent(app: KyojuApp, error: HostileConfig) -> bool:
    """Ask about the settings that `error` names; True where the user agreed to these very ones."""
    question = ConfirmScreen(
        "この保管場所の設定に、見慣れない項目があります。許可しますか。",
        f"項目：{'、'.join(error.keys)}\n\n心当たりがなければ「許可しない」を選び、管理者に確かめてください。"
        "許可しなくても、読むことはできます。",
        yes="許可する",
        no="許可しない",
    )
    if not await app.push_screen_wait(question):
        return False
    try:
        app.store_open.consent(error)
    except KyojuError as failed:
        app.tell(failed)
        return False
    await app.standing.look()
    return True

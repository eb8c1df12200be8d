"""The acting half of 送受信: the partner's address, and what is decided about a record in conflict."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.disagreement import Sides
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.screens.ask import AskScreen
from kyoju_tui.ui.screens.clash import ClashScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.sync_lines import short_time
from kyoju_tui.workspace.sync.deciding import decide, decided
from kyoju_tui.workspace.sync.syncing import set_remote

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.sync import SyncScreen
    from kyoju_tui.workspace.sync.syncing import Undecided

_EXAMPLES: Final = (
    "例：\n"
    "　/srv/kyoju/store.git　（同じサーバーや共有フォルダー）\n"
    "　ssh://host.city.example.jp/srv/kyoju/store.git　（別のサーバー）\n"
    "　https://git.city.example.jp/kyoju/store.git　（別のサーバー）\n\n"
    "パスワードは書きません。鍵などは管理者が用意します。"
)
_KEPT: Final = "決めたことは保管され、送受信したときに記録になります。"


async def ask_address(screen: SyncScreen, now: str) -> None:
    """Ask for the partner's address and keep it. Nothing is sent or asked there by that."""

    def fault(answer: str) -> str:
        try:
            set_remote(screen.workspace, answer)
        except KyojuError as error:
            return "\n".join(filter(None, (error.message, error.cure)))
        return ""

    question = AskScreen("記録をやり取りする送り先", _EXAMPLES, value=now, check=fault)
    if await screen.kyoju.push_screen_wait(question) is not None:
        screen.kyoju.notify("送り先を決めました。\nF5 でつながるかを確かめ、Ctrl+R で送受信します。", timeout=15)
        await screen.kyoju.standing.count()
        screen.look()


async def ask_to_forget(screen: SyncScreen) -> None:
    """Take the partner away after asking."""
    question = ConfirmScreen(
        "送り先を外しますか。",
        "送受信できなくなります。ここにある記録も、送り先にある記録も、そのまま残ります。",
        yes="外す",
        no="やめる",
    )
    if await screen.kyoju.push_screen_wait(question):
        try:
            await asyncio.to_thread(set_remote, screen.workspace, "")
        except KyojuError as error:
            screen.kyoju.tell(error)
        await screen.kyoju.standing.count()
        screen.look()


async def decide_about(screen: SyncScreen, record: Undecided) -> None:
    """Show the three versions of every place, and keep what is decided at once."""
    if not record.conflicts:
        screen.kyoju.notify("\n".join(filter(None, (record.title, record.why))), timeout=15)
        return
    try:
        before = await asyncio.to_thread(decided, screen.workspace, record)
    except KyojuError as error:
        screen.kyoju.tell(error)
        return
    name, at = record.theirs_by[0] if record.theirs_by else ("", None)
    window = ClashScreen(
        record.title,
        record.conflicts,
        screen.snapshot.name,
        sides=Sides("自分", name or "ほかの人", short_time(at)),
        why=_KEPT,
        later="一覧に戻る",
        taking="決める",
        before=before,
    )
    chosen = await screen.kyoju.push_screen_wait(window)
    if chosen is None:
        return
    try:
        await asyncio.to_thread(decide, screen.workspace, record.ref, chosen)
    except KyojuError as error:
        screen.kyoju.tell(error)
    await screen.kyoju.standing.count()
    screen.look()

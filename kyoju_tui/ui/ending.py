"""How the program ends: because somebody asks, because the line drops, or because a mistake in it surfaces."""

from __future__ import annotations

import asyncio
import signal
import traceback
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_state_path
from textual.worker import WorkerFailed

from kyoju_tui.files.private import write_private
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp


def keep_drafts(app: KyojuApp) -> None:
    """Put whatever is typed and not recorded into drafts. Errors: `SaveFailed`."""
    for screen in app.screen_stack:
        if isinstance(screen, KyojuScreen):
            screen.keep_draft()


async def end_asked(app: KyojuApp) -> None:
    """End, after asking where something typed is not recorded, and once nothing is being saved any more."""
    if any(isinstance(screen, KyojuScreen) and screen.holds_changes for screen in app.screen_stack):
        question = ConfirmScreen(
            "記録していない入力があります。終了しますか。",
            "入力した内容は下書きに残り、次に開いたときに戻せます。",
            yes="終了する",
            no="続ける",
        )
        if not await app.push_screen_wait(question):
            return
        try:
            keep_drafts(app)
        except KyojuError as error:
            app.tell(error)
            return
    await app.saving.finished()
    app.exit()


def end_on_signals(app: KyojuApp) -> None:
    """End on SIGHUP (the line dropped) and SIGTERM without asking: drafts are kept, the workspace is closed."""
    if app.is_headless:
        return
    loop = asyncio.get_running_loop()

    def end(number: int) -> None:
        try:
            keep_drafts(app)
        except KyojuError as error:
            app.exit(return_code=128 + number, message=error.message)
        else:
            app.exit(return_code=128 + number)

    for number in (signal.SIGHUP, signal.SIGTERM):
        loop.add_signal_handler(number, end, number)


def last_words(app: KyojuApp, error: BaseException | None) -> str:
    """What is printed after a mistake of the program, once what was typed is kept and the report is written."""
    try:
        keep_drafts(app)
        kept = "入力中の内容は下書きにあります。"
    except KyojuError as failed:
        kept = failed.message
    where = "" if error is None else type(error).__name__
    if error is not None:
        try:
            where = f"報告用の記録：{crash_report(error, user_state_path('kyoju-tui'))}"
        except OSError:
            where = f"{where}（報告用の記録は書けませんでした）"
    return "\n".join(filter(None, ("思いがけない誤りのため終了しました。", f"記録済みの内容は無事です。{kept}", where)))


def crash_report(error: BaseException, folder: Path) -> Path:
    """Write where a mistake of the program surfaced, without any value of any record, and return the file.

    The text of the error is left out as well: it may quote what was typed. Raises `OSError`.
    """
    if isinstance(error, WorkerFailed):
        # What surfaced in the worker is what went wrong, not that a worker failed.
        error = error.error
    frames = "".join(traceback.format_tb(error.__traceback__))
    path = folder / f"crash-{datetime.now():%Y%m%d-%H%M%S}.txt"
    write_private(path, f"{type(error).__module__}.{type(error).__qualname__}\n{frames}".encode())
    return path

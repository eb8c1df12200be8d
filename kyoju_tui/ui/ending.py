"""How the program ends: because somebody asks, because the line drops, or because a mistake in it surfaces."""

from __future__ import annotations

import asyncio
import signal
import traceback
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from platformdirs import user_state_path
from textual.worker import WorkerFailed

from kyoju_tui.files.private import write_private
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.confirm import ConfirmScreen
from kyoju_tui.ui.screens.dialog import Dialog

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp


def keep_drafts(app: KyojuApp) -> None:
    """Put whatever is typed and not recorded into drafts; what one screen cannot keep keeps no other from it.

    Errors: the first that came up: `SaveFailed`, or in a program that is broken anything.
    """
    failed: list[Exception] = []
    # From the top: a small window passes on what is typed in it to the screen below.
    for screen in reversed(app.screen_stack):
        if isinstance(screen, KyojuScreen | Dialog):
            try:
                cast("KyojuScreen | Dialog[object]", screen).keep_draft()
            except Exception as error:  # noqa: BLE001 - raised below, once the others have had their turn
                failed.append(error)
        if isinstance(screen, KyojuScreen):
            failed += [keeping.failed for keeping in screen.keepings if keeping.failed is not None]
    if failed:
        raise failed[0]


async def end_asked(app: KyojuApp) -> None:
    """End, after asking where something typed is not recorded, and once nothing is being saved or sent any more."""
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
    if await app.sending.may_end():
        await app.saving.finished()
        app.exit()


def end_on_signals(app: KyojuApp) -> None:
    """End on SIGHUP (the line dropped) and SIGTERM without asking: drafts are kept, the workspace is closed."""
    if app.is_headless:
        return
    loop = asyncio.get_running_loop()

    def end(number: int) -> None:
        app.exit(return_code=128 + number, message=_kept(app) or None)

    for number in (signal.SIGHUP, signal.SIGTERM):
        loop.add_signal_handler(number, end, number)


def last_words(app: KyojuApp, error: BaseException | None) -> str:
    """What is printed after a mistake of the program, once what was typed is kept and the report is written."""
    kept = _kept(app) or "入力中の内容は下書きにあります。"
    where = "" if error is None else type(error).__name__
    if error is not None:
        try:
            where = f"報告用の記録：{crash_report(error, user_state_path('kyoju-tui'))}"
        except OSError:
            where = f"{where}（報告用の記録は書けませんでした）"
    return "\n".join(filter(None, ("思いがけない誤りのため終了しました。", f"記録済みの内容は無事です。{kept}", where)))


def _kept(app: KyojuApp) -> str:
    """Keep what was typed, whatever state the program is in; why that did not go well, in words, if it did not."""
    try:
        keep_drafts(app)
    except KyojuError as error:
        return error.message
    except Exception as error:  # noqa: BLE001 - it ends all the same; what can be said is that it went wrong
        return f"入力中の内容は、直前に保存した下書きまでしか残っていません（{type(error).__name__}）。"
    return ""


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

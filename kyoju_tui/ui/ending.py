"""How the program ends when nobody asked it to: the line drops, the system stops it, or a mistake in it surfaces."""

from __future__ import annotations

import asyncio
import signal
import traceback
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kyoju_tui.files.private import write_private

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp


def end_on_signals(app: KyojuApp) -> None:
    """End on SIGHUP (the line dropped) and SIGTERM as Ctrl+Q does, unasked: drafts kept, the workspace closed."""
    if app.is_headless:
        return
    loop = asyncio.get_running_loop()

    def end(number: int) -> None:
        app.keep_drafts()
        app.exit(return_code=128 + number)

    for number in (signal.SIGHUP, signal.SIGTERM):
        loop.add_signal_handler(number, end, number)


def crash_report(error: BaseException, folder: Path) -> Path:
    """Write where a mistake of the program surfaced, without any value of any record, and return the file.

    The text of the error is left out as well: it may quote what was typed. Raises `OSError`.
    """
    frames = "".join(traceback.format_tb(error.__traceback__))
    path = folder / f"crash-{datetime.now():%Y%m%d-%H%M%S}.txt"
    write_private(path, f"{type(error).__module__}.{type(error).__qualname__}\n{frames}".encode())
    return path

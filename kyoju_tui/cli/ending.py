"""How a command ends that somebody stops from outside: as with Ctrl+C, so that nothing is left half done."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType
from typing import Final, NoReturn

STOPPED: Final = (
    "中断しました。記録の途中だったときは、すべて記録されたか、何も記録されていないかのどちらかです"
    "（log で確かめられます）。"
)
"""What is said then: a save that had begun is finished, or was never begun."""


class Ended(BaseException):
    """The program was told to end by a signal; `code` is what it ends with."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.code = 128 + number


@contextmanager
def ended_by_signals() -> Generator[None]:
    """Turn SIGTERM and SIGHUP into `Ended`, the first time: what is open is closed, what was started is ended.

    A signal that whoever started us has set aside (`nohup`) stays so.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    taken = [each for each in (signal.SIGTERM, signal.SIGHUP) if signal.getsignal(each) is signal.SIG_DFL]

    def end(number: int, _frame: FrameType | None) -> NoReturn:
        for each in taken:
            signal.signal(each, signal.SIG_IGN)
        raise Ended(number)

    for each in taken:
        signal.signal(each, end)
    try:
        yield
    finally:
        for each in taken:
            signal.signal(each, signal.SIG_DFL)

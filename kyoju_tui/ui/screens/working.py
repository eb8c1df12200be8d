"""Work that takes a while and writes nothing: what is being done, how far it is, and Esc to call it off at once."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import Generic, TypeVar

from textual.app import ComposeResult

from kyoju_tui.exchange.bringing import Cancelled, Stopped, Told
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.ui.app_of import kyoju
from kyoju_tui.ui.screens.dialog import Dialog, said
from kyoju_tui.ui.widgets.reading import Reading

T = TypeVar("T")


class WorkingScreen(Dialog["T | KyojuError"], Generic[T]):
    """Does `work(told, cancelled)` in a thread and gives its result, or the `KyojuError` that ended it.

    `work` changes nothing: what is written is written after it. So Esc closes the window at once and gives `Stopped`,
    whatever the work is at; it learns of it by `cancelled` and at its next word, and what it comes to is of no use.
    """

    def __init__(self, words: str, work: Callable[[Told, Cancelled], T]) -> None:
        super().__init__()
        self._words = words
        self._work = work
        self._off = Event()

    def compose_dialog(self) -> ComposeResult:
        """What is done, how far, how it is called off."""
        yield said(self._words, "dialog-title")
        yield Reading(id="progress", classes="dialog-detail")
        yield said("Esc：やめる（何も変わりません）")

    def on_mount(self) -> None:
        """Begin."""
        self.run_worker(self._carry_out, thread=True)

    def on_unmount(self) -> None:
        """Whatever closes the window calls the work off."""
        self._off.set()

    def action_close(self) -> None:
        """Call it off."""
        self._off.set()
        self.dismiss(_stopped())

    def _carry_out(self) -> None:
        result: T | KyojuError
        try:
            result = self._work(self._told, self._off.is_set)
        except KyojuError as error:
            result = error
        if not self._off.is_set():
            kyoju(self).call_from_thread(self._end, result)

    def _end(self, result: T | KyojuError) -> None:
        if self.is_attached and not self._off.is_set():
            self.dismiss(result)

    def _told(self, what: str, done: int, of: int) -> None:
        if self._off.is_set():
            raise _stopped()
        far = f"　{done} / {of}" if of else ""
        kyoju(self).call_from_thread(self._show, f"{what}{far}")

    def _show(self, words: str) -> None:
        if self.is_attached and not self._off.is_set():
            self.query_one("#progress", Reading).update(words)


def _stopped() -> Stopped:
    return Stopped("やめました。", cure="何も変えていません。")

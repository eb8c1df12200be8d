"""Sending and receiving as the app sees it: one exchange at a time, beside whatever people go on doing.

It belongs to the app, not to a screen: leaving 送受信 does not end it. Nothing here begins by itself.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from textual.signal import Signal

from kyoju_tui.records.errors import HostileConfig, KyojuError
from kyoju_tui.ui.consent import ask_consent
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.ui.screens.choose import ChooseScreen

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.workspace.sync.syncing import Step, Synced
    from kyoju_tui.workspace.workspace import Workspace

_BEGINNING: Final = "送り先につないでいます"
_STOPPING: Final = "中止しています"

Tell: TypeAlias = "Callable[[Step], None]"
Stopped: TypeAlias = "Callable[[], bool]"
Work: TypeAlias = "Callable[[Workspace, Tell, Stopped], Synced | None]"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the last exchange ended: `synced` what it brought (None where it only looked), or `refused`, why not."""

    synced: Synced | None = None
    refused: KyojuError | None = None


class Sending:
    """The exchanges of one app.

    `words` say what is being done now, "" while nothing is; `outcome` is how the last one ended, None before the
    first. `changed` is published at every step and at the end, on the screen's thread.
    """

    def __init__(self, app: KyojuApp) -> None:
        self._app = app
        self.changed: Signal[None] = Signal(app, "sending")
        self.words = ""
        self.outcome: Outcome | None = None
        self._stop = threading.Event()
        self._ended = asyncio.Event()
        self._ended.set()

    @property
    def running(self) -> bool:
        """Whether an exchange is under way."""
        return not self._ended.is_set()

    @property
    def stopping(self) -> bool:
        """Whether the exchange under way was asked to end."""
        return self.running and self._stop.is_set()

    def exchange(self) -> None:
        """Receive, merge and send, unless an exchange is under way."""
        self._begin(_exchange)

    def look(self) -> None:
        """Ask the remote what waits there, unless an exchange is under way."""
        self._begin(_look)

    def stop(self) -> None:
        """Ask the exchange under way to end: what was received and not merged yet stays unmerged, nothing is lost."""
        if self.running and not self._stop.is_set():
            self._stop.set()
            self._say(_STOPPING)

    async def ended(self) -> None:
        """Wait until nothing is under way."""
        await self._ended.wait()

    async def may_end(self) -> bool:
        """The program is about to end: ask whether an exchange under way is waited for, and wait. False: go on."""
        if not self.running:
            return True
        question = ChooseScreen(
            "送受信の途中です。どうしますか。",
            "待つと、終わりしだい終了します。中止しても、記録はすべてここに残り、次に送受信できます。",
            answers=(("wait", "待って終了"), ("stop", "中止して終了"), ("stay", "続ける")),
        )
        answer = await self._app.push_screen_wait(question)
        if answer == "stop":
            self.stop()
        elif answer != "wait":
            return False
        if self.running:
            self._app.notify("送受信が終わりしだい、終了します。", timeout=15)
        await self.ended()
        return True

    def _begin(self, work: Work) -> None:
        if not self.running:
            self._stop = threading.Event()
            self._ended.clear()
            self._app.run_worker(self._run(work, self._stop), group="sending")

    async def _run(self, work: Work, stop: threading.Event) -> None:
        self._say(_BEGINNING)
        try:
            self.outcome = Outcome(await self._worked(work, stop))
        except KyojuError as error:
            self.outcome = Outcome(refused=error)
        finally:
            # Where the app ends under it, the thread hears of it by this.
            stop.set()
            self.words = ""
            self._ended.set()
        await self._app.standing.count()
        self.changed.publish(None)
        self._tell()

    def _tell(self) -> None:
        """Where people went on elsewhere, a note says how it ended."""
        from kyoju_tui.ui.screens.sync_words import synced_words

        here, outcome = self._app.screen, self.outcome
        if outcome is None or (isinstance(here, KyojuScreen) and here.place == "sync"):
            return
        if outcome.refused is not None:
            self._app.tell(outcome.refused)
        elif outcome.synced is not None:
            self._app.notify(f"送受信が終わりました（{synced_words(outcome.synced)}）。", timeout=15)

    async def _worked(self, work: Work, stop: threading.Event) -> Synced | None:
        """Do the work in a thread of its own; settings of the repository that are not allowed yet are asked about."""
        loop, workspace = asyncio.get_running_loop(), self._app.store_open

        def told(step: Step) -> None:
            loop.call_soon_threadsafe(self._step, step.words, stop)

        await self._app.saving.require_author()
        try:
            return await asyncio.to_thread(work, workspace, told, stop.is_set)
        except HostileConfig as error:
            if not await ask_consent(self._app, error):
                raise
            return await asyncio.to_thread(work, workspace, told, stop.is_set)

    def _step(self, words: str, stop: threading.Event) -> None:
        if self.running and not stop.is_set():
            self._say(words)

    def _say(self, words: str) -> None:
        self.words = words
        self._app.standing.show()
        self.changed.publish(None)


def _exchange(workspace: Workspace, told: Tell, stopped: Stopped) -> Synced:
    from kyoju_tui.workspace.sync.syncing import sync

    return sync(workspace, told=told, cancelled=stopped)


def _look(workspace: Workspace, told: Tell, stopped: Stopped) -> None:  # noqa: ARG001 - one step only
    from kyoju_tui.workspace.sync.syncing import look

    look(workspace, cancelled=stopped)

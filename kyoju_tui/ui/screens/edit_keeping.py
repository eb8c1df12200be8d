"""The draft of one open form: kept while a person types, forgotten once it is recorded or left.

While somebody types, drafts are written in a thread of their own: no key waits for a disk. A draft that is asked for at
once (the program is about to end, a save is about to begin) is on the disk before `keep` returns.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from itertools import count
from threading import Lock
from typing import TYPE_CHECKING, Final

from textual.timer import Timer

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.workspace.drafts.kept import Draft, Drafts

if TYPE_CHECKING:
    from kyoju_tui.ui.screens.base import KyojuScreen

# How long something typed may wait, in seconds. With the look at it and the writing, a dropped line costs a second.
DRAFT_AFTER: Final = 0.4
# How soon it is looked whether the writing went well.
_LOOK_AFTER: Final = 0.2

_WRITER: Final = ThreadPoolExecutor(1, thread_name_prefix="kyoju-drafts")
_NUMBERS: Final = count(1)


class Keeping:
    """Keeps what is typed into one form over a `screen`. `begun` tells whether there is a draft of it now."""

    def __init__(self, screen: KyojuScreen, draft: Draft | None = None) -> None:
        """With a `draft` the form goes on from it, and takes its place once something of its own is kept."""
        self.screen = screen
        self._slot = f"f{next(_NUMBERS)}"
        self._timer: Timer | None = None
        self._again: Callable[[], None] | None = None
        self._due = False
        self._taken = draft
        self._last: Draft | None = None
        self._lock = Lock()
        self._waiting: tuple[Drafts, Draft] | None = None
        self._writing: Future[None] | None = None
        self._told = ""
        self.failed: KyojuError | None = None
        screen.keepings.append(self)

    @property
    def begun(self) -> bool:
        """Whether there is a draft of what is in the form."""
        return self._taken is not None or self._last is not None

    def is_of(self, draft: Draft) -> bool:
        """Whether this draft is the one that is typed here."""
        if self._taken is not None and self._taken.file == draft.file:
            return True
        return draft.file.endswith(f"-{self._slot}.draft.toml") and draft.by is not None and not draft.held

    def soon(self, keep: Callable[[], None]) -> None:
        """Call `keep` shortly, once however often this is asked for."""
        self._again = keep
        if self._timer is None:
            self._timer = self.screen.set_timer(DRAFT_AFTER, self._now_due)

    def now(self) -> None:
        """Keep at once whatever was ever asked to be kept."""
        if self._again is not None:
            self._again()

    def stop(self) -> None:
        """Nothing more is to be kept, or it is done now."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

    def keep(self, draft: Draft) -> None:
        """Write the draft, in place of the one before. Errors: `SaveFailed`, of this one or of the one before.

        The error stands in `failed` too until a draft is written: callers tell of it, and go on.
        """
        try:
            self._keep(draft)
        except KyojuError as error:
            self.failed = error
            raise

    def _keep(self, draft: Draft) -> None:
        self._last = replace(draft, slot=self._slot)
        drafts = self.screen.workspace.drafts
        if self._due:
            failed = self._complaint()
            with self._lock:
                self._waiting = (drafts, self._last)
            if self._writing is None or self._writing.done():
                self._submit()
            if failed is not None:
                raise failed
        else:
            self._rest()
            drafts.save(self._last)
            self.failed = None
            self._put_away(drafts)

    def attempt(self, draft: Draft) -> None:
        """Write the draft, telling on the screen what keeps it from being written."""
        try:
            self.keep(draft)
        except KyojuError as error:
            self.screen.kyoju.tell(error)

    def forget(self) -> None:
        """There is nothing to keep any more."""
        self._again = None
        self.stop()
        if not self.begun:
            return
        self._rest()
        drafts = self.screen.workspace.drafts
        if self._last is not None:
            drafts.discard(self._last.ref, self._slot)
            # What a save that failed has set aside of it.
            drafts.discard(self._last.ref)
        self._put_away(drafts)
        self._last = None

    def close(self) -> None:
        """The form is gone, and there is nothing to keep."""
        self.forget()
        self.release()

    def release(self) -> None:
        """The form is gone; what was kept waits like any other draft."""
        self._again = None
        self.stop()
        if self in self.screen.keepings:
            self.screen.keepings.remove(self)

    def _now_due(self) -> None:
        self._timer, self._due = None, True
        try:
            if self._again is not None:
                self._again()
        finally:
            self._due = False

    # -- in the writer's thread ----------------------------------------------------------------------------------

    def _write(self) -> None:
        """Write the newest draft; what was typed meanwhile follows, and what lies between is never written."""
        while True:
            with self._lock:
                waiting, self._waiting = self._waiting, None
            if waiting is None:
                return
            drafts, draft = waiting
            drafts.save(draft)
            self._put_away(drafts)

    def _put_away(self, drafts: Drafts) -> None:
        """The draft that the form went on from is in what was kept since."""
        taken, self._taken = self._taken, None
        if taken is not None:
            drafts.discard_file(taken)

    # -- how it went ---------------------------------------------------------------------------------------------

    def _rest(self) -> None:
        """Let the thread come to an end; what still waited is not written."""
        with self._lock:
            self._waiting = None
        if self._writing is not None:
            self._writing.exception()
            self._writing = None

    def _look(self) -> None:
        if self._writing is None:
            return
        if not self._writing.done():
            self.screen.set_timer(_LOOK_AFTER, self._look)
        elif self._writing.exception() is None:
            self._told, self.failed = "", None
            # Something may have come in just as the thread ended.
            if self._waiting is not None:
                self._submit()
        elif self._again is not None:
            self.soon(self._again)

    def _complaint(self) -> BaseException | None:
        """What went wrong in the thread, once for as long as it goes on; it is tried again all the while."""
        failed = None if self._writing is None or not self._writing.done() else self._writing.exception()
        if isinstance(failed, KyojuError):
            told, self._told = self._told, failed.message
            return None if told == failed.message else failed
        return failed

    def _submit(self) -> None:
        self._writing = _WRITER.submit(self._write)
        self.screen.set_timer(_LOOK_AFTER, self._look)

"""Presence on the screens: tells which records are open here, and the screens who else has them open."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from textual.message import Message

from kyoju_tui.records.ids import Ref
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.presence_words import at_work, sentence
from kyoju_tui.workspace.presence.open_records import Presence, Present, name_in

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.workspace.workspace import Workspace


class CompanyChanged(Message):
    """Somebody else opened or closed a record."""


class Company:
    """Who else is there. Nothing here waits for the disk."""

    def __init__(self, app: KyojuApp) -> None:
        self._app = app
        self._presence: Presence | None = None
        self._open: list[Ref] = []
        self._me = ""

    def begin(self, workspace: Workspace) -> None:
        """Tell and learn from now on; what is open already is told first."""
        self.end()
        self._presence = Presence.of(workspace, lambda: self._changed(workspace))
        for ref in self._open:
            self._presence.open(ref)

    def end(self) -> None:
        """The program ends, or another store is opened: nothing is open here any more."""
        if self._presence is not None:
            self._presence.stop()
            self._presence = None

    def enter(self, ref: Ref) -> None:
        """A form or a sheet of this record is open here."""
        self._open.append(ref)
        if self._presence is not None:
            self._presence.open(ref)

    def leave(self, ref: Ref) -> None:
        """It is closed."""
        if ref in self._open:
            self._open.remove(ref)
            if self._presence is not None:
                self._presence.close(ref)

    @contextmanager
    def within(self, ref: Ref) -> Generator[None]:
        """While a small window is open on this record."""
        self.enter(ref)
        try:
            yield
        finally:
            self.leave(ref)

    def others(self, refs: Iterable[Ref]) -> tuple[Present, ...]:
        """Who else has one of these open."""
        if self._presence is None or not (others := self._presence.others()):
            return ()
        wanted = frozenset(refs)
        return tuple(each for each in others if each.ref in wanted)

    def words(self, *refs: Ref) -> str:
        """Who else has one of these open, in a sentence; empty where nobody has. Nobody is named on a projector."""
        found = self.others(refs)
        if not found:
            return ""
        return sentence(found, self._me, datetime.now().astimezone(), names=not self.projecting)

    def at_work(self, refs: Iterable[Ref], snapshot: Snapshot) -> tuple[str, ...]:
        """Who else has which of these open, a sentence for each."""
        found = self.others(refs)
        now, names = datetime.now().astimezone(), not self.projecting
        return tuple(
            at_work((each for each in found if each.ref == ref), snapshot.title(ref), self._me, now, names=names)
            for ref in dict.fromkeys(each.ref for each in found)
        )

    def show(self) -> None:
        """Every screen that is open may tell of it."""
        from kyoju_tui.ui.screens.base import KyojuScreen

        for screen in self._app.screen_stack:
            if isinstance(screen, KyojuScreen) and screen.is_mounted:
                screen.company_changed()

    @property
    def projecting(self) -> bool:
        """Whether the room looks on: a form opened over a screen in 投影用表示 names nobody either."""
        from kyoju_tui.ui.screens.base import KyojuScreen

        return any(isinstance(screen, KyojuScreen) and screen.projector for screen in self._app.screen_stack)

    @property
    def me(self) -> str:
        """The name of this session, once it is known."""
        return self._me

    def _changed(self, workspace: Workspace) -> None:
        """In the thread of presence, where asking git for a name may take its time."""
        self._me = name_in(workspace)
        self._app.post_message(CompanyChanged())

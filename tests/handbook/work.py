"""A member of staff at the keyboard: the app on a store, and what can be said about it from outside."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textual import events
from textual.pilot import Pilot

from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.ui.app import KyojuApp
from kyoju_tui.ui.forms.record_form import RecordForm
from kyoju_tui.ui.screens.base import KyojuScreen
from kyoju_tui.workspace.workspace import Workspace
from tests.ui.at_work import at_rest, opened, until, until_shown
from tests.ui.screen_text import screen_text

TODAY = date(2026, 11, 23)
AUTHOR = "地域協働課 担当 <kyodo@city.example.jp>"


@dataclass(frozen=True)
class Work:
    """One session of work."""

    app: KyojuApp
    pilot: Pilot[None]
    workspace: Workspace
    store: Path

    @property
    def snapshot(self) -> Snapshot:
        """The records as they are now."""
        return self.workspace.snapshot

    @property
    def shown(self) -> str:
        """What the screen shows."""
        return screen_text(self.app)

    async def open(self, name: str, **context: object) -> KyojuScreen:
        """Go to a screen of the register."""
        return await opened(self.pilot, self.app, name, **context)

    async def press(self, *keys: str) -> None:
        """Press keys, and let the app come to rest after the last."""
        await self.pilot.press(*keys)
        await at_rest(self.pilot)

    async def type(self, text: str) -> None:
        """Type a text at once, as an IME hands it over."""
        for character in text:
            # Textual's own way to press keys loses 。 and 、.
            name = character if character.isalnum() else unicodedata.name(character).lower().replace(" ", "_")
            self.app.post_message(events.Key(name, character))
        await self.pilot.pause()

    async def field(self, name: str) -> None:
        """Go to a field of the form in sight, as so many Tabs would."""
        form = self.app.screen.query_one(RecordForm)
        await form.begin_in(name)
        await self.pilot.pause()

    async def sees(self, text: str) -> None:
        """Wait until the screen shows a text."""
        await until_shown(self.pilot, text)

    async def saved(self, *keys: str) -> None:
        """Press keys that record something (Ctrl+S where none are named), and wait until the commit is there."""
        before = self.commits()
        await self.pilot.press(*(keys or ("ctrl+s",)))
        await until(self.pilot, lambda: self.app.saving.under_way == 0 and self.commits() > before)
        await at_rest(self.pilot)

    def commits(self) -> int:
        """How many commits there are."""
        return int(self.git("rev-list", "--count", "HEAD"))

    def subject(self) -> str:
        """The newest commit's first line."""
        return self.git("log", "-1", "--format=%s").strip()

    def git(self, *arguments: str) -> str:
        """What git says of the store."""
        done = subprocess.run(["git", "-C", str(self.store), *arguments], check=True, capture_output=True)
        return done.stdout.decode()

    def clean(self) -> bool:
        """Whether everything is recorded, and git finds nothing wrong."""
        return not self.git("status", "--porcelain").strip() and "error" not in self.git("fsck", "--strict")


@asynccontextmanager
async def at_work(store: Path, start: Path, size: tuple[int, int] = (120, 40)) -> AsyncGenerator[Work]:
    """The app on a store, for one session."""
    workspace = Workspace.open(store, author=AUTHOR, environ={})
    app = KyojuApp(workspace, start=start, today=lambda: TODAY, environ={"TERM": "xterm-256color"})
    try:
        async with app.run_test(size=size, notifications=True) as pilot:
            await at_rest(pilot)
            yield Work(app, pilot, workspace, store)
    finally:
        workspace.close()

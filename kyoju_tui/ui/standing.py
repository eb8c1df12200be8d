"""How the open store stands: whose it is, who saves, what is not sent or read, why nothing can be saved."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.store import Store
from kyoju_tui.ui.safe import one_line

if TYPE_CHECKING:
    from textual.timer import Timer

    from kyoju_tui.ui.app import KyojuApp
    from kyoju_tui.workspace.sync import syncing
    from kyoju_tui.workspace.workspace import Workspace

_READ_ONLY = "読み取り専用："
_ALL_SENT: Final = "送信待ち 0"
_SEP: Final = "　"
# A colleague's file is seen a moment before the commit that holds it.
_SETTLED: Final = 0.5


class Standing:
    """Writes the status line's left half and the right one's standing reason; `why_not` is None while all is well."""

    def __init__(self, app: KyojuApp) -> None:
        self._app = app
        self._who = ""
        self._exchange: syncing.Standing | None = None
        self._soon: Timer | None = None
        self.why_not: KyojuError | None = None
        # The end of the left half that is never cut: what waits, what cannot be read.
        self.news = ""

    def show(self) -> None:
        """Write what is known."""
        workspace = self._app.store_open
        store = workspace.snapshot.get("store")
        broken = len(workspace.snapshot.broken)
        waiting = "送受信中" if self._app.sending.running else waiting_words(self._exchange)
        unread = f"読めない記録{broken}件" if broken else ""
        parts = [
            one_line(store.municipality if isinstance(store, Store) else workspace.root.name),
            one_line(self._who),
            format_date(self._app.today()),
            waiting,
            unread,
        ]
        self.news = _SEP.join(filter(None, ("" if waiting == _ALL_SENT else waiting, unread)))
        self._app.store_line = _SEP.join(filter(None, parts))
        if self.why_not is not None and not self._app.save_line[0]:
            self._app.save_line = (f"{_READ_ONLY}{self.why_not.message}", True)

    async def look(self) -> None:
        """Learn who saves and whether anything can be saved, beside the screen's own work: git is asked."""
        workspace = self._app.store_open
        self.why_not = await asyncio.to_thread(lambda: workspace.read_only)
        try:
            author = await asyncio.to_thread(workspace.author)
            self._who = "" if author is None else author.name
        except KyojuError as error:
            self._who = ""
            self._app.tell(error)
        if self.why_not is None and self._app.save_line[0].startswith(_READ_ONLY):
            self._app.save_line = ("", False)
        await self.count()

    def records_changed(self) -> None:
        """Write what is known, and count again once what was seen is recorded."""
        self.show()
        if self._soon is not None:
            self._soon.stop()
        self._soon = self._app.set_timer(_SETTLED, self.recount)

    def recount(self) -> None:
        """Count what waits to be sent and received, beside the screen's own work."""
        self._app.run_worker(self.count(), exclusive=True, group="standing")

    async def count(self) -> None:
        """Count what waits to be sent and received, from what is known here: no network is asked."""
        self._exchange = await asyncio.to_thread(_exchange, self._app.store_open)
        self.show()


def waiting_words(standing: syncing.Standing | None) -> str:
    """What waits to be decided, or else sent and received; nothing where there is nobody to exchange with."""
    if standing is None or not standing.remote:
        return ""
    if standing.undecided:
        return f"食い違い {standing.undecided}"
    counted = (("送信待ち", standing.to_send), ("受信待ち", standing.to_receive))
    return "・".join(f"{word} {number}" for word, number in counted if number) or _ALL_SENT


def _exchange(workspace: Workspace) -> syncing.Standing | None:
    """How the store stands to its remote; None where it has no repository to ask, of which `why_not` tells."""
    from kyoju_tui.workspace.sync.syncing import standing

    try:
        return standing(workspace)
    except KyojuError:
        return None

"""How the open store stands: whose it is, who saves, what cannot be read, why nothing can be saved."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.store import Store
from kyoju_tui.ui.safe import one_line

if TYPE_CHECKING:
    from kyoju_tui.ui.app import KyojuApp

_READ_ONLY = "読み取り専用："


class Standing:
    """Writes the status line's left half and the right one's standing reason; `why_not` is None while all is well."""

    def __init__(self, app: KyojuApp) -> None:
        self._app = app
        self._who = ""
        self.why_not: KyojuError | None = None

    def show(self) -> None:
        """Write what is known."""
        workspace = self._app.store_open
        store = workspace.snapshot.get("store")
        broken = len(workspace.snapshot.broken)
        parts = [
            one_line(store.municipality if isinstance(store, Store) else workspace.root.name),
            one_line(self._who),
            format_date(self._app.today()),
            f"読めない記録{broken}件" if broken else "",
        ]
        self._app.store_line = "　".join(filter(None, parts))
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
        self.show()

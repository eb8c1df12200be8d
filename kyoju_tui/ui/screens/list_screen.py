"""A list that is searched while typing: what all list screens have in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widget import Widget
from textual.widgets import Input

from kyoju_tui.records.folding import SearchText
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.wide_table import WideTable

# A table of more rows keeps the keys waiting; the search narrows it.
MOST = 500
_NOT_FOUND = "見つかりません。ことばを短くするか、よみ・ローマ字で探してください。Esc で検索を消します。"


class SearchLine(LineInput):
    """The line that narrows the list. Down and Enter go to the list."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("down,enter", "screen.leave_search", show=False)]

    def __init__(self) -> None:
        super().__init__(placeholder="検索（ことば・よみ・ローマ字）", id="search")


class ListScreen(DataScreen):
    """A search line over a table. Subclasses say which keys there are, how each is found and shown.

    `EMPTY` says what belongs here and how to begin, where there is nothing yet.
    """

    EMPTY: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self._query = ""
        self._shown = 0
        self._found = 0
        self._columns: Sequence[Column] = ()

    def columns(self) -> Sequence[Column]:
        """The columns for the present width."""
        raise NotImplementedError

    def keys(self) -> Iterable[str]:
        """What could be listed, in order, the search apart."""
        raise NotImplementedError

    def row(self, key: str) -> Row:
        """How one is shown, in the columns of `shape`."""
        raise NotImplementedError

    def search_text(self, key: str) -> SearchText:
        """How one is found."""
        raise NotImplementedError

    @property
    def empty_text(self) -> str:
        """What belongs here and how to begin, where there is nothing yet."""
        return self.EMPTY

    def nothing_yet(self) -> bool:
        """Whether there is nothing at all, whatever is searched for or limited to."""
        return not any(True for _ in self.keys())

    def limit_words(self) -> str:
        """What the list is limited to, for the title line."""
        return ""

    def compose_body(self) -> Iterable[Widget]:
        """The search line and the list."""
        yield SearchLine()
        yield EmptyNote(self.empty_text)
        yield WideTable(id="list")

    def on_mount(self) -> None:
        """Show the list."""
        self.show()

    @property
    def table(self) -> WideTable:
        """The list."""
        return self.query_one(WideTable)

    @property
    def key_here(self) -> str:
        """The key under the cursor; the empty string where there is none."""
        return self.table.row_key

    @property
    def shape(self) -> Sequence[Column]:
        """The columns as they are shown."""
        return self._columns

    @property
    def room(self) -> int:
        """How many cells wide the list is, its scroll bar apart."""
        return self.table.room

    def show(self) -> None:
        """Show what is found, touching only what differs."""
        keys = list(self.keys())
        found = [key for key in keys if self.search_text(key).matches(self._query)] if self._query.strip() else keys
        self._found, self._shown = len(found), min(len(found), MOST)
        self._columns = self.columns()
        self.table.set_rows(self._columns, [self.row(key) for key in found[:MOST]])
        self.table.show_header = bool(found)
        note = self.query_one(EmptyNote)
        note.display = not found
        note.say(self.empty_text if self.nothing_yet() else _NOT_FOUND)
        self.show_title()

    @property
    def title_detail(self) -> str:
        """How many there are, and what the list is limited to."""
        more = f"（はじめの{self._shown}件を表示。検索で絞り込めます）" if self._found > self._shown else ""
        return "　".join(filter(None, (f"{self._found}件{more}", self.limit_words())))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while typing."""
        event.stop()
        self._search(event.value)

    def _search(self, query: str) -> None:
        if query != self._query:
            self._query = query
            self.show()

    def action_open(self) -> None:
        """Open what is under the cursor."""
        if self.key_here:
            self.edit(self.key_here)

    def action_edit(self) -> None:
        """The same as to open."""
        self.action_open()

    def action_search(self) -> None:
        """Go to the search line."""
        self.query_one(SearchLine).focus()

    def action_leave_search(self) -> None:
        """Go on in the list."""
        self.table.focus()

    def action_back(self) -> None:
        """Leave the search first, then the screen."""
        line = self.query_one(SearchLine)
        if line.has_focus or line.value:
            line.value = ""
            # Not only when the line tells of it: the list and the way back to it are one paint.
            self._search("")
            self.table.focus()
        else:
            super().action_back()

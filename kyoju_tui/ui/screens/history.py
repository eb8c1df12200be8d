"""履歴: who recorded what and when, in words; the newest first, more of it read as somebody goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from textual.containers import Container
from textual.timer import Timer
from textual.widget import Widget

from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.history_acts import HistoryActs
from kyoju_tui.ui.screens.history_limits import Limits
from kyoju_tui.ui.screens.history_news import HistoryNews
from kyoju_tui.ui.screens.history_pages import Pages
from kyoju_tui.ui.screens.history_rows import MEETING, columns, last_meeting, rows, since
from kyoju_tui.ui.screens.history_words import told
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.reading import Reading
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.past.past import LogEntry
from kyoju_tui.workspace.past.wanted import Wanted

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

BESIDE: Final = 130
"""Columns from which the fields stand at the right of the list."""

# How long the cursor rests before a save is told, in seconds: running over the list draws only the cursor.
_GLANCE: Final = 0.045
# The next page is read once so few lines are left below the cursor.
_AHEAD: Final = 15
_NOTHING: Final = "まだ何も記録されていません。\n\n記録すると、だれが・いつ・何を変えたかが、ここに並びます。"
_NONE_FOUND: Final = "この条件に合う記録はありません。\n\nEsc で{way}。"
_READING: Final = "履歴を読んでいます。"


class HistoryScreen(HistoryActs):
    """The saves, and the fields of the one under the cursor before and after."""

    title_ja = "履歴"
    COMMANDS = (
        "open", "search", "history.limit", "history.compare", "history.deleted", "history.take-back", "history.redo",
        "reload", "back",
    )  # fmt: skip
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    HistoryScreen #limits { height: auto; padding: 0 1; color: $foreground; text-style: bold; }
    HistoryScreen #area { layout: vertical; height: 1fr; }
    HistoryScreen WideTable { height: 1fr; }
    HistoryScreen Story { height: 1fr; }
    HistoryScreen #area.beside { layout: horizontal; }
    HistoryScreen #area.beside WideTable { width: 3fr; }
    HistoryScreen #area.beside Story { width: 2fr; height: 1fr; }
    """

    def __init__(self, wanted: Wanted | None = None) -> None:
        """`wanted` limits the history from the start: to a record, a cell."""
        super().__init__()
        self.limits = Limits(wanted or Wanted())
        self.begun_with = self.limits
        self._pages = Pages(self.limits.wanted)
        self._read_once = False
        self._reading = False
        self._fault = ""
        self._glance: Timer | None = None
        self._news = HistoryNews(self, self.read_anew)

    # -- what is on the screen -----------------------------------------------------------------------------------

    def compose_body(self) -> Iterable[Widget]:
        """The limits, the list, the fields."""
        yield Reading(id="limits")
        yield EmptyNote(_READING)
        with Container(id="area"):
            yield WideTable(id="saves")
            yield Story()

    def on_mount(self) -> None:
        """Read the first page."""
        self.kyoju.theme_changed_signal.subscribe(self, lambda _theme: self.show())
        self.show()
        self.read_anew()

    def on_resize(self) -> None:
        """Put the fields where there is room."""
        self.query_one("#area").set_class(self.size.width >= BESIDE, "beside")

    @property
    def title_detail(self) -> str:
        """What was recorded since the last meeting; with limits how much was found."""
        if not self._read_once:
            return ""
        count, more = len(self._pages.entries), "以上" if self._pages.next is not None else ""
        last = last_meeting(self.snapshot, self.today)
        if self.limits.any or last is None:
            return f"{count}件{more}"
        day, ref = last
        new = since(self._pages.entries, day)
        over = "以上" if more and new == count else ""
        return f"前回の会議（{self.snapshot.title(ref)}）のあと　{new}件{over}"

    @property
    def entry_here(self) -> LogEntry | None:
        """The save under the cursor."""
        return self._pages.by_commit.get(self.query_one(WideTable).row_key)

    @property
    def meeting_here(self) -> Ref | None:
        """The meeting whose line the cursor is on."""
        key = self.query_one(WideTable).row_key
        return Ref(key.removeprefix(MEETING)) if key.startswith(MEETING) else None

    @property
    def people(self) -> dict[str, str]:
        """Who recorded, as far as was read: names by mail address."""
        return dict(self._pages.people())

    def show(self) -> None:
        """Show what was read, touching only what differs."""
        table, entries = self.query_one(WideTable), self._pages.entries
        wanted, marks = self.limits.wanted, marks_for(self.kyoju.current_theme)
        whole = not self.limits.any
        table.set_rows(
            columns(table.room, entries),
            rows(entries, self.snapshot, self.today, marks, room=table.room, whole=whole, ref=wanted.ref),
        )
        self.query_one("#area").display = bool(entries)
        note = self.query_one(EmptyNote)
        note.display = not entries
        way = "条件を外します" if self.limits != self.begun_with else "前の画面に戻ります"
        none = _NONE_FOUND.format(way=way) if self.limits.any else _NOTHING
        note.say(self._fault or (none if self._read_once else _READING))
        said = self.limits.words(self.snapshot)
        line = self.query_one("#limits", Reading)
        line.display = bool(said)
        line.update(f"絞り込み：{said}　（Esc で{way}）")
        self.show_title()
        self.explain()

    def cursor_moved(self) -> None:
        """Tell of the save once the cursor rests; read on where the end is near."""
        if self._glance is not None:
            self._glance.stop()
        self._glance = self.set_timer(_GLANCE, self.explain)
        table = self.query_one(WideTable)
        if table.row_count - table.cursor_row <= _AHEAD:
            self._read_on()

    def explain(self) -> None:
        """Tell of the save under the cursor."""
        entry, meeting, marks = self.entry_here, self.meeting_here, marks_for(self.kyoju.current_theme)
        story = self.query_one(Story)
        if entry is not None:
            story.show(told(entry, self.snapshot, marks))
        elif meeting is not None and meeting in self.snapshot:
            story.show(
                (
                    Sentence(self.snapshot.title(meeting), "bold"),
                    Sentence("ここより上は、この会議のあとの記録です。Enter で会議の記録を開きます。"),
                )
            )
        else:
            story.show(())
        self.refresh_bindings()

    # -- reading -------------------------------------------------------------------------------------------------

    def read_anew(self) -> None:
        """Read from the newest on, with the limits as they are now."""
        if self._pages.wanted != self.limits.wanted:
            self._pages, self._read_once = Pages(self.limits.wanted), False
            self.show()
        pages = self._pages
        self._reading = True
        self.run_worker(lambda: self._renew(pages), thread=True, exclusive=True, group="history")

    def _read_on(self) -> None:
        if self._pages.next and not self._reading:
            pages = self._pages
            self._reading = True
            self.run_worker(lambda: self._more(pages), thread=True, exclusive=True, group="history")

    def _renew(self, pages: Pages) -> None:
        self._bring(pages, lambda: pages.renewed(self.workspace.past, self.workspace.snapshot.full_name))

    def _more(self, pages: Pages) -> None:
        self._bring(pages, lambda: pages.more(self.workspace.past, self.workspace.snapshot.full_name))

    def _bring(self, before: Pages, read: Callable[[], Pages]) -> None:
        """In a worker: read, and bring what was read, or why it could not be."""
        try:
            self._news.mark()
            found = read()
        except KyojuError as error:
            self.from_thread(self._failed, before, error)
        else:
            self.from_thread(self._take, before, found)

    def _take(self, before: Pages, found: Pages) -> None:
        """What was asked for may have changed meanwhile: then another answer is on its way."""
        if self._pages is not before:
            return
        first, self._pages = not self._read_once, found
        self._read_once, self._reading, self._fault = True, False, ""
        self.show()
        if first:
            self.query_one(WideTable).focus()

    def _failed(self, before: Pages, error: KyojuError) -> None:
        if self._pages is not before:
            return
        self._reading, self._read_once = False, True
        self._fault = f"履歴を読めません。\n\n{error.message}{error.cure}"
        if self._pages.entries:
            self.kyoju.tell(error)
        self.show()

    def records_changed(self, changed: Changed) -> None:  # noqa: ARG002 - the history tells what is new
        """Somebody recorded: names may be others now, and there is something new; the cursor stays."""
        self.show()
        self._news.expect()

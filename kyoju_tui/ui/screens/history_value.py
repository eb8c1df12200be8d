"""項目の履歴: who last changed a value, when, from what; its earlier values, which can be brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Final

from textual.widget import Widget

from kyoju_tui.records.changes import describe_all
from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.history_limits import label_of
from kyoju_tui.ui.screens.history_news import HistoryNews
from kyoju_tui.ui.screens.history_pages import Pages
from kyoju_tui.ui.screens.history_restoring import confirmed
from kyoju_tui.ui.screens.history_words import sentences, values, when
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.ui.widgets.wide_table import WideTable
from kyoju_tui.workspace.past.past import LogEntry
from kyoju_tui.workspace.past.restoring import restoring
from kyoju_tui.workspace.past.wanted import Wanted

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

_DAY, _WHO, _MARK = 26, 22, 8
_LEAST: Final = 10
_AHEAD: Final = 15
_READING: Final = "履歴を読んでいます。"
_NOTHING: Final = "この項目は、まだ一度も記録されていません。"


class ValueScreen(DataScreen):
    """Every value that a field had, the present one first; below it what changed with the one under the cursor."""

    title_ja = "項目の履歴"
    COMMANDS = ("open", "history.restore", "reload", "back")
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    ValueScreen WideTable { height: 1fr; }
    ValueScreen Story { height: 1fr; }
    """

    def __init__(self, ref: Ref, field: str) -> None:
        """`field` is dotted."""
        super().__init__()
        self.ref = ref
        self.field = field
        self._pages = Pages(Wanted(ref=ref, field=field))
        self._said = _READING
        self._news = HistoryNews(self, self._read_anew)

    def compose_body(self) -> Iterable[Widget]:
        """The values, and what changed with one."""
        yield EmptyNote(_READING)
        yield WideTable(id="values")
        yield Story()

    def on_mount(self) -> None:
        """Read the history."""
        self.show()
        self._read_anew()

    @property
    def title_detail(self) -> str:
        """Of what."""
        return f"{self.snapshot.title(self.ref)}　{label_of(self.ref, self.field)}"

    @property
    def entry_here(self) -> LogEntry | None:
        """The save under the cursor, which gave the field its value."""
        return self._pages.by_commit.get(self.query_one(WideTable).row_key)

    def show(self) -> None:
        """Show what was read, touching only what differs."""
        table, marks = self.query_one(WideTable), marks_for(self.kyoju.current_theme)
        entries = self._pages.entries
        rows: list[Row] = []
        for number, entry in enumerate(entries):
            at = entry.at.astimezone()
            cells = (
                Marked.of((f"{format_date(at.date())} {at:%H:%M}", "")),
                Marked.of(("今の値" if number == 0 else "", marks.strong)),
                Marked.of((self._value(entry), "")),
                Marked.of((entry.author, "")),
            )
            rows.append(Row(entry.commit, cells))
        width = max(_LEAST, table.room - _DAY - _MARK - _WHO)
        heads = (
            column("when", "この日から", _DAY), column("mark", "", _MARK), column("value", "値", width),
            column("who", "記録した人", _WHO),
        )  # fmt: skip
        table.set_rows(heads, rows)
        note = self.query_one(EmptyNote)
        note.display = not entries
        note.say(self._said)
        table.display = self.query_one(Story).display = bool(entries)
        self.show_title()
        self.explain()

    def _value(self, entry: LogEntry) -> str:
        """What stood in the field from this save on, on one line; for a list what happened to it."""
        name = self.snapshot.full_name
        found = [each.change for each in entry.changes]
        exact = next((change for change in found if change.field == self.field), None)
        if exact is not None and not exact.item and not isinstance(exact.after, list | tuple):
            return values(exact, name)[1]
        return "、".join(line.replace(": ", "：", 1) for line in describe_all(found, name))

    def cursor_moved(self) -> None:
        """Tell of the value, and read on where the end is near."""
        super().cursor_moved()
        table = self.query_one(WideTable)
        if table.row_count - table.cursor_row <= _AHEAD and self._pages.next:
            pages = self._pages
            self._start(lambda: pages.more(self.workspace.past, self.workspace.snapshot.full_name))

    def explain(self) -> None:
        """Tell who gave the field this value, when, and what stood there before."""
        self.query_one(Story).show(self._told())
        self.refresh_bindings()

    def _told(self) -> Iterator[Sentence]:
        entry, marks = self.entry_here, marks_for(self.kyoju.current_theme)
        if entry is None:
            return
        latest = entry is self._pages.entries[0]
        yield Sentence(f"{when(entry)}に、{entry.author}が記録しました。", "bold")
        yield Sentence(f"件名：{entry.subject}", marks.calm)
        for each in entry.changes:
            yield from sentences(each.change, self.snapshot.full_name, marks)
        if not latest:
            yield Sentence("")
            yield Sentence("Enter で、この値に戻せます（何が変わるかを先に確かめられます）。")

    # -- reading -------------------------------------------------------------------------------------------------

    def records_changed(self, changed: Changed) -> None:
        """Somebody recorded this record: read what is new."""
        if any(ref.id == self.ref.id for ref in changed.refs):
            self._news.expect()

    def action_reload(self) -> None:
        """Look at files and history again."""
        super().action_reload()
        self._read_anew()

    def _read_anew(self) -> None:
        pages = self._pages
        self._start(lambda: pages.renewed(self.workspace.past, self.workspace.snapshot.full_name))

    def _start(self, read: Callable[[], Pages]) -> None:
        self.run_worker(lambda: self._read(read), thread=True, exclusive=True, group="history")

    def _read(self, read: Callable[[], Pages]) -> None:
        try:
            self._news.mark()
            found = read()
        except KyojuError as error:
            self.from_thread(self._failed, error)
        else:
            self.from_thread(self._take, found)

    def _take(self, found: Pages) -> None:
        first = self._said == _READING
        self._pages, self._said = found, _NOTHING
        self.show()
        if first:
            self.query_one(WideTable).focus()

    def _failed(self, error: KyojuError) -> None:
        self._said = f"履歴を読めません。\n\n{error.message}{error.cure}"
        self.show()

    # -- acting --------------------------------------------------------------------------------------------------

    def wanted_here(self) -> Wanted:
        """The whole record."""
        return Wanted(ref=self.ref)

    def action_open(self) -> None:
        """The same as to bring the value back."""
        self.action_restore()

    def action_restore(self) -> None:
        """Bring the value back that the field had from this save on."""
        entry = self.entry_here
        if entry is None:
            return
        if entry is self._pages.entries[0]:
            self.kyoju.notify("今の値です。戻したい値を選んでください。")
            return
        commit = entry.commit
        self.run_worker(
            confirmed(
                self,
                f"「{label_of(self.ref, self.field)}」を以前の値に戻します",
                lambda: restoring(self.workspace, self.ref, commit, field=self.field),
                "戻す",
            )
        )

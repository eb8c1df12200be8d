"""削除した記録: what is gone, by whom and when; it can be brought back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from textual.timer import Timer
from textual.widget import Widget

from kyoju_tui.records.dates import format_date
from kyoju_tui.records.errors import KyojuError
from kyoju_tui.records.folding import SearchText
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.history_news import HistoryNews
from kyoju_tui.ui.screens.history_restoring import confirmed
from kyoju_tui.ui.screens.history_words import Of, heading, told_of
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.workspace.past.deleted import Deleted
from kyoju_tui.workspace.past.restoring import restoring
from kyoju_tui.workspace.past.wanted import Wanted

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

_DAY, _WHO, _KIND, _LEAST = 24, 22, 14, 10
_REST: Final = 0.15  # how long the cursor rests before the history is asked what the record held
_AHEAD: Final = 15
_READING: Final = "履歴を読んでいます。"
_NOTHING: Final = "削除した記録はありません。"


class DeletedScreen(ListScreen):
    """The list, the newest deletion first; below it what the record under the cursor held."""

    title_ja = "削除した記録"
    COMMANDS = ("open", "search", "history.restore", "reload", "back")
    AUTO_FOCUS = "WideTable"
    DEFAULT_CSS = """
    DeletedScreen WideTable { height: 1fr; }
    DeletedScreen Story { height: 1fr; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._deleted: dict[str, Deleted] = {}
        self._next: str | None = ""
        self._said = _READING
        self._held: dict[str, Of] = {}
        self._rest: Timer | None = None
        self._news = HistoryNews(self, self._read_anew)

    def compose_body(self) -> Iterable[Widget]:
        """The list and what the record held."""
        yield from super().compose_body()
        yield Story()

    def on_mount(self) -> None:
        """Read the history."""
        self._read_anew()

    @property
    def empty_text(self) -> str:
        """That nothing was deleted, or that this is not known yet."""
        return self._said

    def columns(self) -> Sequence[Column]:
        """What, who and when."""
        return (
            column("title", "件名", max(_LEAST, self.room - _KIND - _DAY - _WHO)), column("kind", "種類", _KIND),
            column("day", "削除した日", _DAY), column("who", "削除した人", _WHO),
        )  # fmt: skip

    def keys(self) -> Iterable[str]:
        """As the history has them."""
        return self._deleted

    def row(self, key: str) -> Row:
        """One that is gone."""
        each = self._deleted[key]
        texts = (_title(each), KINDS[each.kind].label, format_date(each.at.astimezone().date()), each.author)
        return Row(key, tuple(Marked.of((text, "")) for text in texts))

    def search_text(self, key: str) -> SearchText:
        """Found by what the columns show."""
        each = self._deleted[key]
        return SearchText.of(_title(each), KINDS[each.kind].label, each.author, each.ref)

    def show(self) -> None:
        """Show the list, and what the box says."""
        super().show()
        self.query_one(Story).display = bool(self._deleted)
        self.explain()

    @property
    def deleted_here(self) -> Deleted | None:
        """The record under the cursor."""
        return self._deleted.get(self.key_here)

    def explain(self) -> None:
        """Tell what the record held, once that is read."""
        here, story = self.deleted_here, self.query_one(Story)
        if self._rest is not None:
            self._rest.stop()
        if here is None:
            story.show(())
        elif (held := self._held.get(here.ref)) is not None:
            story.show(told_of(held, self.snapshot.full_name, marks_for(self.kyoju.current_theme)))
        else:
            story.show((Sentence(_title(here), "bold"),))
            wanted = here
            self._rest = self.set_timer(_REST, lambda: self._ask(wanted))
        if self.table.row_count - self.table.cursor_row <= _AHEAD:
            self._read_on()
        self.refresh_bindings()

    # -- reading -------------------------------------------------------------------------------------------------

    def records_changed(self, changed: Changed) -> None:  # noqa: ARG002 - the history tells what is gone
        """One may be back, another gone."""
        self._news.expect()

    def action_reload(self) -> None:
        """Look at files and history again."""
        super().action_reload()
        self._read_anew()

    def _read_anew(self) -> None:
        self.run_worker(lambda: self._read(""), thread=True, exclusive=True, group="deleted")

    def _read_on(self) -> None:
        after, self._next = self._next, None
        if after:
            self.run_worker(lambda: self._read(after), thread=True, exclusive=True, group="deleted")

    def _read(self, after: str) -> None:
        try:
            if not after:
                self._news.mark()
            page = self.workspace.past.deleted(after=after)
        except KyojuError as error:
            self.from_thread(self._failed, error)
        else:
            self.from_thread(self._take, after, page.records, page.next)

    def _take(self, after: str, found: Sequence[Deleted], following: str | None) -> None:
        more = {str(each.ref): each for each in found}
        first = self._said == _READING
        self._deleted = {**self._deleted, **more} if after else more
        self._next, self._said = following, _NOTHING
        self.show()
        if first:
            self.table.focus()

    def _failed(self, error: KyojuError) -> None:
        self._said = f"履歴を読めません。\n\n{error.message}{error.cure}"
        self.show()

    def _ask(self, wanted: Deleted) -> None:
        self._rest = None
        self.run_worker(lambda: self._look(wanted), thread=True, exclusive=True, group="held")

    def _look(self, wanted: Deleted) -> None:
        """In a worker: the fields that the record had when it was deleted."""
        snapshot = self.workspace.snapshot
        try:
            page = self.workspace.past.page(Wanted(ref=wanted.ref), size=1, name=snapshot.full_name)
        except KyojuError as error:
            self.from_thread(self.kyoju.tell, error)
            return
        told = [each.change for entry in page.entries for each in entry.changes]
        self.from_thread(self._tell, Of(wanted.ref, "削除", heading(wanted.ref, told, snapshot), tuple(told)))

    def _tell(self, held: Of) -> None:
        self._held[held.ref] = held
        self.explain()

    # -- acting --------------------------------------------------------------------------------------------------

    def wanted_here(self) -> Wanted:
        """The whole history of the record."""
        here = self.deleted_here
        return Wanted() if here is None else Wanted(ref=here.ref)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only where there is a record."""
        if action in ("open", "restore") and self.is_mounted:
            return self.deleted_here is not None
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """The same as to bring it back: there is nothing else to open."""
        self.action_restore()

    def action_restore(self) -> None:
        """Bring the record back as it stood before it was deleted."""
        here = self.deleted_here
        if here is not None:
            self.run_worker(
                confirmed(
                    self,
                    f"削除した「{_title(here)}」を戻します",
                    lambda: restoring(self.workspace, here.ref, f"{here.commit}^"),
                    "戻す",
                )
            )


def _title(each: Deleted) -> str:
    return each.title or each.ref.id

"""下書き: everything typed and not recorded, with its age; each gone on with, left, or thrown away after asking."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from textual.widget import Widget

from kyoju_tui.records.folding import SearchText
from kyoju_tui.ui.drafts_words import age, day_or_time, detail
from kyoju_tui.ui.screens.edit_drafts import offer, throw_away, typed_here
from kyoju_tui.ui.screens.list_screen import ListScreen
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.story import Sentence, Story
from kyoju_tui.workspace.drafts.waiting import Waiting, drafts_waiting, told

_WHEN: Final = 10
_AGE: Final = 10
_STATE: Final = 18
HERE, ELSEWHERE, STUCK, CLASHING = "この画面で入力中", "別の画面で入力中", "開けません", "食い違いあり"


class DraftsScreen(ListScreen):
    """The list, newest first, and the one under the cursor in lines."""

    title_ja = "下書き"
    COMMANDS = ("open", "search", "drafts.throw-away", "reload", "back")
    EMPTY = (
        "下書きはありません。\n\n入力している内容は、記録するまで自動で下書きに残ります。"
        "接続が切れたときも、ここから続けられます。"
    )
    DEFAULT_CSS = """
    DraftsScreen Story { height: 9; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: Mapping[str, Waiting] = {}

    def compose_body(self) -> Iterable[Widget]:
        """The list, and the detail below it."""
        yield from super().compose_body()
        yield Story()

    def show(self) -> None:
        """Read the drafts again, and show them."""
        found = [*reversed(drafts_waiting(self.workspace))]
        found += (told(draft, self.snapshot) for draft in self.workspace.drafts.held())
        found.sort(key=lambda each: each.draft.at.timestamp() if each.draft.at is not None else 0, reverse=True)
        self._waiting = {each.draft.file: each for each in found}
        super().show()
        self.query_one(Story).display = self._found > 0
        self.explain()

    def on_screen_resume(self) -> None:
        """Something may have been recorded or thrown away meanwhile."""
        if self.is_mounted:
            self.show()

    def columns(self) -> Sequence[Column]:
        """What it is of, when it was typed, how it stands."""
        rest = max(16, self.room - _WHEN - _AGE - _STATE)
        return (
            column("what", "下書き", rest),
            column("when", "入力日時", _WHEN),
            column("age", "経過", _AGE),
            column("state", "ようす", _STATE),
        )

    def keys(self) -> Iterable[str]:
        """Newest first."""
        return self._waiting

    def row(self, key: str) -> Row:
        """One draft."""
        each = self._waiting[key]
        at, now = each.draft.at, datetime.now().astimezone()
        when = ("", "") if at is None else (day_or_time(at, now), age(at, now))
        cells = (each.title, *when, self._state(each))
        return Row(key, tuple(Marked.of((word, "")) for word in cells))

    def search_text(self, key: str) -> SearchText:
        """Found by what it is of and by what was typed."""
        each = self._waiting[key]
        return SearchText.of(each.title, *each.lines)

    @property
    def foremost(self) -> tuple[str, ...]:
        """What can be done with the draft under the cursor."""
        return ("open", "drafts.throw-away") if self._waiting else ()

    @property
    def here(self) -> Waiting | None:
        """The draft under the cursor."""
        return self._waiting.get(self.key_here)

    def explain(self) -> None:
        """What was typed, and what was recorded since."""
        each = self.here
        if each is not None:
            lines = detail(each, datetime.now().astimezone()).split("\n")
            self.query_one(Story).show([Sentence(each.title, "bold"), *(Sentence(line) for line in lines)])
        super().explain()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """What somebody is typing at this moment is neither opened nor thrown away here."""
        if action in ("open", "throw_away") and self.is_mounted:
            each = self.here
            return each is not None and not self._busy(each)
        return super().check_action(action, parameters)

    def action_open(self) -> None:
        """Ask whether to go on with it."""
        if self.here is not None and not self._busy(self.here):
            self.run_worker(offer(self.kyoju, self.here.draft))

    def action_throw_away(self) -> None:
        """Throw it away, after asking."""
        if self.here is not None:
            self.run_worker(self._throw_away(self.here))

    async def _throw_away(self, waiting: Waiting) -> None:
        if await throw_away(self.kyoju, waiting):
            self.show()

    def _busy(self, waiting: Waiting) -> bool:
        return waiting.draft.held or typed_here(self.kyoju, waiting.draft)

    def _state(self, waiting: Waiting) -> str:
        if waiting.draft.held:
            return ELSEWHERE
        if typed_here(self.kyoju, waiting.draft):
            return HERE
        if not waiting.opens:
            return STUCK
        return CLASHING if waiting.clashing else ""

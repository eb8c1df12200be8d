"""Choosing records: a search line over a list, by kanji, kana or romaji."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from kyoju_tui.ui.forms.candidates import Candidate
from kyoju_tui.ui.safe import one_line
from kyoju_tui.ui.screens.dialog import Dialog, said
from kyoju_tui.ui.widgets.line_input import LineInput
from kyoju_tui.ui.widgets.record_table import fit

_BLANKS = frozenset({"space", "ideographic_space"})
_EDGES = 4  # the cells of 【】 around a name
NOTHING_FOUND = "見つかりません。かな・ローマ字でも探せます。"
NOTHING_THERE = "選べるものがまだありません。Esc で戻り、先に記録してください。"


class PickList(Widget):
    """The candidates that the search left, with a cursor. Chosen ones stand in 【brackets】."""

    DEFAULT_CSS = """
    PickList { height: 1fr; }
    """

    class Clicked(Message):
        """A candidate was clicked."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, chosen: list[str]) -> None:
        super().__init__()
        self._chosen = chosen
        self._none = NOTHING_FOUND
        self._rows: Sequence[Candidate] = ()
        self._seen: Counter[tuple[str, str]] = Counter()
        self._top = 0
        self.cursor = 0

    def set_rows(self, rows: Sequence[Candidate], none: str = NOTHING_FOUND) -> None:
        """Show these, from the first; `none` where there are none."""
        self._rows, self._top, self.cursor, self._none = rows, 0, 0, none
        self._seen = Counter((row.name, row.detail) for row in rows)
        self.refresh()

    def move(self, step: int) -> None:
        """Move the cursor by some rows."""
        self.cursor = min(max(self.cursor + step, 0), max(len(self._rows) - 1, 0))
        height = max(self.size.height, 1)
        self._top = min(max(self._top, self.cursor - height + 1), self.cursor)
        self.refresh()

    @property
    def current(self) -> Candidate | None:
        """What is under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def on_click(self, event: events.Click) -> None:
        """Tell which row was clicked."""
        index = self._top + event.y
        if index < len(self._rows):
            self.cursor = index
            self.post_message(self.Clicked(index))

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.move(0)

    def render(self) -> Text:
        """The rows in sight: name, what tells it from others, and an id where only that does."""
        if not self._rows:
            return Text(NOTHING_FOUND, style="dim")
        width, text = self.size.width, Text(no_wrap=True)
        shown = self._rows[self._top : self._top + max(self.size.height, 1)]
        details = [self._detail(row) for row in shown]
        # Both whole where there is room; else the names keep two thirds.
        longest = max(cell_len(one_line(row.name)) for row in shown) + _EDGES
        names = max(width - max(map(cell_len, details)) - 1, min(longest, width * 2 // 3))
        for number, (row, detail) in enumerate(zip(shown, details, strict=True), start=self._top):
            chosen = row.value in self._chosen
            name = f"【{one_line(row.name)}】" if chosen else f"　{one_line(row.name)}　"
            line = Text(fit(name, names if detail else width), style="bold" if chosen else "")
            if detail:
                line.append(f" {fit(detail, width - names - 1)}", style="dim")
            if number == self.cursor:
                line.stylize("reverse")
            text.append_text(line)
            text.append("\n")
        text.right_crop(1)
        return text

    def _detail(self, row: Candidate) -> str:
        """What stands beside the name; the id too where another row says the same."""
        same = self._seen[row.name, row.detail] > 1
        return one_line("　".join(filter(None, (row.detail, row.record_id if same else ""))))


class SearchLine(LineInput):
    """The search line. Where several can be chosen a blank is no part of the search: it chooses."""

    def __init__(self, query: str, *, many: bool) -> None:
        super().__init__(query, placeholder="名前・よみ・ローマ字で探す")
        self._many = many

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Leave blanks to the picker's own binding."""
        return not (self._many and key in _BLANKS) and super().check_consume_key(key, character)


class Picker(Dialog[tuple[str, ...]]):
    """Ask for one record, or several. Gives their values in the order of choice, or None where it was left.

    Space chooses and lets go, Enter decides; Enter alone takes what is under the cursor.
    """

    DEFAULT_CSS = """
    Picker {
        #dialog { height: 80%; max-height: 30; }
        LineInput { margin: 0 0 1 0; }
        .keys { height: 1; color: $text-muted; margin: 1 0 0 0; }
    }
    """
    AUTO_FOCUS = "LineInput"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "上へ", show=False, priority=True),
        Binding("down", "move(1)", "下へ", show=False, priority=True),
        Binding("pageup", "move(-10)", "前の頁", show=False, priority=True),
        Binding("pagedown", "move(10)", "次の頁", show=False, priority=True),
        Binding("enter", "decide", "決定", show=False, priority=True),
        Binding("ctrl+s", "decide", "決定", show=False, priority=True),
        Binding("space,ideographic_space", "mark", "選ぶ", show=False, priority=True),
    ]

    def __init__(
        self, title: str, offered: Sequence[Candidate], chosen: Sequence[str], *, many: bool, query: str = ""
    ) -> None:
        super().__init__()
        self.title_ja = f"{title}を選ぶ"
        self._offered = tuple(offered)
        self._before = tuple(chosen)
        self._chosen = list(chosen)
        self._many = many
        self._query = query
        self._pointed = bool(query)
        self._ready = False

    def compose_dialog(self) -> ComposeResult:
        """The search line, the list, the keys."""
        yield SearchLine(self._query, many=self._many)
        yield PickList(self._chosen)
        keys = "スペース：選ぶ・外す　Enter：決定　Esc：やめる" if self._many else "Enter：決定　Esc：やめる"
        yield said(f"上下：動かす　{keys}", "keys")

    def on_mount(self) -> None:
        """Begin in the search line, behind what was typed already, on what is chosen."""
        line = self.query_one(LineInput)
        line.value = self._query
        line.cursor_position = len(line.value)
        self._search(line.value)
        self._ready = True

    def type(self, character: str) -> None:
        """Take a key that came before the search line had the focus."""
        if self._ready:
            self.query_one(LineInput).insert_text_at_cursor(character)
        else:
            self._query += character

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search while typing."""
        event.stop()
        self._pointed = self._pointed or bool(event.value)
        self._search(event.value)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """Where one record is chosen, a blank belongs to the search."""
        return self._many if action == "mark" else True

    def on_pick_list_clicked(self) -> None:
        """A click chooses; where only one can be, it decides too."""
        self._pointed = True
        if self._many:
            self.action_mark()
        else:
            self.action_decide()

    def action_move(self, step: int) -> None:
        """Move the cursor in the list."""
        self._pointed = True
        self.query_one(PickList).move(step)

    def action_decide(self) -> None:
        """Give back what is chosen."""
        current = self.query_one(PickList).current
        if not self._many:
            # Where nothing was found the search goes on; Esc leaves.
            if current is not None:
                self.dismiss((current.value,))
            return
        # Nothing chosen by Space: then Enter means the one that was searched or moved to.
        untouched = tuple(self._chosen) == self._before
        if untouched and self._pointed and current is not None and current.value not in self._chosen:
            self._chosen.append(current.value)
        self.dismiss(tuple(self._chosen))

    def action_mark(self) -> None:
        """Choose what is under the cursor, or let it go."""
        current = self.query_one(PickList).current
        if current is None:
            return
        if current.value in self._chosen:
            self._chosen.remove(current.value)
        else:
            self._chosen.append(current.value)
        self.query_one(PickList).refresh()

    def _search(self, query: str) -> None:
        rows = [candidate for candidate in self._offered if candidate.text.matches(query)]
        # An empty search shows what is chosen first, so that it can be let go.
        if not query:
            rows.sort(key=lambda candidate: candidate.value not in self._before)
        self.query_one(PickList).set_rows(rows, NOTHING_FOUND if self._offered else NOTHING_THERE)

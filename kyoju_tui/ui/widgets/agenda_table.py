"""The agenda (次第) of a meeting while it goes on: which item is talked about, which are done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from textual import events

from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import RecordTable, Row
from kyoju_tui.ui.widgets.wrapping import wrap

_MARK: Final = 4
_NOW, _DONE = "今", "済"


class AgendaTable(RecordTable):
    """The items in their order. What is marked belongs to this session; the meeting's record keeps the items only."""

    def __init__(self) -> None:
        super().__init__(id="agenda")
        self._agenda: tuple[str, ...] = ()
        self._done: set[str] = set()
        self.current = ""

    def show(self, agenda: Sequence[str]) -> None:
        """Show these items; the first one that is not done is talked about unless another one is."""
        self._agenda = tuple(agenda)
        if self.current not in self._agenda:
            self.current = next((item for item in self._agenda if item not in self._done), "")
        self._write()

    def mark(self) -> str:
        """Make the item under the cursor the current one; if it is that already, step on. Gives the current one."""
        if self.row_key and self.row_key != self.current:
            self.current = self.row_key
            self._done.discard(self.current)
        else:
            return self.step()
        self._write()
        return self.current

    def step(self) -> str:
        """The current item is done, the next one that is not becomes current; the empty string after the last."""
        if self.current in self._agenda:
            self._done.add(self.current)
            after = self._agenda[self._agenda.index(self.current) + 1 :]
            self.current = next((item for item in (*after, *self._agenda) if item not in self._done), "")
        self._write()
        self.move_to(self.current)
        return self.current

    def on_resize(self, event: events.Resize) -> None:
        """Wrap the items anew."""
        if event.size.width:
            self._write()

    def _write(self) -> None:
        room = max(10, self.size.width - _MARK - 1)
        rows: list[Row] = []
        for item in self._agenda:
            now = item == self.current
            style = "bold" if now else "dim" if item in self._done else ""
            lines = wrap(item, room - 1)
            mark = _NOW if now else _DONE if item in self._done else ""
            rows.append(
                Row(item, (Marked.of((mark, style)), Marked.of(*((line, style) for line in lines))), len(lines))
            )
        self.set_rows((column("mark", "", _MARK), column("item", "次第", room)), rows)

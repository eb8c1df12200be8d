"""Which department takes over which entry, where a department's work is shared out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import DataTable

from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.screens.dialog import Dialog, said
from kyoju_tui.ui.widgets.matrix_table import Marked, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.wide_table import WideTable

_HEIR = 26


class PlacingScreen(Dialog[dict[Ref, str]]):
    """A line per entry with the department that takes it, at first the main one. None where it was left."""

    DEFAULT_CSS = """
    PlacingScreen {
        #dialog { width: 100%; max-width: 120; height: 100%; max-height: 40; }
        .keys { height: 1; color: $text-muted; margin: 1 0 0 0; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,ideographic_space,right", "turn(1)", show=False, priority=True),
        Binding("left", "turn(-1)", show=False, priority=True),
        Binding("ctrl+s", "decide", show=False, priority=True),
    ]
    AUTO_FOCUS = "WideTable"
    title_ja = "取組・課題の移る先"

    def __init__(self, titles: Mapping[Ref, str], names: Mapping[str, str]) -> None:
        """`titles` are the entries, `names` the departments by id, the main one first."""
        super().__init__()
        self._titles = dict(titles)
        self._names = dict(names)
        self._placed = dict.fromkeys(titles, next(iter(names)))

    def compose_dialog(self) -> ComposeResult:
        """The lines and the keys."""
        yield said(f"{len(self._titles)}件の移る先を、1件ずつ決めます。はじめはすべて主な部署です。")
        yield WideTable(id="placing")
        yield said("上下：動かす　Enter：移る先を替える　Ctrl+S：決定　Esc：やめる", "keys")

    def on_wide_table_widened(self, event: WideTable.Widened) -> None:
        """Columns share the width."""
        event.stop()
        self._show()

    def on_data_table_row_selected(self, event: DataTable.RowSelected) -> None:
        """A second click on a line changes it."""
        event.stop()
        self.action_turn(1)

    def _show(self) -> None:
        table = self.query_one(WideTable)
        heads = (column("title", "件名", max(20, table.room - _HEIR)), column("heir", "移る先", _HEIR))
        main = next(iter(self._names))
        table.set_rows(
            heads,
            [
                Row(ref, (Marked.of((title, "")), Marked.of((self._names[heir], "" if heir == main else "bold"))))
                for ref, title in self._titles.items()
                for heir in (self._placed[ref],)
            ],
        )

    def action_turn(self, step: int) -> None:
        """The next department for the entry under the cursor."""
        ref = Ref(self.query_one(WideTable).row_key)
        if ref in self._placed:
            heirs = list(self._names)
            self._placed[ref] = heirs[(heirs.index(self._placed[ref]) + step) % len(heirs)]
            self._show()

    def action_decide(self) -> None:
        """Give back where everything goes."""
        self.dismiss(self._placed)

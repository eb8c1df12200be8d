"""The tables of a list, a line each: opened, added, removed and moved in place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, cast

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events, work
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.geometry import Region, Size
from textual.strip import Strip

from kyoju_tui.records.base import Item, Part
from kyoju_tui.records.description import Described, fields_of
from kyoju_tui.records.ids import new_part_id
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.wording import shown
from kyoju_tui.ui.app_of import kyoju
from kyoju_tui.ui.commands import bindings
from kyoju_tui.ui.forms.editors.base import Drafted, move_focus
from kyoju_tui.ui.forms.editors.chosen import UntypedEditor
from kyoju_tui.ui.forms.setting import Setting
from kyoju_tui.ui.safe import one_line
from kyoju_tui.ui.widgets.record_table import fit

EMPTY = "（F4で行を加えます）"
_NUMBER = 4
_WIDEST = 22


class PartsEditor(UntypedEditor):
    """Rows under heads. Enter opens a row, F4 adds one, Delete takes it away, Ctrl+Up and Ctrl+Down move it."""

    DEFAULT_CSS = """
    PartsEditor { height: auto; width: 1fr; padding: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "上の行", show=False),
        Binding("down", "move(1)", "下の行", show=False),
        *bindings(("edit.add", "edit.row", "edit.cut", "edit.raise", "edit.lower")),
    ]

    def __init__(self, field: Described, setting: Setting, value: object | None) -> None:
        super().__init__(field, "Enter：行を開く　F4：加える　Del：消す（Ctrl+Zで戻す）　Ctrl+上下：並べ替え")
        if field.part is None:
            raise TypeError(f"field {field.name!r} holds no tables")
        self._model: type[Part] = field.part
        self._setting = setting
        self._rows: list[Plain] = []
        self._cursor = 0
        self._open_row: tuple[int, Plain] | None = None
        self._measured: tuple[int, list[tuple[Described, int]]] | None = None
        self.put(value)

    def read(self) -> object | None:
        """The tables, or None where there are none."""
        return [dict(row) for row in self._rows] or None

    def drafted(self) -> object | None:
        """The tables with what is typed in the form of the one that is open."""
        rows = [dict(row) for row in self._rows]
        if self._open_row is not None:
            index, typed = self._open_row
            rows[index : index + 1] = [dict(typed)]
        return rows or None

    def put(self, value: object | None) -> None:
        """Hold these tables."""
        tables = cast("list[object]", value) if isinstance(value, list | tuple) else []
        self._rows = [dict(cast("Mapping[str, object]", row)) for row in tables if isinstance(row, Mapping)]
        self._cursor = min(self._cursor, max(len(self._rows) - 1, 0))
        self._measured = None
        self.refresh(layout=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002
        """There must be a row to take away, and one above or below to change places with."""
        match action:
            case "cut":
                return bool(self._rows)
            case "raise":
                return self._cursor > 0
            case "lower":
                return self._cursor < len(self._rows) - 1
            case _:
                return True

    def action_move(self, step: int) -> None:
        """Go to the next row, or on to the next field."""
        if 0 <= self._cursor + step < len(self._rows):
            self._go(self._cursor + step)
        else:
            move_focus(self, step)

    def action_row(self) -> None:
        """Open the row under the cursor; where there is none, add one."""
        if self._rows:
            self._open(self._cursor)
        else:
            self._add()

    def action_add(self) -> None:
        """Fill in a new row."""
        self._add()

    def action_cut(self) -> None:
        """Take the row away; Ctrl+Z brings it back."""
        if self._rows:
            del self._rows[self._cursor]
            self._cursor = min(self._cursor, max(len(self._rows) - 1, 0))
            self._edited()

    def action_raise(self) -> None:
        """Move the row up."""
        self._shift(-1)

    def action_lower(self) -> None:
        """Move the row down."""
        self._shift(1)

    def on_click(self, event: events.Click) -> None:
        """Go to the row that is clicked; a second click opens it."""
        index = event.y - 1
        if not self._rows:
            self._add()
        elif 0 <= index < len(self._rows):
            if index == self._cursor and event.chain > 1:
                self._open(index)
            self._go(index)

    def render_line(self, y: int) -> Strip:
        """The heads, then a line a row; only lines in sight are drawn, for a meeting may have hundreds."""
        width, style = self.content_size.width, self.rich_style
        if not self._rows:
            return Strip([Segment(fit(EMPTY, width), style + Style(dim=True))], width)
        columns = self._columns(width - _NUMBER)
        if y == 0:
            text = " " * _NUMBER + "".join(fit(field.label, size) + " " for field, size in columns)
            return Strip([Segment(fit(text, width), style + Style(bold=True))], width)
        number = y - 1
        if number >= len(self._rows):
            return Strip.blank(width, style)
        cells = "".join(fit(self._cell(self._rows[number], field), size) + " " for field, size in columns)
        marked = self.has_focus and number == self._cursor
        line = Segment(fit(f"{y:>{_NUMBER - 1}} {cells}", width), style + Style(reverse=marked))
        return Strip([line], width)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """A line a row, and one for the heads."""
        return len(self._rows) + 1 if self._rows else 1

    def _columns(self, width: int) -> list[tuple[Described, int]]:
        """The fields that any row fills, as wide as they need, as many as fit; the last takes what is left."""
        if self._measured is not None and self._measured[0] == width:
            return self._measured[1]
        used = [
            field
            for field in fields_of(self._model)
            if not (field.name == "id" and issubclass(self._model, Item))
            and any(field.name in row for row in self._rows)
        ]
        sizes = [
            (field, max(cell_len(field.label), *(cell_len(self._cell(row, field)) for row in self._rows)))
            for field in used
        ]
        columns: list[tuple[Described, int]] = []
        left = width
        for number, (field, size) in enumerate(sizes):
            others = sum(min(wanted, _WIDEST) + 1 for _, wanted in sizes[number + 1 :])
            room = max(min(size, left - others - 1), min(size, _WIDEST))
            room = min(room, left - 1)
            if room < 4:
                break
            columns.append((field, room))
            left -= room + 1
        self._measured = (width, columns)
        return columns

    def _cell(self, row: Plain, field: Described) -> str:
        value = row.get(field.name)
        if value is None or value is False:
            return ""
        if value is True:
            return field.label
        if field.part is not None and field.many:
            return f"{len(cast('list[object]', value))}件"
        return one_line(shown(value, field, self._setting.name))

    def _shift(self, step: int) -> None:
        self._rows.insert(self._cursor + step, self._rows.pop(self._cursor))
        self._cursor += step
        self._edited()

    def _go(self, index: int) -> None:
        for row in (self._cursor, index):
            self.refresh(Region(0, row + 1, self.size.width, 1))
        self._cursor = index
        self.refresh_bindings()
        parent = next((node for node in self.ancestors if isinstance(node, VerticalScroll)), None)
        if parent is not None:
            # Where the row stands in what is scrolled.
            line = self.region.y - parent.region.y + parent.scroll_offset.y + index + 1
            parent.scroll_to_region(Region(0, line, 1, 1), animate=False)

    def _edited(self) -> None:
        self._measured = None
        self.tell()

    def _fresh(self) -> Plain:
        taken = {str(row["id"]) for row in self._rows if "id" in row}
        return {"id": new_part_id(taken)} if issubclass(self._model, Item) else {}

    @work
    async def _open(self, index: int) -> None:
        done = await self._ask(index, self._rows[index], f"{self.field.label}　{index + 1}行目")
        if done is not None and done != self._rows[index]:
            self._rows[index] = done
            self._edited()

    @work
    async def _add(self) -> None:
        done = await self._ask(len(self._rows), self._fresh(), f"{self.field.label}　新しい行")
        if done is not None:
            self._rows.append(done)
            self._cursor = len(self._rows) - 1
            self._edited()

    async def _ask(self, index: int, row: Plain, title: str) -> Plain | None:
        # A row's form may hold tables again: the form and this editor need each other.
        from kyoju_tui.ui.forms.row_screen import RowScreen

        def keep(typed: Plain) -> None:
            self._open_row = (index, typed)
            self.post_message(Drafted())

        try:
            return await kyoju(self).push_screen_wait(RowScreen(self._model, self._setting, row, title, keep))
        finally:
            self._open_row = None
            self.post_message(Drafted())

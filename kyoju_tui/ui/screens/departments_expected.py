"""記入を求める欄: categories × departments, each cell expected to be filled in or not; one save for all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from textual.binding import Binding, BindingType
from textual.widget import Widget

from kyoju_tui.overview.expected import Expected
from kyoju_tui.records.department import Department
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.marks import marks_for
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import CATEGORY, Marked, MatrixTable, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.workspace.requests import Base, Put

if TYPE_CHECKING:
    from kyoju_tui.workspace.requests import Changed

_HEAD: Final = 14
_NARROWEST: Final = 11
_WIDEST: Final = 16
_ASKED: Final = "求める"
_NOT_ASKED: Final = "対象外"
_EMPTY: Final = "カテゴリー（行）と部署（列）がそろうと表示されます。"


class ExpectedScreen(DataScreen):
    """The grid. What is changed waits until it is recorded; cells that differ are marked."""

    title_ja = "記入を求める欄"
    UNRECORDED = "変更した欄は、まだ記録されていません。"
    COMMANDS = ("expected.turn", "expected.column", "save", "back")
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ideographic_space", "turn", show=False)]
    AUTO_FOCUS = "MatrixTable"

    def __init__(self, department: str = "") -> None:
        """The cursor begins in this department's column."""
        super().__init__()
        self._begin = department
        self._departments: Mapping[str, Department] = {}
        self._bases: Mapping[str, Base] = {}
        self._before = self._now = Expected((), {})

    def compose_body(self) -> Iterable[Widget]:
        """The grid."""
        yield EmptyNote(_EMPTY)
        yield MatrixTable()

    def on_mount(self) -> None:
        """Begin with what is recorded."""
        self._read()
        self.show()
        table = self.query_one(MatrixTable)
        if table.row_count:
            table.move_to(table.row_key, self._begin or next(iter(self._departments)))

    def _read(self) -> None:
        # The bases first: a colleague's change that comes after them is merged.
        self._bases = {each: self.workspace.base(f"departments/{each}") for each in self.snapshot.departments}
        self._departments = self.snapshot.departments_in_use(self.today)
        self._before = self._now = Expected.of(tuple(self.snapshot.categories_in_use), self._departments)

    def records_changed(self, changed: Changed) -> None:
        """Show what a colleague recorded, unless something is changed here: then both are merged on saving."""
        del changed
        if not self.holds_changes:
            self._read()
            self.show()

    def show(self) -> None:
        """Show the grid, touching only what differs."""
        table = self.query_one(MatrixTable)
        rows, departments = self._now.rows, self._departments
        some = bool(rows and departments)
        table.display, self.query_one(EmptyNote).display = some, not some
        if some:
            width = max(_NARROWEST, (table.room - _HEAD) // len(departments))
            width, strong = min(width, _WIDEST), marks_for(self.kyoju.current_theme).strong
            names = {each: one.short or one.name for each, one in departments.items()}
            lines = 1 if all(cell_len(name) < width for name in names.values()) else 2
            heads = (column(each, name, width, lines) for each, name in names.items())
            table.set_rows(
                (column(CATEGORY, "カテゴリー", _HEAD, lines), *heads), [self._row(row, strong) for row in rows]
            )
        self.show_title()

    def _row(self, row: str, strong: str) -> Row:
        head = Marked.of((self.snapshot.name("category", row), "bold"))
        return Row(row, (head, *(self._cell(each, row, strong) for each in self._departments)))

    def _cell(self, department: str, row: str, strong: str) -> Marked:
        asked = row in self._now.asked[department]
        changed = asked != (row in self._before.asked[department])
        style = strong if changed else "dim" if asked else ""
        return Marked.of((f"{_ASKED if asked else _NOT_ASKED}{'＊' if changed else ''}", style))

    @property
    def title_detail(self) -> str:
        """How many cells are changed."""
        count = sum(len(self._now.asked[each] ^ self._before.asked[each]) for each in self._departments)
        return f"{count}欄を変更（まだ記録していません）" if count else "Enterで「求める」「対象外」を切り替えます"

    @property
    def holds_changes(self) -> bool:
        """Whether a cell differs from what is recorded."""
        return self._now != self._before

    # -- acting --------------------------------------------------------------------------------------------------

    def second_click(self) -> None:
        """A second click on a cell turns it."""
        self.action_turn()

    def action_turn(self) -> None:
        """Ask for a cell, or no more; in the first column nothing can be asked."""
        table = self.query_one(MatrixTable)
        if table.column_key in self._departments:
            self._take(table.column_key, self._now.turned(table.column_key, table.row_key))

    def action_column(self) -> None:
        """Ask a department for everything."""
        department = self.query_one(MatrixTable).column_key
        if department in self._departments:
            self._take(department, self._now.all_asked(department))

    def _take(self, department: str, wanted: Expected) -> None:
        if wanted.asked[department]:
            self._now = wanted
            self.show()
        else:
            name = self._departments[department].name
            self.kyoju.notify(f"{name}に記入を求める欄がなくなります。1つは残してください。")

    def action_save(self) -> None:
        """Record all that is changed, as one commit, and leave."""
        puts: list[Put] = []
        for each, department in self._departments.items():
            if self._now.asked[each] != self._before.asked[each]:
                categories = self._now.categories(each, department.categories)
                puts.append(Put(Ref(f"departments/{each}"), department.but(categories=categories), self._bases[each]))
        if not puts:
            self.kyoju.notify("変わったところはありません。")
            return
        subject = f"記入を求める欄を変更（{'・'.join(self._departments[put.ref.id].name for put in puts)}）"
        self.kyoju.save(lambda: self.workspace.batch(puts, action="update", subject=subject), done=self._saved)

    def _saved(self, saved: object) -> None:
        del saved
        self._read()
        if self.is_current:
            self.kyoju.go_back()

    def forget_changes(self) -> None:
        """Take what is recorded."""
        self._read()

"""カテゴリー別整理表: カテゴリー｜取組中｜検討中｜既往データ｜課題, of one department or of all (handbook 1-2(1))."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from textual.widget import Widget

from kyoju_tui.overview.matrix import Matrix
from kyoju_tui.overview.table import TableRow, category_table, holder
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.ids import Ref
from kyoju_tui.ui.computed import computed_for
from kyoju_tui.ui.forms.candidates import Candidate, candidates
from kyoju_tui.ui.forms.picker import Picker
from kyoju_tui.ui.marks import Marks, marks_for
from kyoju_tui.ui.screens.data import DataScreen
from kyoju_tui.ui.screens.nothing import answer_nothing
from kyoju_tui.ui.widgets.empty_note import EmptyNote
from kyoju_tui.ui.widgets.matrix_table import CATEGORY, Marked, MatrixTable, column
from kyoju_tui.ui.widgets.record_table import Row
from kyoju_tui.ui.widgets.wrapping import wrap
from kyoju_tui.workspace.past.wanted import Wanted

_ALL: Final = "@all"
_COLUMNS: Final = {"under_way": "取組中", "considered": "検討中", "data": "既往データ", "issues": "課題"}
_PRESETS: Final[dict[str, dict[str, object]]] = {
    "under_way": {"kind": "取組", "status": "取組中"},
    "considered": {"kind": "取組", "status": "検討中"},
    "data": {"kind": "データ"},
    "issues": {"kind": "課題"},
}
_KINDS: Final[dict[str, EntryKind]] = {"under_way": "取組", "considered": "取組", "data": "データ", "issues": "課題"}
_CATEGORY_WIDTH: Final = 13
_TALLEST: Final = 10
_EMPTY: Final = (
    "整理表は、カテゴリー（行）がそろうと表示されます。\n\nCtrl+O で「カテゴリー」「部署」を開き、F4 で加えてください。"
)


class CategoryTableScreen(DataScreen):
    """The table; F3 chooses whose."""

    title_ja = "カテゴリー別整理表"
    COMMANDS = ("open", "new", "search", "category-table.nothing", "reload", "back")
    AUTO_FOCUS = "MatrixTable"

    def __init__(self, category: str = "", department: str = "") -> None:
        """The cursor begins on `category`; `department` limits the table to one."""
        super().__init__()
        self._begin = category
        self._department = department

    def compose_body(self) -> Iterable[Widget]:
        """The table."""
        yield EmptyNote(_EMPTY)
        yield MatrixTable()

    def on_mount(self) -> None:
        """Show the table, the cursor where it was asked for."""
        self.show()
        self.query_one(MatrixTable).move_to(self._begin or self.query_one(MatrixTable).row_key, "under_way")

    @property
    def matrix(self) -> Matrix:
        """The matrix that the table is taken from."""
        return computed_for(self.workspace).matrix(self.snapshot, self.today)

    def show(self) -> None:
        """Show the table, touching only what differs."""
        matrix = self.matrix
        if self._department and all(axis.id != self._department for axis in matrix.departments):
            self._department = ""
        rows = category_table(matrix, self._department or None)
        each = max(12, (self.query_one(MatrixTable).room - _CATEGORY_WIDTH) // len(_COLUMNS))
        table = self.query_one(MatrixTable)
        table.display = bool(rows)
        self.query_one(EmptyNote).display = not rows
        columns = (
            column(CATEGORY, "カテゴリー", _CATEGORY_WIDTH),
            *(column(key, label, each) for key, label in _COLUMNS.items()),
        )
        table.set_rows(columns, [self._row(row, each, marks_for(self.kyoju.current_theme)) for row in rows])
        self.show_title()

    @property
    def title_detail(self) -> str:
        """Whose table it is."""
        return self.snapshot.departments[self._department].name if self._department else "すべての部署"

    def _row(self, row: TableRow, width: int, marks: Marks) -> Row:
        cells = [self._head(row, marks), *(self._cell(row, key, width, marks) for key in _COLUMNS)]
        return Row(row.category.id, tuple(cells), min(max(2, *(len(cell.lines) for cell in cells)), _TALLEST))

    def _head(self, row: TableRow, marks: Marks) -> Marked:
        lines = [(row.category.short, "bold")]
        if self._department:
            state = self.matrix.cells[row.category.id, self._department].state
            if state != "記載あり":
                lines.append((state, marks.gap if state == "記入なし" else marks.calm))
        return Marked.of(*lines)

    def _cell(self, row: TableRow, key: str, width: int, marks: Marks) -> Marked:
        refs = _refs(row, key)
        if not refs:
            nothing = self._department and any(mark.kind in (None, _KINDS[key]) for mark in row.nothing)
            return Marked.of(("該当なし" if nothing else "－", marks.calm))
        lines: list[tuple[str, str]] = []
        for number, ref in enumerate(refs):
            wrapped = wrap(self._title(ref), width - 3)
            if len(lines) + len(wrapped) > _TALLEST - (number < len(refs) - 1):
                lines.append((f"ほか{len(refs) - number}件", marks.calm))
                break
            lines += [(f"{'　' if at else '・'}{text}", "") for at, text in enumerate(wrapped)]
        return Marked.of(*lines)

    def _title(self, ref: Ref) -> str:
        title = self.snapshot.title(ref)
        department = holder(self.matrix, ref)
        if self._department or department is None or department not in self.snapshot.departments:
            return title
        return f"{title}（{self.snapshot.name('department', department)}）"

    def wanted_here(self) -> Wanted:
        """The row, of the department whose table it is."""
        return Wanted(category=self.query_one(MatrixTable).row_key, department=self._department)

    def refs_here(self) -> Sequence[Ref]:
        """What stands in the cell."""
        row, key = self._here()
        return () if row is None or key == CATEGORY else _refs(row, key)

    # -- acting --------------------------------------------------------------------------------------------------

    def _here(self) -> tuple[TableRow | None, str]:
        table = self.query_one(MatrixTable)
        rows = category_table(self.matrix, self._department or None)
        return next((row for row in rows if row.category.id == table.row_key), None), table.column_key

    def action_open(self) -> None:
        """Open what stands here: the only record at once, one of several by choice, an empty cell to be filled."""
        row, key = self._here()
        if row is None:
            return
        if key == CATEGORY:
            self.edit(f"categories/{row.category.id}")
            return
        refs = _refs(row, key)
        if not refs:
            self.action_new()
        elif len(refs) == 1:
            self.edit(refs[0])
        else:
            choices = [Candidate(str(ref), self._title(ref), _COLUMNS[key]) for ref in refs]
            self.kyoju.push_screen(Picker("開くもの", choices, (), many=False), self._chosen)

    def _chosen(self, values: Sequence[str] | None) -> None:
        if values:
            self.edit(values[0])

    def action_new(self) -> None:
        """Add what belongs here: kind and status from the column, category from the row."""
        row, key = self._here()
        if row is not None:
            preset = _PRESETS.get(key, _PRESETS["under_way"])
            self.add("entry", department=self._department or None, preset={**preset, "categories": [row.category.id]})

    def action_nothing(self) -> None:
        """Answer 「該当なし」 for the kind of this column, or in the first column for any; or take that back."""
        row, key = self._here()
        if row is None:
            return
        if not self._department:
            self.kyoju.notify("「該当なし」は部署ごとの回答です。F3 で部署を選んでから使います。")
            return
        there: set[EntryKind] = {
            self.snapshot.entries[ref].kind for ref in (*row.under_way, *row.considered, *row.issues)
        }
        there |= {"データ"} if row.data else set()
        kinds: list[EntryKind] = [
            kind
            for kind in ("取組", "課題", "データ")
            if kind not in there and (key == CATEGORY or _KINDS.get(key) == kind)
        ]
        if not kinds:
            self.kyoju.notify("ここには記載があります。無くなったものは、開いて「終了」にするか削除します。")
            return
        cell = self.matrix.cells[row.category.id, self._department]
        self.run_worker(answer_nothing(self, cell, kinds, whole=key == CATEGORY and not there))

    def action_search(self) -> None:
        """Choose whose table to see."""
        everybody = Candidate(_ALL, "すべての部署", "", ("すべて", "ぜんぶ"))
        choices = [everybody, *candidates(self.snapshot, "department", self.today)]
        self.kyoju.push_screen(Picker("部署", choices, (self._department or _ALL,), many=False), self._limit)

    def _limit(self, values: Sequence[str] | None) -> None:
        if values:
            self._department = "" if values[0] == _ALL else values[0]
            self.show()


def _refs(row: TableRow, key: str) -> tuple[Ref, ...]:
    return {"under_way": row.under_way, "considered": row.considered, "data": row.data, "issues": row.issues}[key]

"""A sheet read row by row under its layout: every filled cell becomes an entry, or is told with its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from kyoju_tui.exchange.inquiries.answer_values import CellReader
from kyoju_tui.exchange.sheets import words
from kyoju_tui.exchange.sheets.cells import CellRows
from kyoju_tui.exchange.sheets.field_values import FieldReader
from kyoju_tui.exchange.sheets.found import Reading
from kyoju_tui.exchange.sheets.grid import Grid
from kyoju_tui.exchange.sheets.layout import Layout, LayoutColumn
from kyoju_tui.exchange.sheets.names import Names
from kyoju_tui.exchange.sheets.page import Page, shown
from kyoju_tui.exchange.sheets.pointing import pointing
from kyoju_tui.exchange.sheets.projects import KEYS, ProjectRows
from kyoju_tui.records.snapshot import Snapshot

_SHOWN: Final = 8


def read_grid(grid: Grid, layout: Layout, names: Names, snapshot: Snapshot, file: str, today: date) -> Reading:
    """Everything that a sheet holds below its head. Never raises on what people write."""
    return _Run(Page(grid, layout, names, file, today), FieldReader(CellReader(snapshot, today), today)).read()


class _Run:
    """One reading: row after row, each to the reader that it is for."""

    def __init__(self, page: Page, fields: FieldReader) -> None:
        self._page = page
        self._cells = CellRows(page)
        self._projects = ProjectRows(page, fields)
        self._skipped: list[int] = []
        grid, layout = page.grid, page.layout
        self._heads = [[grid.text(row, c) for c in range(grid.width)] for row in range(layout.head_from, layout.body)]

    def read(self) -> Reading:
        """Read all rows."""
        for row in range(self._page.layout.body, self._page.grid.height):
            filled = self._page.grid.filled(row)
            lost = [column for column in range(self._page.grid.width) if self._page.grid.lost(row, column)]
            for column in lost:
                self._page.left(
                    row, column, "", "計算式の結果が保存されていません。Excelで開いて保存し直してください。"
                )
            if filled and not self._apart(row, filled):
                self._row(row, filled)
        self._page.left_columns(_unknown_column)
        if self._skipped:
            rows = "、".join(str(row + 1) for row in self._skipped[:_SHOWN])
            more = f"ほか{len(self._skipped) - _SHOWN}行" if len(self._skipped) > _SHOWN else ""
            self._page.out.remarks.append(f"小計・合計の行（{rows}行目{more}）は取り込みません。")
        if self._page.settled_away:
            away = self._page.settled_away
            self._page.out.remarks.append(f"取り込まないことにした部署・カテゴリーの欄が{away}あります。")
        if self._page.grid.cut_off:
            self._page.out.remarks.append(
                f"シート「{self._page.grid.name}」の{self._page.grid.width}列より右は読んでいません。"
            )
        return self._page.out

    def _apart(self, row: int, filled: Sequence[int]) -> bool:
        """Whether a row is a sum, a note, a repeated head, or the name of a department or category alone."""
        texts = [self._page.grid.text(row, column) for column in range(self._page.grid.width)]
        if texts in self._heads:
            return True
        first = texts[filled[0]].strip()
        column = self._page.by_number.get(filled[0])
        if words.subtotal(first) and (column is None or column.field not in words.CELLS):
            self._skipped.append(row)
            return True
        if len(filled) > 1:
            return False
        if self._names_nothing(first, column):
            self._page.out.remarks.append(f"{self._page.grid.where(row, filled[0])} は読んでいません：{shown(first)}")
            return True
        if words.footnote(first) and (
            column is None or column.field not in words.CELLS or len(self._page.layout.columns) > 2
        ):
            self._page.out.remarks.append(f"{self._page.grid.where(row, filled[0])} の注記：{' '.join(first.split())}")
            return True
        if self._page.layout.form == "事務事業一覧" and (
            column is None or column.field in ("", words.SKIPPED, *KEYS, "title")
        ):
            return self._named_alone(first, column)
        return False

    def _names_nothing(self, text: str, column: LayoutColumn | None) -> bool:
        """Whether a line of an 一覧表 holds nothing but words where a row's name would stand, and they are no name."""
        if self._page.layout.form == "事務事業一覧" or column is None or words.footnote(text):
            return False
        if column.field not in (words.DEPARTMENT, words.CATEGORY) or pointing(text) is not None:
            return False
        kind = "department" if column.field == words.DEPARTMENT else "category"
        return self._page.names.find(kind, text) is None

    def _named_alone(self, text: str, column: LayoutColumn | None) -> bool:
        """A line between the rows that says whose the following ones are."""
        bare = text.strip("■●○◆◇【】［］[]<>＜＞ 　")
        if column is not None and column.field == "title" and self._page.names.find("department", bare) is None:
            return False
        for kind in ("department", "category"):
            if self._page.names.find(kind, bare) is not None or (kind == "department" and words.like_department(bare)):
                self._page.carried[kind] = bare
                if kind == "department":
                    self._page.under = bare
                return True
        return False

    def _row(self, row: int, filled: Sequence[int]) -> None:
        self._page.at(row)
        for kind in ("department", "category"):
            self._page.key(row, kind)
        plain = [c for c in filled if (found := self._page.by_number.get(c)) is None or found.field not in words.CELLS]
        for column in (self._page.by_number[c] for c in filled if c not in plain):
            self._cells.read(row, column)
        if self._page.layout.form == "事務事業一覧":
            self._projects.read(row, [self._page.by_number[c] for c in plain if c in self._page.by_number])
        else:
            for number in plain:
                self._beside(row, number)

    def _beside(self, row: int, number: int) -> None:
        """A cell of an 一覧表 that is neither split nor names the row."""
        column = self._page.by_number.get(number)
        if column is None or column.field not in (*KEYS, words.SKIPPED):
            self._page.unplaced.setdefault(number, []).append(row)


def _unknown_column(column: LayoutColumn | None) -> str:
    if column is not None and column.field:
        return f"「{words.label_of(column.field)}」は、1行が1件の表からだけ取り込めます。"
    like = words.like_meaning(column.heading) if column is not None else ""
    return "この列がどの項目か分かりません。" + (f"「{words.label_of(like)}」のことでしょうか。" if like else "")

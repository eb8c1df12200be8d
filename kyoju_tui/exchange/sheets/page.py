"""A sheet while it is read: its cells and layout, whose each row is, and what was found so far."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Final, Literal

from kyoju_tui.exchange.books.values import Value, address
from kyoju_tui.exchange.sheets import words
from kyoju_tui.exchange.sheets.found import Left, Origin, Reading
from kyoju_tui.exchange.sheets.grid import Grid
from kyoju_tui.exchange.sheets.layout import Layout, LayoutColumn
from kyoju_tui.exchange.sheets.names import Meant, Named, Names
from kyoju_tui.exchange.sheets.pointing import pointing
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.text import LINE_LIMIT, TEXT_LIMIT

_KINDS: Final[dict[str, EntryKind]] = {
    "取": "取組", "検": "取組", "実": "取組", "課": "課題", "問": "課題",
    "デ": "データ", "既": "データ", "基": "データ",
}  # fmt: skip
_SHOWN: Final = 200
_MORE: Final = 5


class Page:
    """One sheet being read. What the rows above say of department and category holds for those below."""

    def __init__(self, grid: Grid, layout: Layout, names: Names, file: str, today: date) -> None:
        self.grid = grid
        self.layout = layout
        self.names = names
        self.file = file
        self.today = today
        self.out = Reading()
        self.by_number = {column.number: column for column in layout.columns}
        self.carried: dict[Named, str] = {}
        # The department that a line between the rows named last: a section below it is its own.
        self.under = ""
        # The row of entries above the present one, and where what its cells say stands.
        self.above = -1
        self._row = -1
        self._sources: dict[int, tuple[int, int]] = {}
        # By column of which nobody knows what it is: its filled cells.
        self.unplaced: dict[int, list[int]] = {}
        # Cells whose department or category is settled to be left out.
        self.settled_away = 0
        self._sheet_department = names.find("department", grid.name) or ""

    def at(self, row: int) -> None:
        """Go on to a row of entries: for a cell that points to the one above or to its left, that one counts."""
        before, self._sources = self._sources, {}
        self.above, self._row = self._row, row
        for column in range(self.grid.width):
            text = self.grid.shared(row, column)
            where = pointing(text)
            source = before.get(column) if where == "上" else self._sources.get(column - 1) if where else (row, column)
            if text.strip() and source is not None:
                self._sources[column] = source

    def text(self, column: int) -> str:
        """What a cell of the present row says; empty where it points to an empty one."""
        source = self._sources.get(column)
        return "" if source is None else self.grid.shared(*source).strip()

    def value(self, column: int) -> Value:
        """The value that a cell of the present row stands for."""
        source = self._sources.get(column)
        return None if source is None else self.grid.value(*source)

    def key(self, row: int, kind: Named) -> tuple[str, int]:
        """The name that stands in the row for its department or category, or the last one above; and its column."""
        columns = self.layout.of(kind)
        for column in columns:
            text = self.text(column.number) if row == self._row else self.grid.shared(row, column.number).strip()
            if text and pointing(text) is None:
                self.carried[kind] = text
                return text, column.number
        return self.carried.get(kind, ""), columns[0].number if columns else -1

    def department(self, row: int, column: LayoutColumn | None) -> tuple[Meant, str]:
        """The department of a cell: its column's, its row's, the sheet's, the one for all; and the word for it."""
        if column is not None and column.named == "department":
            if column.id:
                return Meant(column.id), column.name
            return self.names.department(column.name), column.name
        word, _ = self.key(row, "department")
        if word:
            meant = self.names.department(word)
            if meant.id is None and self.under and word.endswith(words.SECTIONS):
                meant = replace(self.names.department(self.under), section=" ".join(word.split())[:LINE_LIMIT])
            return meant, word
        default = self.names.decisions.department or self._sheet_department
        return Meant(default or None), ""

    def category(self, row: int, column: LayoutColumn | None) -> tuple[list[str] | None, str]:
        """The categories of a cell (None: nobody knows), and the word for them. A merged cell may stand in several."""
        if column is not None and column.named == "category":
            found = column.id or self.names.find("category", column.name)
            return (None if found is None else [found] if found else []), column.name
        word, _ = self.key(row, "category")
        if word:
            whole = self.names.find("category", word)
            if whole is not None:
                return ([whole] if whole else []), word
            parts = [each.strip() for each in word.replace("\n", "、").replace("・", "、").split("、") if each.strip()]
            several = [self.names.find("category", each) for each in parts]
            if len(parts) > 1 and all(several):
                return [each for each in several if each], word
            return None, word
        default = self.names.decisions.category
        return ([default] if default else None), ""

    def unsettled(self, kind: Named, word: str, filled: int = 1) -> str:
        """That nobody knows whose something is, counted for the one who has to settle it."""
        label = "部署" if kind == "department" else "カテゴリー"
        self.out.unknown[kind, word] = self.out.unknown.get((kind, word), 0) + filled
        if not word:
            return f"どの{label}のものか分かりません。"
        like = self.names.suggestion(kind, word)
        hint = f"「{like}」のことでしょうか。" if like else ""
        return f"「{shown(word)}」という{label}はありません。{hint}"

    def left(self, row: int, column: int, heading: str, why: str, *, nothing: bool = False, text: str = "") -> None:
        """Note a cell that becomes no entry; `text` is the part of it that is meant, where that is not all."""
        outcome: Literal["不明", "該当なし"] = "該当なし" if nothing else "不明"
        self.out.left.append(
            Left(self.grid.where(row, column), heading, text or self.grid.text(row, column), why, outcome)
        )

    def left_columns(self, why: Callable[[LayoutColumn | None], str]) -> None:
        """Note the columns of which nobody knows what they are, each once. `why` says so of one."""
        for number, rows in self.unplaced.items():
            column = self.by_number.get(number)
            heading = column.heading if column is not None else ""
            more = "、".join(address(row, number) for row in rows[1 : _MORE + 1])
            rest = (
                f"{more}{'など' if len(rows) > _MORE + 1 else ''}の{len(rows) - 1}欄も取り込みません。" if more else ""
            )
            self.left(rows[0], number, heading, f"{why(column)}{rest}")

    def origin(self, row: int, column: int) -> Origin:
        """Where a cell stands."""
        return Origin(self.file, self.grid.name, address(row, column))

    def kind(self) -> EntryKind | None:
        """The kind that a column of its own tells for the row; None where there is none, or it says something else."""
        for each in self.layout.of(words.KIND):
            text = self.text(each.number)
            if text:
                return _KINDS.get(text[0])
        return None


def bounded(text: str) -> tuple[str | None, str]:
    """A text in two halves where one field cannot hold it."""
    return (text[:TEXT_LIMIT] or None), text[TEXT_LIMIT:]


def shown(text: str) -> str:
    """A text on one line that is not too long for a sentence."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def unknown_words(readings: Iterable[Reading]) -> dict[tuple[Named, str], int]:
    """The words that nobody settled, over several sheets, with how many cells wait for each."""
    found: dict[tuple[Named, str], int] = {}
    for reading in readings:
        for key, count in reading.unknown.items():
            found[key] = found.get(key, 0) + count
    return found

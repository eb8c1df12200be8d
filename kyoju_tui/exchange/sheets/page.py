"""A sheet while it is read: its cells and layout, whose each row is, and what was found so far."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final, Literal

from kyoju_tui.exchange.books.values import address
from kyoju_tui.exchange.sheets import words
from kyoju_tui.exchange.sheets.found import Left, Origin, Reading
from kyoju_tui.exchange.sheets.grid import Grid
from kyoju_tui.exchange.sheets.layout import Layout, LayoutColumn
from kyoju_tui.exchange.sheets.names import Meant, Named, Names
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.text import TEXT_LIMIT

_KINDS: Final[dict[str, EntryKind]] = {
    "取": "取組", "検": "取組", "実": "取組", "課": "課題", "問": "課題",
    "デ": "データ", "既": "データ", "基": "データ",
}  # fmt: skip
_SHOWN: Final = 200


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
        # Cells whose department or category is settled to be left out.
        self.settled_away = 0
        self._sheet_department = names.find("department", grid.name) or ""

    def key(self, row: int, kind: Named) -> tuple[str, int]:
        """The name that stands in the row for its department or category, or the last one above; and its column."""
        columns = self.layout.of(kind)
        for column in columns:
            text = self.grid.shared(row, column.number).strip()
            if text:
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
            return self.names.department(word), word
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

    def origin(self, row: int, column: int) -> Origin:
        """Where a cell stands."""
        return Origin(self.file, self.grid.name, address(row, column))

    def kind(self, row: int) -> EntryKind | None:
        """The kind that a column of its own tells for a row; None where there is none, or it says something else."""
        for each in self.layout.of(words.KIND):
            text = self.grid.shared(row, each.number).strip()
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

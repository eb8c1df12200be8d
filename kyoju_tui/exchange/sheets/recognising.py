"""What a sheet is by its heads: where they stand, what each column means, whose it is. Words decide, never places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.books.values import Book
from kyoju_tui.exchange.sheets import words
from kyoju_tui.exchange.sheets.grid import Grid, one_line
from kyoju_tui.exchange.sheets.layout import Layout, LayoutColumn, form_of
from kyoju_tui.exchange.sheets.names import Names, unnumbered
from kyoju_tui.exchange.sheets.project_columns import project_columns
from kyoju_tui.records.base import EntryKind
from kyoju_tui.records.folding import fold
from kyoju_tui.workspace.new_store.presets import OTHERS, PRESETS

_SEARCHED: Final = 40
_DEEPEST: Final = 4
_SHORT: Final = 30
_PRESET: Final = frozenset(fold(row[1]) for rows in (*PRESETS.values(), OTHERS) for row in rows)
_LEGEND: Final = re.compile(
    r"([○●◎◯〇■□◆◇▲△★☆])[ 　]*[：:=＝…は]?[ 　]*(?:は)?(取り?組み?|課題|問題点|データ)(?=$|[\s　、，,・；;）)。／/])"
)
_KINDS: Final[dict[str, EntryKind]] = {"取": "取組", "課": "課題", "問": "課題", "デ": "データ"}
_CELL_WORDS: Final[dict[str, str]] = {
    "取組": words.INITIATIVE, "取組み": words.INITIATIVE, "取り組み": words.INITIATIVE, "取組中": words.INITIATIVE,
    "実施中": words.INITIATIVE, "取組内容": words.INITIATIVE, "取組状況": words.INITIATIVE, "検討中": words.PLANNED,
    "課題": words.ISSUE, "問題点": words.ISSUE, "課題等": words.ISSUE, "データ": words.DATA, "既往データ": words.DATA,
    "基礎データ": words.DATA, "取組・課題": words.ANY, "取組課題": words.ANY,
}  # fmt: skip
_CELLS_BY_FOLD: Final = {fold(word): meaning for word, meaning in _CELL_WORDS.items()}
_NO_NAME: Final = frozenset(map(fold, ("計", "合計", "意見・考え方等", "意見", "備考", "その他", "件数")))


@dataclass(frozen=True, slots=True)
class _Head:
    """A row that looks like a head, and how much speaks for it."""

    row: int
    score: int
    crossing: bool


def recognise(grid: Grid, names: Names) -> Layout | None:
    """The layout of a sheet; None where neither kind of list is recognised."""
    head = _project_head(grid) or _crossing_head(grid, names)
    if head is None:
        return None
    top, rows = _extent(grid, head, names)
    columns = _crossing_columns(grid, names, top, rows) if head.crossing else project_columns(grid, names, top, rows)
    legend = dict(_legend(grid, top))
    return Layout(grid.sheet.name, form_of(columns), top, rows, columns, legend=legend)


def laid_out(grid: Grid, names: Names, top: int, rows: int) -> Layout:
    """The layout with its head where a person says; what its words do not tell stays unknown."""
    texts = [text for row in range(top, top + rows) for column in grid.filled(row) if (text := grid.text(row, column))]
    found = {words.meaning_of(text) for text in texts}
    crossing = not found & {"title", "outline"} and any(
        _is_department(each, names) or _is_category(each, names) or fold(each) in _CELLS_BY_FOLD for each in texts
    )
    columns = _crossing_columns(grid, names, top, rows) if crossing else project_columns(grid, names, top, rows)
    return Layout(grid.sheet.name, form_of(columns), top, rows, columns, legend=dict(_legend(grid, top)))


def fullest(grid: Grid) -> int:
    """The row that is most likely a head where no word is known: the first of those with the most short texts."""
    rows = range(min(grid.height, _SEARCHED))
    return max(rows, key=lambda row: (len(_short(grid, row)), -row), default=0)


def alike(book: Book, layout: Layout, names: Names) -> tuple[str, ...]:
    """The other visible sheets whose heads say the same: a sheet for each department is common."""
    wanted = [(each.heading, each.field) for each in layout.columns if each.heading]
    found: list[str] = []
    for sheet in book.sheets:
        if sheet.visible and sheet.rows and sheet.name != layout.sheet:
            other = recognise(Grid.of(sheet), names)
            if other is not None and [(each.heading, each.field) for each in other.columns if each.heading] == wanted:
                found.append(sheet.name)
    return tuple(found)


def _project_head(grid: Grid) -> _Head | None:
    """The row with the most headings of a list of projects, if what a project is called is among them."""
    best: _Head | None = None
    for row in range(min(grid.height, _SEARCHED)):
        found = {words.meaning_of(grid.text(row, column)) for column in _short(grid, row)} - {words.NOTHING}
        if "title" not in found and "outline" not in found:
            continue
        score = len(found - {words.SKIPPED})
        if score >= 2 and (best is None or score > best.score):
            best = _Head(row, score, crossing=False)
    return best


def _crossing_head(grid: Grid, names: Names) -> _Head | None:
    """The row that names departments, categories, or 取組 and 課題 beside a column of categories."""
    for row in range(min(grid.height, _SEARCHED)):
        columns = _short(grid, row)
        texts = [grid.text(row, column) for column in columns]
        departments = sum(_is_department(each, names) for each in texts)
        categories = sum(_is_category(each, names) for each in texts)
        cells = len({_CELLS_BY_FOLD[fold(each)] for each in texts if fold(each) in _CELLS_BY_FOLD})
        if departments >= 2 or categories >= 2 or (cells >= 2 and len(columns) >= 3):
            return _Head(row, departments + categories + cells, crossing=True)
    return _by_rows(grid, names)


def _by_rows(grid: Grid, names: Names) -> _Head | None:
    """The row above the first of several categories that stand one below the other."""
    for column in range(min(grid.width, 4)):
        rows = [row for row in range(min(grid.height, _SEARCHED)) if _is_category(grid.text(row, column), names)]
        if len(rows) < 2:
            continue
        for row in range(rows[0] - 1, -1, -1):
            if any(each > column for each in _short(grid, row)):
                return _Head(row, len(rows), crossing=True)
    return None


def _extent(grid: Grid, head: _Head, names: Names) -> tuple[int, int]:
    """The first row of the head and how many it has: merged cells tell, and rows that hold nothing but headings."""
    areas = [grid.covered[head.row, column] for column in range(grid.width) if (head.row, column) in grid.covered]
    tall = [area for area in areas if area.bottom - area.top < _DEEPEST and area.bottom > area.top]
    top = min([head.row, *(area.top for area in tall)])
    end = max([head.row, *(min(area.bottom, grid.height - 1) for area in tall)])
    while (
        end + 1 < grid.height
        and end - top + 1 < _DEEPEST
        and (_only_headings(grid, end + 1, top) or (head.crossing and _only_departments(grid, end + 1, names)))
    ):
        end += 1
    return top, end - top + 1


def _only_headings(grid: Grid, row: int, top: int) -> bool:
    """Whether a row below a head goes on with it: nothing but units, years and the words of headings."""
    filled = grid.filled(row)
    first = next((column for column in range(grid.width) if grid.shared(top, column).strip()), -1)
    if not filled or filled[0] <= first:
        return False
    return all(_is_heading(grid.text(row, column)) for column in filled)


def _only_departments(grid: Grid, row: int, names: Names) -> bool:
    """Whether a row below the bureaus names their departments, beside what the first columns are called."""
    texts = [grid.text(row, column) for column in grid.filled(row)]
    departments = [text for text in texts if _is_department(text, names)]
    return len(departments) >= 2 and all(text in departments or _is_heading(text) for text in texts)


def _is_heading(text: str) -> bool:
    bare = text.strip().strip("（）()")
    return len(bare) <= _SHORT and (
        fold(bare) in _CELLS_BY_FOLD or bool(words.meaning_of(bare)) or bare in words.UNITS or bool(words.year_of(bare))
    )


def _crossing_columns(grid: Grid, names: Names, top: int, rows: int) -> tuple[LayoutColumn, ...]:
    """The columns of an 一覧表: those that name the rows, then those of departments, categories or kinds."""
    heads = {number: grid.headings(number, top, rows) for number in range(grid.width)}
    by_category = sum(_is_category(text, names) for texts in heads.values() for text in texts[:1])
    by_department = sum(_is_department(text, names) for texts in heads.values() for text in texts[:1])
    of_rows = words.DEPARTMENT if by_category > by_department else words.CATEGORY
    columns: list[LayoutColumn] = []
    named = False
    for number in range(grid.width):
        texts = heads[number]
        below = grid.below(number, top + rows)
        if not texts and not below:
            continue
        column = _crossing_column(number, texts, below, of_rows, names, rows_named=named)
        named = named or column.field == of_rows
        columns.append(column)
    if of_rows == words.CATEGORY and not any(each.named == "department" for each in columns):
        # A row for each department and category: its head says 担当課 or the like.
        whose = next((each for each in columns if words.meaning_of(each.heading) == words.DEPARTMENT), None)
        columns = [each.being(words.DEPARTMENT) if each is whose else each for each in columns]
    return tuple(columns)


def _crossing_column(
    number: int, texts: list[str], below: list[str], of_rows: str, names: Names, *, rows_named: bool
) -> LayoutColumn:
    whole = one_line(texts)
    first, last = (texts[0], texts[-1]) if texts else ("", "")
    kind = _CELLS_BY_FOLD.get(fold(last), "")
    if not rows_named and not kind and not (_is_department(first, names) or _is_category(first, names)):
        meaning = words.meaning_of(first)
        rows_are = sum(_row_name(each, of_rows, names) for each in below)
        if meaning == of_rows or (below and rows_are * 2 >= len(below)) or (not texts and rows_are):
            return LayoutColumn(number, whole, of_rows)
    if below and all(fold(each) in _CELLS_BY_FOLD for each in below) and not kind:
        return LayoutColumn(number, whole, words.KIND)
    if words.meaning_of(first) == words.SKIPPED or not texts:
        return LayoutColumn(number, whole, words.SKIPPED if texts else words.NOTHING)
    if len(texts) == 1 and kind:
        return LayoutColumn(number, whole, kind)
    if fold(first) in _NO_NAME or words.subtotal(first):
        return LayoutColumn(number, whole, words.SKIPPED if words.subtotal(first) else words.NOTHING)
    if of_rows == words.DEPARTMENT:
        return LayoutColumn(number, whole, kind or words.ANY, "category", first)
    other = words.meaning_of(first)
    name = _whose(texts, names)
    if other and not _is_department(name, names):
        return LayoutColumn(number, whole, other if other in words.CELLS else words.NOTHING)
    return LayoutColumn(number, whole, kind or words.ANY, "department", name)


def _whose(texts: list[str], names: Names) -> str:
    """Which text of a head of several rows names the department: the lowest known one, below its bureau."""
    known = [text for text in texts if names.find("department", text) is not None]
    like = [text for text in texts if words.like_department(text)]
    # A section below a department that is not known yet is no department.
    whole = [text for text in like if not text.strip().endswith(words.SECTIONS)]
    return (known or whole or like or texts[:1])[-1]


def _row_name(text: str, of_rows: str, names: Names) -> bool:
    return _is_category(text, names) if of_rows == words.CATEGORY else _is_department(text, names)


def _is_department(text: str, names: Names) -> bool:
    bare = text.strip()
    if not bare or len(bare) > _SHORT:
        return False
    return words.like_department(bare) or names.find("department", bare) is not None


def _is_category(text: str, names: Names) -> bool:
    bare = text.strip()
    if not bare or len(bare) > _SHORT:
        return False
    return fold(unnumbered(bare)) in _PRESET or names.find("category", bare) is not None


def _short(grid: Grid, row: int) -> list[int]:
    """The columns of a row that hold a text short enough for a heading."""
    return [column for column in grid.filled(row) if len(grid.text(row, column)) <= _SHORT * 2]


def _legend(grid: Grid, top: int) -> Iterable[tuple[str, EntryKind]]:
    """What the lines above the head, or the notes under it, say that bullets stand for."""
    rows = [*range(top), *range(max(top, grid.height - 5), grid.height)]
    for row in rows:
        for column in grid.filled(row):
            text = grid.text(row, column)
            found = _LEGEND.findall(text)
            if len({bullet for bullet, _ in found}) >= 2 or (found and ("凡例" in text or row < top)):
                for bullet, word in found:
                    yield bullet, _KINDS[word[0]]

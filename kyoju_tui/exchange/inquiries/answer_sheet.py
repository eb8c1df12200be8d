"""One sheet of an answer: where its headings, its hidden ids and its inputs stand, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import ClassVar, Final

from kyoju_tui.exchange.books.values import Area, Sheet, Value, address
from kyoju_tui.exchange.inquiries.answer_form import Cell, Line
from kyoju_tui.exchange.inquiries.inquiry_layout import (
    ADDED,
    ANSWERS,
    CATEGORY_COLUMN,
    CHOICES,
    COPY,
    EXAMPLE,
    FIRST_FIELD_COLUMN,
    FIRST_ROW,
    HEAD_ROW,
    ID_COLUMN,
    KIND_COLUMN,
    LETTER,
    SAID_COLUMN,
    FormId,
    RowMark,
    heads,
)
from kyoju_tui.records.dates import parse_fiscal_year
from kyoju_tui.records.description import field_map
from kyoju_tui.records.errors import InvalidValue, Refused
from kyoju_tui.records.folding import fold
from kyoju_tui.records.inquiry import Receipt
from kyoju_tui.records.text import FORBIDDEN

_SEARCHED: Final = 40
_WIDE: Final = 60
_HEADS: Final = 4
MOST_ROWS: Final = 5_000
"""Rows of a sheet that are read; a form has some hundred."""
_MOST_COVERED: Final = 500_000
_STRAYS: Final = 20
_UNCOMPUTED: Final = (
    "計算式の結果が保存されていないか、計算の誤り（#REF! など）になっています。値で入れ直してください。"
)
CONFIRMED: Final = field_map(Receipt)["confirmed"].choices
"""How far a department may say that it has confirmed its answer."""
OURS: Final = frozenset(map(fold, (LETTER, ANSWERS, EXAMPLE, CHOICES, COPY)))
"""The folded names of the form's own sheets."""
ANY_YEAR: Final = 2000
"""Stands for the year of 実績 where nothing tells it; no form has it."""
_RESULTS: Final = fold("の実績")


class NotAForm(Refused):
    """The file is no form of an inquiry, or none that this version can read."""

    code: ClassVar[str] = "not-a-form"


class AnswerSheet:
    """One sheet that looks like the answer sheet: where its headings and its ids stand."""

    def __init__(self, sheet: Sheet, form: FormId | None, head: int, by_name: Mapping[str, int]) -> None:
        self.sheet = sheet
        self.form = form
        self._head = head
        self._by_name = by_name
        self._ids = _id_column(sheet)
        self._covered = _covering(sheet)

    @classmethod
    def found(cls, sheet: Sheet) -> AnswerSheet | None:
        """The sheet as an answer sheet; None where it has neither rows' ids nor enough of the headings."""
        if fold(sheet.name) in OURS - {fold(ANSWERS)} or fold(sheet.name).startswith(fold(COPY)):
            return None
        form = next(
            (found for row in sheet.rows[:_SEARCHED] for value in row[:_WIDE] if (found := FormId.parse(value))), None
        )
        names = {fold(name) for name in heads(form.results if form else ANY_YEAR).values()}
        head, best = -1, 0
        for number, row in enumerate(sheet.rows[:_SEARCHED]):
            said = {_name(value) for value in row[:_WIDE] if isinstance(value, str)}
            if len(said & names) > best:
                head, best = number, len(said & names)
        if best < _HEADS:
            head = -1
        if head < 0 and _id_column(sheet) < 0:
            return None
        by_name: dict[str, int] = {}
        for column, value in enumerate(sheet.rows[head][:_WIDE] if head >= 0 else ()):
            if isinstance(value, str):
                by_name.setdefault(_name(value), column)
        return cls(sheet, form, head, by_name)

    @property
    def results(self) -> int:
        """The fiscal year of 実績 as its heading says it; a year of no form where none does."""
        for name in self._by_name:
            if name.endswith(_RESULTS):
                try:
                    return parse_fiscal_year(name.removesuffix(_RESULTS), date.min)
                except InvalidValue:
                    return ANY_YEAR
        return ANY_YEAR

    @property
    def heading(self) -> str:
        """What stands above the headings, for whoever has to find out which form this is."""
        above = self.sheet.rows[: self._head if self._head >= 0 else FIRST_ROW - 1]
        return "\n".join(str(value) for row in above for value in row if isinstance(value, str))

    def cell(self, row: int, column: int) -> Cell:
        """One cell, counted from 0."""
        where = f"{plain_name(self.sheet.name)}!{address(row, column)}"
        if (row, column) in self.sheet.uncomputed:
            return Cell(
                where, None, "計算式の結果が保存されていないか、計算の誤り（#REF! など）です。値で入れ直してください。"
            )
        covering = self._covered.get((row, column))
        if covering is not None:
            span = f"{address(covering.top, covering.left)}:{address(covering.bottom, covering.right)}"
            return Cell(where, None, f"ほかの欄と結合されています（{span}）。結合を外して入れ直してください。")
        return Cell(where, self.sheet.at(row, column))

    def input(self, place: tuple[int, int], words: Sequence[str]) -> Cell:
        """An input above the headings: where it stood beside them, else wherever one of its words stands."""
        shift = self._head - (HEAD_ROW - 1) if self._head >= 0 else 0
        row, column = place[0] - 1 + shift, place[1] - 1 + max(self._ids, 0)
        if self.sheet.at(row, column) is not None or (row, column) in self.sheet.uncomputed:
            return self.cell(row, column)
        wanted = set(map(fold, words))
        above = range(self._head if self._head >= 0 else FIRST_ROW - 1)
        found = (
            self.cell(number, at)
            for number in above
            for at, value in enumerate(self.sheet.rows[number][:_WIDE] if number < len(self.sheet.rows) else ())
            if isinstance(value, str) and fold(value) in wanted
        )
        return next(found, self.cell(row, column))

    def lines(self, results: int) -> Iterator[Line]:
        """The rows below the headings that have an id or anything in them, in their order."""
        where = self._columns(results)
        known = {*where.values(), self._ids}
        first = self._head + 1 if self._head >= 0 else FIRST_ROW - 1
        rows = self.sheet.rows
        if len(rows) - first > MOST_ROWS and any(_filled(row) for row in rows[first + MOST_ROWS :]):
            raise NotAForm(
                f"「{plain_name(self.sheet.name)}」シートの行が多すぎます（{MOST_ROWS:,}行まで）。"
                "何も取り込んでいません。",
                cure="不要な行を消して保存し直してもらってください。",
            )
        for number in range(first, min(len(rows), first + MOST_ROWS)):
            row = rows[number]
            mark = RowMark.parse(row[self._ids]) if 0 <= self._ids < len(row) else None
            if mark is None and (self._bar(number, where) or not (_filled(row) or self._faulty(number))):
                continue
            yield self._line(number, mark, where, known)

    def _bar(self, row: int, where: Mapping[int, int]) -> bool:
        """Whether a heading goes across the row."""
        said, title = where.get(SAID_COLUMN, -1), where.get(FIRST_FIELD_COLUMN, -1)
        covering = self._covered.get((row, title))
        return covering is not None and covering.top == covering.bottom == row and covering.left <= said

    def _faulty(self, row: int) -> bool:
        return any(place[0] == row for place in self.sheet.uncomputed)

    def _line(
        self,
        number: int,
        mark: RowMark | None,
        where: Mapping[int, int],
        known: set[int],
    ) -> Line:
        fixed = {CATEGORY_COLUMN, KIND_COLUMN, SAID_COLUMN}
        return Line(
            f"{plain_name(self.sheet.name)}!{number + 1}行",
            number + 1,
            mark,
            self._anchored(number, where.get(CATEGORY_COLUMN, -1)),
            self._anchored(number, where.get(KIND_COLUMN, -1)),
            self.cell(number, where[SAID_COLUMN]) if SAID_COLUMN in where else Cell("", None),
            {column: self.cell(number, place) for column, place in where.items() if column not in fixed},
            tuple(
                self.cell(number, column)
                for column, value in enumerate(self.sheet.rows[number])
                if value is not None and column not in known
            )[:_STRAYS],
        )

    def _anchored(self, row: int, column: int) -> Cell:
        """A cell whose value a merged area gives to all its rows, as is usual with categories."""
        covering = self._covered.get((row, column))
        return self.cell(covering.top, covering.left) if covering is not None else self.cell(row, column)

    def _columns(self, results: int) -> dict[int, int]:
        """Where each column of the layout stands, from 0: by its heading, else where it stood if that is still free."""
        found: dict[int, int] = {}
        for number, name in heads(results).items():
            at = self._by_name.get(fold(name))
            if at is not None:
                found[number] = at
        shift = self._ids - (ID_COLUMN - 1) if self._ids >= 0 else 0
        for number in heads(results):
            place = number - 1 + shift
            free = place not in found.values() and not (self._head >= 0 and self._head_at(place))
            if number not in found and free:
                found[number] = place
        return found

    def _head_at(self, column: int) -> bool:
        """Whether a column has a heading of its own, which then says that something else stands there."""
        value = self.sheet.at(self._head, column)
        names = {fold(name) for name in heads(self.form.results if self.form else ANY_YEAR).values()}
        return isinstance(value, str) and _name(value) in names


def _covering(sheet: Sheet) -> dict[tuple[int, int], Area]:
    """The cells that a merged area hides, within what the sheet holds."""
    covered: dict[tuple[int, int], Area] = {}
    looked = 0
    height = min(len(sheet.rows), MOST_ROWS + _SEARCHED)
    width = min(max((len(row) for row in sheet.rows[:1]), default=0), _WIDE)
    for area in sheet.merged:
        looked += 1 + max(0, min(area.bottom + 1, height) - area.top) * max(0, min(area.right + 1, width) - area.left)
        if looked > _MOST_COVERED:
            raise NotAForm(
                f"「{plain_name(sheet.name)}」シートに結合された欄が多すぎます。何も取り込んでいません。",
                cure="結合を外して保存し直してもらってください。",
            )
        for row in range(area.top, min(area.bottom + 1, height)):
            for column in range(area.left, min(area.right + 1, width)):
                if (row, column) != (area.top, area.left):
                    covered[row, column] = area
    return covered


def _id_column(sheet: Sheet) -> int:
    """The column that holds the rows' ids; -1 where they are lost."""
    counts: dict[int, int] = {}
    for row in sheet.rows[:MOST_ROWS]:
        for column, value in enumerate(row[:_WIDE]):
            if isinstance(value, str) and value.startswith("kyoju-row|"):
                counts[column] = counts.get(column, 0) + 1
                break
    return max(counts, key=lambda column: counts[column]) if counts else -1


def _filled(row: Sequence[Value]) -> bool:
    return any(value is not None and value != ADDED for value in row)


def _name(text: str) -> str:
    """A heading for comparing: without what stands in brackets behind it or on its further lines."""
    return fold(text.partition("\n")[0].partition("（")[0])


def plain_name(name: str) -> str:
    """A sheet's name for people."""
    return FORBIDDEN.sub("", name)[:40]

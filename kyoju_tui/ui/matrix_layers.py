"""The 一覧表 as rows of cells, one way per layer: states, texts, findings, opinions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Final

from rich.cells import cell_len

from kyoju_tui.overview.asked import CellKey
from kyoju_tui.overview.matrix import Axis, Cell, Matrix
from kyoju_tui.overview.point_places import by_place
from kyoju_tui.overview.wording import data_words, needed_words, opinion_words
from kyoju_tui.records.dates import format_short
from kyoju_tui.ui.marks import Marks
from kyoju_tui.ui.matrix_filter import Filter
from kyoju_tui.ui.matrix_words import OPEN_ANSWERS, SHORT, count_lines, counts, counts_of, sort_of
from kyoju_tui.ui.widgets.matrix_table import CATEGORY, DATA, OPINIONS, Marked, column
from kyoju_tui.ui.widgets.record_table import Column, Row
from kyoju_tui.ui.widgets.wrapping import wrap

if TYPE_CHECKING:
    from kyoju_tui.overview.findings import FindingView

STATES, TEXTS, FINDINGS, POINTS_OF_VIEW = "states", "texts", "findings", "opinions"
LAYERS: Final[Mapping[str, str]] = {
    STATES: "記入の状況",
    TEXTS: "件名",
    FINDINGS: "論点",
    POINTS_OF_VIEW: "意見",
}
_WIDTHS: Final = {STATES: 10, TEXTS: 21, FINDINGS: 10, POINTS_OF_VIEW: 21}
_CATEGORY_WIDTH: Final = 15
_OPINIONS_WIDTH: Final = 33
# Beyond this a wider column says nothing more.
_ENOUGH: Final = {STATES: 14, TEXTS: 35, FINDINGS: 14, POINTS_OF_VIEW: 35}
_TALLEST: Final = 8
# A line of text in a cell that says there is nothing, where that is no gap.
_NOTHING: Final = "－"


@dataclass(frozen=True, slots=True)
class Points:
    """What is raised, and by the cell that it is about; (category, `CATEGORY`) stands for a whole row."""

    views: tuple[FindingView, ...] = ()
    by_place: Mapping[CellKey, tuple[FindingView, ...]] = field(
        default_factory=dict[CellKey, "tuple[FindingView, ...]"]
    )

    @classmethod
    def of(cls, views: tuple[FindingView, ...], matrix: Matrix) -> Points:
        """Put findings into their places."""
        return cls(views, by_place(views, matrix))


@dataclass(frozen=True, slots=True)
class Widths:
    """Of 基礎データ and of every department (`each`), of 意見・考え方等 (`last`); `left` goes to the categories."""

    each: int
    last: int
    left: int

    @classmethod
    def of(cls, room: int, count: int, least: int, enough: int) -> Widths:
        """Share `room` so that, scrolled to either end, only whole columns are in sight."""
        if count * least + _OPINIONS_WIDTH <= room:
            each = min(enough, (room - _OPINIONS_WIDTH) // count)
            return cls(each, room - count * each, 0)
        shown = max(1, room // least)
        each = max(2, room // shown)
        return cls(each, min(shown, -(-_OPINIONS_WIDTH // each)) * each, max(0, room - shown * each))


@dataclass(frozen=True)
class Sheet:
    """What is shown: a matrix, what is raised about it as far as that is known, and how.

    `projector` leaves out who is late and what is only for the secretariat (投影用表示). `room` is how many cells the
    table shows side by side. Where an earlier moment is shown, `now` is the matrix as it is today. `filled_in` is
    whether F4 fills in a place here: it does not in a meeting, where it is an opinion.
    """

    matrix: Matrix
    raised: Points
    layer: str
    limits: Filter
    marks: Marks
    projector: bool
    room: int
    now: Matrix | None = None
    filled_in: bool = True

    @property
    def tells_keys(self) -> bool:
        """Whether the keys that fill in a place are told: not of the past, and not where they mean something else."""
        return self.filled_in and self.now is None

    def columns(self) -> tuple[Column, ...]:
        """Categories, 基礎データ, departments, 意見・考え方等; scrolled to either end, all in sight are whole."""
        data = "基礎データ"
        longest = max((cell_len(axis.short) for axis in self.limits.columns(self.matrix)), default=0)
        lines = 2 if longest >= self.widths.each else 1
        middle = [
            column(DATA, data if cell_len(data) < self.widths.each else data[2:], self.widths.each),
            *(column(axis.id, axis.short, self.widths.each, lines) for axis in self.limits.columns(self.matrix)),
        ]
        head = column(CATEGORY, "カテゴリー", self._category_width + self.widths.left)
        return (head, *middle, column(OPINIONS, "意見・考え方等", self.widths.last))

    def rows(self) -> list[Row]:
        """One row per category, as tall as its fullest cell."""
        return [self._row(axis) for axis in self.limits.rows(self.matrix)]

    def points(self, category: str, place: str) -> tuple[FindingView, ...]:
        """What is raised at a place: a department's cell, 基礎データ, or the whole row (`CATEGORY`)."""
        return self.raised.by_place.get((category, place), ())

    def _row(self, axis: Axis) -> Row:
        columns = self.limits.columns(self.matrix)
        cells = [
            self._head(axis),
            self._data(axis.id),
            *(self._cell(self.matrix.cells[axis.id, each.id]) for each in columns),
            self._opinions(axis.id),
        ]
        height = min(max(2, *(len(cell.lines) for cell in cells)), _TALLEST)
        return Row(axis.id, tuple(cells), height)

    @property
    def _category_width(self) -> int:
        """The least that the categories' names need."""
        widest = max((cell_len(axis.short) for axis in self.limits.rows(self.matrix)), default=0)
        return max(12, min(_CATEGORY_WIDTH, widest + 1))

    @cached_property
    def widths(self) -> Widths:
        """How the columns share the room."""
        count = len(self.limits.columns(self.matrix)) + 1
        return Widths.of(self.room - self._category_width, count, _WIDTHS[self.layer], _ENOUGH[self.layer])

    def _head(self, axis: Axis) -> Marked:
        needed, points = len(self.matrix.needed[axis.id]), self.points(axis.id, CATEGORY)
        words = " ".join(filter(None, (f"必要{needed}" if needed else "", _open_points(points))))
        return Marked.of((axis.short, "bold"), *([(words, self.marks.strong)] if words else []))

    def _data(self, category: str) -> Marked:
        data = self.matrix.base_data[category]
        if self.layer == FINDINGS:
            return self._points(self.points(category, DATA))
        if not data:
            return Marked.of((_NOTHING, self.marks.calm))
        if self.layer == TEXTS:
            return self._lines((data_words(self.matrix, ref) for ref in data), self.widths.each)
        return Marked.of((f"{len(data):2}件", ""))

    def _cell(self, cell: Cell) -> Marked:
        if self.layer == FINDINGS:
            return self._points(self.points(cell.category, cell.department))
        if self.layer == POINTS_OF_VIEW:
            lines = [
                line.text
                for line in self.limits.opinions(self.matrix.opinions[cell.category])
                if line.department == cell.department
            ]
            return self._lines(lines, self.widths.each) if lines else Marked.of()
        return self._state(cell)

    def _state(self, cell: Cell) -> Marked:
        if self.limits.limits_entries:
            # Whether the whole cell is filled is another question than what it says of an area.
            second: list[tuple[str, str]] = []
        else:
            second = self._answer(cell)
            if cell.state == "記入なし":
                # One filled block, but for the word that is worse than the gap.
                late = [(word, style if style == self.marks.late else self.marks.gap) for word, style in second]
                return Marked.of((cell.state, self.marks.gap), *late, rest=self.marks.gap)
            if cell.state != "記載あり":
                return Marked.of((cell.state, self.marks.calm), *second)
        refs = self.limits.entries(cell.entries, self.matrix.snapshot)
        if not refs:
            return Marked.of((_NOTHING, self.marks.calm))
        if self.layer == TEXTS:
            entries = self.matrix.snapshot.entries
            named = (f"{SHORT[sort_of(entries[ref])]} {entries[ref].title}" for ref in refs)
            written = self._lines(named, self.widths.each)
            return Marked.of(*second, *written.lines)
        limited = self.limits.limits_entries
        count = counts(refs, self.matrix.snapshot) if limited else counts_of(cell)
        written_counts = count_lines(count, self.widths.each - 1)
        return Marked.of(*((line, self.marks.usual) for line in written_counts), *second)

    def _answer(self, cell: Cell) -> list[tuple[str, str]]:
        """The second word: an answer that is missing. Not for the eyes of other departments."""
        if self.projector or cell.inquiry not in OPEN_ANSWERS:
            return []
        return [(cell.inquiry, self.marks.late if cell.inquiry == "期限超過" else self.marks.waiting)]

    def _points(self, points: Iterable[FindingView]) -> Marked:
        found = [point for point in points if not point.settled]
        strong = sum(point.strong for point in found if point.kind == "論点")
        plain = sum(point.kind == "論点" for point in found)
        reminders = 0 if self.projector else sum(point.kind == "確認事項" for point in found)
        lines: list[tuple[str, str]] = []
        if plain:
            lines.append((f"論点{plain}", self.marks.gap if strong else "bold"))
        if reminders:
            lines.append((f"確認{reminders}", ""))
        return Marked.of(*lines)

    def _opinions(self, category: str) -> Marked:
        """The 必要な取組, each on a line of its own, then the digest, then the newest opinions (handbook 1-3(2))."""
        lines: list[tuple[str, str]] = []
        for ref in self.matrix.needed[category]:
            lines += [(text, "bold") for text in self._wrapped(f"必要：{needed_words(self.matrix, ref)}")]
        digest = self.matrix.digests.get(category)
        if digest is not None and digest.text and not self.limits.lenses:
            lines += [(text, "") for text in self._wrapped(f"整理：{digest.text}")]
        opinions = self.limits.opinions(self.matrix.opinions[category])
        if self.layer in (TEXTS, POINTS_OF_VIEW):
            shown = [line for line in opinions if self.layer == TEXTS or line.department is None] or opinions
            for line in shown:
                lines += [(text, "") for text in self._wrapped(opinion_words(self.matrix, line))]
        elif opinions:
            newest = next((line.on for line in opinions if line.on), None)
            lines.append((f"意見{len(opinions)}件{f'（{format_short(newest)}まで）' if newest else ''}", ""))
        if len(lines) > _TALLEST:
            lines = [*lines[: _TALLEST - 1], ("ほかは説明欄で見られます", self.marks.calm)]
        return Marked.of(*lines)

    def _wrapped(self, text: str) -> list[str]:
        """A text of the last column; for a glance one line, which the cell cuts with its sign."""
        text = text.replace("\n", " ")
        return [text] if self.layer in (STATES, FINDINGS) else wrap(text, self.widths.last - 1)

    def _lines(self, texts: Iterable[str], width: int) -> Marked:
        """As many texts as fit, each over its share of lines; then how many more there are."""
        listed = list(texts)
        share = max(2, (_TALLEST - 2) // max(len(listed), 1))
        lines: list[tuple[str, str]] = []
        for number, text in enumerate(listed):
            wrapped = wrap(text.replace("\n", " "), width - 1)
            if len(wrapped) > share:
                # Too long on purpose: the cell cuts the last line with its sign.
                wrapped = [*wrapped[: share - 1], f"{wrapped[share - 1]}{wrapped[share]}"]
            if len(lines) + len(wrapped) > _TALLEST - (number < len(listed) - 1):
                lines.append((f"ほか{len(listed) - number}件", self.marks.calm))
                break
            lines += [(line, "") for line in wrapped]
        return Marked.of(*lines)


def _open_points(points: Iterable[FindingView]) -> str:
    count = sum(not point.settled and point.kind == "論点" for point in points)
    return f"論点{count}" if count else ""

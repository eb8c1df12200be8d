"""The sheet 回答票 of a survey's form: what is asked and for what, on pages of A4, and cells for the answers."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from kyoju_tui.exchange.books.heights import height
from kyoju_tui.exchange.books.values import address
from kyoju_tui.exchange.books.writing import Looks, paper, put, widths
from kyoju_tui.exchange.forms.form_looks import form_looks
from kyoju_tui.exchange.inquiries.inquiry_answer_sheet import lock
from kyoju_tui.exchange.surveys import survey_layout as layout
from kyoju_tui.exchange.surveys.survey_layout import AnswerSort, Mark
from kyoju_tui.exchange.surveys.survey_words import Words
from kyoju_tui.records.survey import Question

_A4: Final = 9
_WIDTHS: Final = (2.0, 6.0, 84.0)
_ALL: Final = sum(_WIDTHS[1:])
_LINE: Final = 17.0
# Lines that an answer in words has room for.
_ROOM: Final = 5
_PLAIN: Final = re.compile(r"0|[1-9][0-9]{0,11}")


@dataclass(slots=True)
class SurveySheet:
    """Writes the sheet from top to bottom, and remembers what every answer's row is."""

    sheet: Any
    filled: Mapping[str, str]
    marks: list[tuple[int, Mark]] = field(default_factory=list[tuple[int, Mark]])
    cells: dict[str, str] = field(default_factory=dict[str, str])
    row: int = 1

    def head(self, words: Words) -> None:
        """Title, purpose, days and desk; on a form for nobody in particular, where to say who answers."""
        looks = form_looks()
        widths(self.sheet, _WIDTHS)
        self._wide(words.title, looks.heading, size=1.4)
        for text in filter(None, (words.purpose, *words.facts)):
            self._wide(text, looks.text)
        self._gap()
        self._wide(words.guide, looks.quiet)
        self._gap()
        if words.asks_who:
            self._question("", layout.WHO_ASKED, "個人の氏名は書かないでください")
            self._answer(layout.WHO, "choice")

    def section(self, label: str, numbered: Sequence[tuple[int, Question]]) -> None:
        """A bar with the heading, and the questions under it."""
        looks = form_looks()
        if label:
            for column in (layout.NUMBER_COLUMN, layout.TEXT_COLUMN):
                text = label if column == layout.NUMBER_COLUMN else None
                put(self.sheet, self.row, column, text, style=looks.bar)
            self._next(24)
        for number, question in numbered:
            self._question(f"問{number}", question.text or question.section or "", layout.hint(question))
            self._answer(question.id or "", layout.sort_of(question))

    def finish(self, foot: str) -> None:
        """Locked but for the answers, A4 upright."""
        self.sheet.column_dimensions["A"].hidden = True
        self.sheet.sheet_view.showGridLines = False
        paper(self.sheet, size=_A4, foot=foot)
        self.sheet.page_setup.orientation = "portrait"
        self.sheet.print_area = f"B1:C{self.row - 1}"
        self.sheet.print_options.horizontalCentered = True
        lock(self.sheet)

    # -- rows --------------------------------------------------------------------------------------------------------

    def _question(self, number: str, text: str, hint: str) -> None:
        looks = form_looks()
        told = f"{text}（{hint}）" if hint else text
        put(self.sheet, self.row, layout.NUMBER_COLUMN, number or None, style=looks.text)
        put(self.sheet, self.row, layout.TEXT_COLUMN, told, style=looks.text)
        self._next(_asked(told))

    def _answer(self, question: str, sort: AnswerSort) -> None:
        text, looks = self.filled.get(question, ""), form_looks()
        mark = Mark(question, layout.check_of(text))
        put(self.sheet, self.row, layout.ID_COLUMN, mark.text())
        # A cell that keeps what is typed as text would refuse every number as none.
        value = int(text) if sort == "number" and _PLAIN.fullmatch(text) else text or None
        put(self.sheet, self.row, layout.TEXT_COLUMN, value, style=looks.line if sort == "choice" else looks.words)
        self.marks.append((self.row, mark))
        self.cells[question] = address(self.row - 1, layout.TEXT_COLUMN - 1)
        self._next(height([(text, _WIDTHS[2])], least=_room(sort)))
        self._gap(6)

    def _wide(self, text: str, look: Looks, size: float = 1) -> None:
        self.sheet.merge_cells(start_row=self.row, end_row=self.row, start_column=2, end_column=3)
        put(self.sheet, self.row, layout.NUMBER_COLUMN, text, style=look)
        self._next(height([(text, _ALL * 0.95 / size)], line=_LINE * size) + 2)

    def _gap(self, points: float = 8) -> None:
        self._next(points)

    def _next(self, points: float) -> None:
        self.sheet.row_dimensions[self.row].height = points
        self.row += 1


def _asked(text: str) -> float:
    return height([(text, _WIDTHS[2] * 0.92)], line=_LINE) + 2


def _room(sort: AnswerSort) -> int:
    return _ROOM if sort == "text" else 1

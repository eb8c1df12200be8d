"""The table that a form service gives out: one row an answer, questions as heads, perhaps a time stamp and a group.

What the columns are says `form_service_heads`; those that are personal are not read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import ClassVar, Final

from kyoju_tui.exchange.books.cells import Cell, Cells
from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book, Sheet, Value, address
from kyoju_tui.exchange.inquiries.answer_values import shorten, tidy
from kyoju_tui.exchange.surveys.form_service_heads import Head, heads_of, questions_in, top
from kyoju_tui.records.errors import Refused
from kyoju_tui.records.folding import fold
from kyoju_tui.records.survey import Survey

MOST_ROWS: Final = 5_000
_WHEN: Final = re.compile(
    r"([0-9]{4})[-/.年]\s*([0-9]{1,2})[-/.月]\s*([0-9]{1,2})日?(?:[T\s]\s*(午前|午後|AM|PM)?\s*"
    r"([0-9]{1,2})[:時]([0-9]{2})(?:[:分][0-9.]*)?秒?\s*(午前|午後|AM|PM)?)?",
    re.IGNORECASE,
)
_AFTERNOON: Final = ("午後", "PM")
_NOON: Final = 12
# Answers by which somebody only tried the form out.
_TRIAL: Final = re.compile(
    r"(?:これは)?(?:(?:てすと|test|だみ-|dummy|お?試し)(?:の?(?:回答|送信|入力|投稿))?|試験(?:回答|送信|入力))"
    r"(?:です|中)?[0-9.。!]*"
)
_SHORT: Final = 40
_TWICE: Final = "同じ質問の列が2つあり、どちらにも違うことが書かれています。どちらかだけにして取り込み直してください。"


class NotATable(Refused):
    """The file is no table of answers to this survey."""

    code: ClassVar[str] = "not-answers"


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One answer: the row's number from 1, its time stamp and group as they stand, the cells by question.

    `shifted` where the row has not the columns of the heads: nobody knows what its cells answer.
    """

    number: int
    stamp: Value
    who: str
    cells: dict[str, Cell]
    shifted: bool = False

    @property
    def trial(self) -> str:
        """The words that tell that it was sent only to try the form out; the empty text where it seems meant."""
        said = [self.who, *(cell.value for cell in self.cells.values() if isinstance(cell.value, str))]
        return next((text for text in said if len(text) <= _SHORT and _TRIAL.fullmatch(fold(text))), "")


@dataclass(frozen=True, slots=True)
class ServiceTable:
    """A file of answers."""

    file: str
    sha256: str
    heads: tuple[Head, ...]
    rows: tuple[ServiceRow, ...]
    remarks: tuple[str, ...]


def service_table(book: Book, survey: Survey) -> ServiceTable:
    """The table in a file. Errors: `NotATable` where no head is one of the survey's questions."""
    found = max(
        ((questions_in(row, survey), -number, sheet) for sheet in book.sheets for number, row in top(sheet)),
        key=lambda each: each[:2],
        default=None,
    )
    if found is None or not found[0]:
        raise NotATable(
            f"「{shown_name(book.file)}」の見出しに、このアンケートの質問が見つかりません。何も取り込んでいません。",
            cure="どのアンケートの回答かを確かめてください。見出しは、記録の質問と同じ文にしてください。",
        )
    sheet, head = found[2], -found[1]
    if len(sheet.rows) - head - 1 > MOST_ROWS:
        raise NotATable(
            f"「{shown_name(book.file)}」の回答が多すぎます（{MOST_ROWS:,}件まで）。何も取り込んでいません。",
            cure="期間や地区で分けてください。",
        )
    heads = tuple(heads_of(sheet, head, survey))
    cells = Cells(sheet)
    rows = tuple(_row(sheet, cells, number, heads) for number in range(head + 1, len(sheet.rows)))
    return ServiceTable(
        book.file,
        book.sha256,
        heads,
        tuple(row for row in rows if row.cells),
        (*book.remarks, *_remarks(book, sheet, heads)),
    )


def moment_of(value: Value) -> datetime | None:
    """When a time stamp says that an answer came, to the minute; None where it is none that everybody reads alike.

    Programs that save a table again write the same stamp otherwise, and without its seconds.
    """
    if isinstance(value, datetime):
        return value.replace(second=0, microsecond=0, tzinfo=None)
    if isinstance(value, date):
        return datetime.combine(value, time())
    found = _WHEN.match(unicodedata.normalize("NFKC", value[:100]).strip()) if isinstance(value, str) else None
    if found is None:
        return None
    hour, half = int(found[5] or 0), (found[4] or found[7] or "").upper()
    if half and hour <= _NOON:
        hour = hour % _NOON + (_NOON if half in _AFTERNOON else 0)
    try:
        return datetime(int(found[1]), int(found[2]), int(found[3]), hour, int(found[6] or 0))
    except ValueError:
        return None


def _row(sheet: Sheet, cells: Cells, number: int, heads: Sequence[Head]) -> ServiceRow:
    row = sheet.rows[number]
    stamps = [row[head.column] for head in heads if head.sort == "stamp"]
    who = next((row[head.column] for head in heads if head.sort == "who" and row[head.column] is not None), "")
    given: dict[str, Cell] = {}
    for head in heads:
        if head.sort == "question" and (row[head.column] is not None or (number, head.column) in sheet.uncomputed):
            # The sheet is the same for all: what tells them apart is the cell.
            cell = replace(cells.at(number, head.column), where=address(number, head.column))
            before = given.setdefault(head.question, cell)
            if before.value != cell.value:
                given[head.question] = replace(before, value=None, fault=_TWICE)
    stamp = next((each for each in stamps if each is not None), None)
    last = max((head.column for head in heads if head.text), default=0)
    shifted = number in sheet.ragged and (
        any(value is not None for value in row[last + 1 :]) or moment_of(stamp) is None
    )
    return ServiceRow(number + 1, stamp, tidy(str(who))[:300], given, shifted)


def _remarks(book: Book, sheet: Sheet, heads: Sequence[Head]) -> Iterator[str]:
    if sum(bool(each.rows) for each in book.sheets) > 1:
        yield f"シート「{shorten(sheet.name)}」の表だけを読みました。"
    left = [head.text or "見出しのない列" for head in heads if head.sort == "personal"]
    if left:
        yield f"個人が分かる列は取り込みません：{'、'.join(left)}"

"""The table that a form service gives out: one row an answer, questions as heads, perhaps a time stamp and a group.

Columns that hold who somebody is or how to reach them are recognised, by their head or by what stands in them, and are
not read any further: personal data never enters the store.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar, Final, Literal, TypeAlias

from kyoju_tui.exchange.answer_values import nearest, shorten, tidy
from kyoju_tui.exchange.books.cells import Cell, Cells
from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Book, Sheet, Value
from kyoju_tui.records.errors import Refused
from kyoju_tui.records.folding import fold
from kyoju_tui.records.personal import has_mail, has_phone
from kyoju_tui.records.survey import Question, Survey

Sort: TypeAlias = Literal["question", "stamp", "who", "personal", "number", "unknown"]

MOST_ROWS: Final = 5_000
_SEARCHED: Final = 20
_WIDE: Final = 300
_SAMPLE: Final = 400
_HEAD: Final = 500


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


_STAMP: Final = _folded(
    "タイムスタンプ 回答日時 送信日時 受付日時 登録日時 日時 回答日 完了時刻 開始時刻 "
    "timestamp submittedat completiontime starttime"
)
_WHO: Final = _folded("団体名 団体 団体などの名前 団体の名前 団体名称 組織名 事業所名 所属団体 町内会名 貴団体名")
_NUMBER: Final = _folded("id no 番号 回答番号 受付番号 回答id 通番")
_PERSONAL: Final = _folded(
    "氏名 名前 お名前 おなまえ 姓 名 ふりがな 代表者 代表者名 代表者氏名 回答者 回答者名 回答者氏名 "
    "担当者 担当者名 記入者 記入者名 メール メールアドレス eメール email e-mail mail mailaddress "
    "username ユーザー名 ユーザ名 "
    "電話 電話番号 tel phone 携帯 携帯電話 fax 連絡先 ご連絡先 住所 ご住所 address 郵便番号 生年月日 ipアドレス name"
)
_NAMING: Final = re.compile(
    "(氏名|お名前|ふりがな|め-る|あどれす|mail|電話|携帯|連絡先|住所|郵便番号|生年月日|ゆ-ざ-名|代表者|回答者名|担当者名|記入者)"
)
# What services put before and behind a question.
_BEFORE: Final = re.compile(
    r"^(?:(?:問|質問|設問|q)?[0-9]{1,3}[.．、:：)）\s-]+|(?:問|質問|設問|q)[0-9]{1,3}\s*)", re.IGNORECASE
)
_BEHIND: Final = re.compile(r"(?:[*＊※]|[(（\[［【](?:必須|任意|複数回答可?)[)）\]］】])+\s*$")

_DAY: Final = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})")


class NotATable(Refused):
    """The file is no table of answers to this survey."""

    code: ClassVar[str] = "not-answers"


@dataclass(frozen=True, slots=True)
class Head:
    """A column: what it is, its head as it stands, the question it answers, and the nearest one where it is unknown."""

    column: int
    sort: Sort
    text: str
    question: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """One answer: the row's number from 1, its time stamp and group as they stand, the cells by question."""

    number: int
    stamp: Value
    who: str
    cells: dict[str, Cell]


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
        ((_matches(row, survey), -number, sheet) for sheet in book.sheets for number, row in _top(sheet)),
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
    heads = tuple(_heads(sheet, head, survey))
    cells = Cells(sheet)
    rows = tuple(_row(sheet, cells, number, heads) for number in range(head + 1, len(sheet.rows)))
    return ServiceTable(
        book.file,
        book.sha256,
        heads,
        tuple(row for row in rows if row.cells),
        (*book.remarks, *_remarks(heads)),
    )


def heads_found(sheet: Sheet, survey: Survey) -> int:
    """How many of the questions stand side by side, as heads do."""
    return max((_matches(row, survey) for _, row in _top(sheet)), default=0)


def day_of(value: Value) -> date | None:
    """The day of a time stamp; None where it is none that everybody reads alike."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    found = (
        re.match(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})", fold(value)) if isinstance(value, str) else None
    )
    if found is None:
        return None
    try:
        return date(*map(int, found.groups()))
    except ValueError:
        return None


def _top(sheet: Sheet) -> Iterator[tuple[int, Sequence[Value]]]:
    return ((number, row[:_WIDE]) for number, row in enumerate(sheet.rows[:_SEARCHED]))


def _matches(row: Sequence[Value], survey: Survey) -> int:
    return len({question.id for value in row if (question := _question(value, survey)) is not None})


def _question(value: Value, survey: Survey) -> Question | None:
    """The question that a head is: by its words, else by its section where that has no other question."""
    if not isinstance(value, str) or not 0 < len(value) < _HEAD * 4:
        return None
    said = {fold(value), fold(_bare(value))} - {""}
    sections = [question.section for question in survey.questions]
    for question in survey.questions:
        if question.id and question.text and {fold(question.text), fold(_bare(question.text))} & said:
            return question
    for question in survey.questions:
        alone = question.section is not None and sections.count(question.section) == 1
        if question.id and alone and fold(question.section or "") in said:
            return question
    return None


def _bare(text: str) -> str:
    return _BEHIND.sub("", _BEFORE.sub("", tidy(text)))


def _heads(sheet: Sheet, head: int, survey: Survey) -> Iterator[Head]:
    asked = [question.text or question.section or "" for question in survey.questions]
    taken: set[str] = set()
    for column, value in enumerate(sheet.rows[head][:_WIDE]):
        filled = [row[column] for row in sheet.rows[head + 1 : head + 1 + _SAMPLE] if row[column] is not None]
        text = shorten(str(value)) if value is not None else ""
        if not text and not filled:
            continue
        name = fold(_bare(str(value or ""))[:_HEAD])
        question = _question(value, survey)
        if name in _PERSONAL or (question is None and _NAMING.search(name)) or _reaches_people(filled):
            yield Head(column, "personal", text)
        elif question is not None and question.id not in taken:
            taken.add(question.id or "")
            yield Head(column, "question", text, question.id or "")
        elif name in _STAMP:
            yield Head(column, "stamp", text)
        elif name in _WHO:
            yield Head(column, "who", text)
        elif name in _NUMBER:
            yield Head(column, "number", text)
        else:
            yield Head(column, "unknown", text, like=nearest(text, asked) if text else "")


def _reaches_people(values: Sequence[Value]) -> bool:
    """Whether most of a column is mail addresses or telephone numbers."""
    texts = [str(value)[:200] for value in values if isinstance(value, str | int)]
    return bool(texts) and sum(has_mail(text) or has_phone(text) for text in texts) * 2 > len(texts)


def _row(sheet: Sheet, cells: Cells, number: int, heads: Sequence[Head]) -> ServiceRow:
    row = sheet.rows[number]
    stamp = next((row[head.column] for head in heads if head.sort == "stamp"), None)
    who = next((row[head.column] for head in heads if head.sort == "who" and row[head.column] is not None), "")
    given = {
        head.question: cells.at(number, head.column)
        for head in heads
        if head.sort == "question" and (row[head.column] is not None or (number, head.column) in sheet.uncomputed)
    }
    return ServiceRow(number + 1, stamp, tidy(str(who))[:300], given)


def _remarks(heads: Sequence[Head]) -> Iterator[str]:
    left = [head.text or "見出しのない列" for head in heads if head.sort == "personal"]
    if left:
        yield f"個人が分かる列は取り込みません：{'、'.join(left)}"

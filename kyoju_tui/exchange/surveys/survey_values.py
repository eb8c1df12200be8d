"""What a cell says as the answer to a question: one text, or in words why it is none."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime
from typing import Final

from kyoju_tui.exchange.books.values import Value
from kyoju_tui.exchange.inquiries.answer_values import CellReader, Unclear, shorten
from kyoju_tui.exchange.surveys import survey_layout as layout
from kyoju_tui.exchange.surveys.survey_choices import chosen
from kyoju_tui.records.dates import format_date, format_time
from kyoju_tui.records.description import field_map
from kyoju_tui.records.personal import asks_for_people, has_mail, has_phone, named
from kyoju_tui.records.survey import Answer, Question

_TEXT: Final = field_map(Answer)["text"]
_NUMBER: Final = re.compile(r"([-+]?[0-9]{1,15}(?:\.[0-9]{1,6})?)([^\W\d_]{0,3})")
_PLACES: Final = 5
ASKS_WHO: Final = "個人の氏名や連絡先をたずねる質問なので、取り込みません。質問を見直してください。"
PERSONAL: Final = (
    "電話番号かメールアドレスのようなものが書かれているため、取り込みません。"
    "個人の連絡先を消して取り込み直すか、連絡先を除いて画面で入力してください。"
)
UNSHOWN: Final = (PERSONAL, ASKS_WHO)
"""Why a cell is not shown again either: somebody may be looking on."""


class Answered:
    """A cell's text, and how it was understood, where that needs some words."""

    __slots__ = ("note", "text")

    def __init__(self, text: str, note: str = "") -> None:
        self.text = text
        self.note = note


class People:
    """Answers that are taken and seem to name somebody: told before they are recorded, as history forgets nothing."""

    def __init__(self) -> None:
        self._places: list[str] = []

    def look(self, where: str, text: str) -> None:
        """Note the place of an answer that does."""
        if named(text):
            self._places.append(where)

    def remarks(self) -> Iterator[str]:
        """Where they stand."""
        if self._places:
            places = "、".join(self._places[:_PLACES]) + ("ほか" if len(self._places) > _PLACES else "")
            yield (
                f"個人が分かる書き方かもしれない回答が{len(self._places)}件あります（{places}）。"
                "氏名なら、記録する前にファイルから消して、取り込み直してください。"
            )


def read_answer(question: Question, value: Value, reader: CellReader) -> Answered | Unclear:
    """The answer that a cell holds; the empty text where it holds none. A number to call is never taken."""
    note = ""
    if isinstance(value, datetime | date):
        day = value.date() if isinstance(value, datetime) else value
        clock = f" {format_time(value.time())}" if isinstance(value, datetime) else ""
        value = f"{format_date(day, weekday=False)}{clock}"
        note = f"日付に変わっていたため、「{value}」として読みました。"
    read = reader.read(_TEXT, value)
    if isinstance(read, Unclear):
        return read
    text = str(read.value or "")
    if not text:
        return Answered("")
    if has_phone(text) or has_mail(text):
        return Unclear(PERSONAL)
    sort = layout.sort_of(question)
    if sort != "choice" and asks_for_people(question.text or question.section or ""):
        return Unclear(ASKS_WHO)
    if sort == "number":
        return _number(text)
    if sort == "text":
        return Answered(text, note)
    found = chosen(question, text)
    return found if isinstance(found, Unclear) else Answered(str(found.value or ""), found.note)


def _number(text: str) -> Answered | Unclear:
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", ""))
    if found is None:
        return Unclear(f"「{shorten(text)}」は数として読めません。数だけを書いてもらってください（例：45）。")
    note = f"「{shorten(text)}」を{found[1]}として読みました。" if found[2] else ""
    return Answered(found[1].removeprefix("+"), note)

"""What a cell says as the answer to a question: one text, or in words why it is none."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from typing import Final

from kyoju_tui.exchange import survey_layout as layout
from kyoju_tui.exchange.answer_values import CellReader, Unclear, nearest, shorten
from kyoju_tui.exchange.books.values import Value
from kyoju_tui.records.dates import format_date, format_time
from kyoju_tui.records.description import field_map
from kyoju_tui.records.folding import fold
from kyoju_tui.records.personal import has_mail, has_phone
from kyoju_tui.records.survey import Answer, Question

_TEXT: Final = field_map(Answer)["text"]
_NUMBER: Final = re.compile(r"([-+]?[0-9]{1,15}(?:\.[0-9]{1,6})?)([^\W\d_]{0,3})")
_SEPARATORS: Final = re.compile(r"[、，,;；\n]+")
_MEANT: Final = {
    fold(word): said
    for said, words in (
        ("はい", "はい yes y true 有 あり ある ○ ◯ 〇 1"),
        ("いいえ", "いいえ no n false 無 なし ない × ✕ 0"),
    )
    for word in words.split()
}
PERSONAL: Final = (
    "電話番号かメールアドレスのようなものが書かれているため、取り込みません。"
    "個人の連絡先を消して取り込み直すか、連絡先を除いて画面で入力してください。"
)


class Answered:
    """A cell's text, and how it was understood, where that needs some words."""

    __slots__ = ("note", "text")

    def __init__(self, text: str, note: str = "") -> None:
        self.text = text
        self.note = note


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
    if sort == "number":
        return _number(text)
    return _chosen(question, text) if sort == "choice" else Answered(text, note)


def _number(text: str) -> Answered | Unclear:
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", ""))
    if found is None:
        return Unclear(f"「{shorten(text)}」は数として読めません。数だけを書いてもらってください（例：45）。")
    note = f"「{shorten(text)}」を{found[1]}として読みました。" if found[2] else ""
    return Answered(found[1].removeprefix("+"), note)


def _chosen(question: Question, text: str) -> Answered | Unclear:
    """One of the words, or several of them with separators between."""
    words = layout.choices_of(question)
    known = {fold(word): word for word in words}
    if question.type == "はい・いいえ":
        known = _MEANT | known
    whole = known.get(fold(text))
    if whole is not None:
        return Answered(whole, "" if whole == text else f"「{shorten(text)}」を「{whole}」として読みました。")
    parts = [part for part in _SEPARATORS.split(text) if part.strip()]
    chosen = [known.get(fold(part)) for part in parts]
    if question.type == "選択" and len(parts) > 1 and None not in chosen:
        return Answered("、".join(dict.fromkeys(filter(None, chosen))))
    like = nearest(text, words)
    told = f"「{like}」のことでしょうか。" if like else f"選べるのは {'・'.join(words[:8])} です。"
    return Unclear(f"「{shorten(text)}」は、この質問で選べる言葉ではありません。{told}")

"""What a cell of an answer means for a field: dates in every writing, wide digits, names for ids, words of lists.

Nothing is guessed: what cannot be read comes back as `Unclear`, with the nearest word of a list where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from kyoju_tui.exchange.books.values import Value
from kyoju_tui.exchange.inquiries.inquiry_layout import Column
from kyoju_tui.records.dates import format_date, parse_date, parse_period
from kyoju_tui.records.description import Described, field_map, length_limit
from kyoju_tui.records.entering import enter
from kyoju_tui.records.entry import YearResult
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.folding import fold
from kyoju_tui.records.kinds import KINDS
from kyoju_tui.records.snapshot import Snapshot
from kyoju_tui.records.text import FORBIDDEN

_ERRORS: Final = frozenset({"#REF!", "#VALUE!", "#N/A", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#GETTING_DATA"})
# What comes along with a paste and nobody sees.
_UNSEEN: Final = re.compile("[\u200b\u2060\ufeff\xad]")
_DAY_ZERO: Final = date(1899, 12, 30)
# Serials of 1954 to 2119: below them stand years and counts, above them anything.
_SERIALS: Final = range(20_000, 80_001)
_LIKE: Final = 55
_RESULT: Final = field_map(YearResult)["text"]
_LONG: Final = 40
# A period means its first day where something begins, its last where it ends.
_ENDS: Final = {"since": "first", "until": "last"}
_SEPARATORS: Final = re.compile(r"[、，,・;；/／\n]+")
# 令和8年10月1日現在: what people put behind the day of a figure.
_AS_OF: Final = re.compile(r"\s*(?:現在|時点)$")
_DITTO: Final = frozenset(("〃", "々", "”", "″", "〞", "同上", "上に同じ"))
_NONE: Final = frozenset(
    map(fold, ("該当なし", "該当無し", "なし", "無し", "無", "特になし", "特に無し", "特段なし", "-"))
)


@dataclass(frozen=True, slots=True)
class Read:
    """A value as the field holds it (None: empty), and in words how it was understood, where that needs some."""

    value: object | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unclear:
    """A cell that was not understood, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Names:
    """Ids by folded name, short name and id; a name that two records have stands for neither."""

    known: Mapping[str, str]
    called: Sequence[str]

    def find(self, text: str) -> str | None:
        """The id that a name stands for, in whatever width and kana it is written; None where it is nobody's."""
        return self.known.get(fold(text))


class CellReader:
    """Reads cells against the records and the day of one moment; the names of records are gathered once."""

    def __init__(self, snapshot: Snapshot, today: date) -> None:
        self._snapshot = snapshot
        self._today = today
        self._names: dict[str, Names] = {}

    def read(self, field: Described, value: Value) -> Read | Unclear:
        """What a cell's value is for this field. The model has the last word on what comes back."""
        if value is None or (isinstance(value, str) and not tidy(value)):
            return Read(None)
        if isinstance(value, str) and value.strip() in _ERRORS:
            return Unclear(f"計算の誤り（{value.strip()}）になっています。")
        if isinstance(value, str) and tidy(value) in _DITTO:
            return Unclear("上の欄と同じという印です。何と同じか決められないため、内容を書いてもらってください。")
        if field.widget == "date":
            return _date(field, value, self._today)
        text = _text(value)
        if text is None:
            return Unclear("日付か時刻に変わっています。先頭に ' を付けて、文字のまま入れ直してください。")
        if field.refers is not None:
            return _references(field, text, self.names(field.refers.kind))
        if field.choices:
            return _choices(field, text)
        if field.widget == "line":
            text = " ".join(text.split("\n"))
        if field.base is str and not field.many:
            return _written(field, text)
        try:
            return Read(enter(field, text, today=self._today))
        except InvalidValue as error:
            return Unclear(f"{error.message}{error.cure}")

    def read_column(self, column: Column, value: Value) -> Read | Unclear:
        """The same for a column of the form: that of one year's results holds their text."""
        return self.read(_RESULT if column.year is not None else column.field, value)

    def names(self, kind: str) -> Names:
        """The records of a kind by what people call them."""
        if kind not in self._names:
            self._names[kind] = _gathered(self._snapshot, kind)
        return self._names[kind]


def nearest(text: str, words: Sequence[str]) -> str:
    """The word that is most like a text, or the empty string where none is."""
    from rapidfuzz import fuzz, process

    folded = [fold(word) for word in words]
    found = process.extractOne(fold(text)[:100], folded, scorer=fuzz.WRatio, score_cutoff=_LIKE)
    return words[found[2]] if found is not None else ""


def word_of(value: Value, words: Sequence[str], label: str) -> Read | Unclear:
    """Which of a drop-down's words a cell has; nothing where it is empty."""
    text = "" if value is None else tidy(str(value))
    if not text:
        return Read(None)
    chosen = next((word for word in words if fold(word) == fold(text)), None)
    return _unknown(label, text, words) if chosen is None else Read(chosen)


def means_nothing(value: Value) -> bool:
    """Whether a cell says that there is nothing to write (特になし, －), where something could stand."""
    return isinstance(value, str) and fold(tidy(value).rstrip("。")) in _NONE


def shorten(text: str) -> str:
    """A text for a sentence: one line, without what steers a terminal, not long."""
    line = FORBIDDEN.sub("", " ".join(text.split()))
    return line if len(line) <= _LONG else f"{line[: _LONG - 1]}…"


def _gathered(snapshot: Snapshot, kind: str) -> Names:
    found: dict[str, str | None] = {}
    called: list[str] = []
    for ref, record in snapshot.all(KINDS[kind].model).items():
        called.append(record.heading)
        for name in {record.heading, str(getattr(record, "short", None) or ""), ref.id} - {""}:
            key = fold(name)
            found[key] = ref.id if found.get(key, ref.id) == ref.id else None
    return Names({name: record_id for name, record_id in found.items() if record_id is not None}, called)


def tidy(text: str) -> str:
    """Text as a person wrote it: line breaks as LF, nothing unseen, no blanks at the ends of lines."""
    text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", ""))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _text(value: Value) -> str | None:
    """A cell as text; None for a time or a date, which a program made of something else."""
    if isinstance(value, str):
        return tidy(value)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return f"{value:.15g}"
    return None


def _written(field: Described, text: str) -> Read | Unclear:
    found = FORBIDDEN.search(text)
    if found is not None:
        return Unclear(f"使えない制御文字（U+{ord(found.group()):04X}）が含まれています。")
    most = length_limit(field)
    if len(text) > most:
        return Unclear(f"{len(text):,}文字あります。{most:,}文字以内にしてください。")
    return Read(text)


def _date(field: Described, value: Value, today: date) -> Read | Unclear:
    if isinstance(value, datetime):
        return Read(value.date())
    if isinstance(value, date):
        return Read(value)
    if isinstance(value, time | timedelta | bool):
        return Unclear("日付ではなく時刻になっています。")
    text = _AS_OF.sub("", tidy(str(value)))
    serial = _serial(value, text)
    if serial is not None:
        day = _DAY_ZERO + timedelta(days=serial)
        return Read(day, f"日付の通し番号（{serial}）を{format_date(day)}として読みました。")
    try:
        read = parse_date(text, today=today)
    except InvalidValue as error:
        return _period(field, text, today) or Unclear(f"{error.message}{error.cure}")
    return Read(read.value, f"{read.note}。" if read.note else "")


def _serial(value: Value, text: str) -> int | None:
    """The number that a spreadsheet keeps for a day, also where it was pasted as text; None where it is none."""
    if isinstance(value, str):
        number = int(text) if re.fullmatch(r"\d{5}", text) else 0
    else:
        number = int(value) if isinstance(value, int | float) else 0
    return number if number in _SERIALS else None


def _period(field: Described, text: str, today: date) -> Read | None:
    end = _ENDS.get(field.name)
    if end is None:
        return None
    try:
        period = parse_period(text, today=today)
    except InvalidValue:
        return None
    day = period.first if end == "first" else period.last
    return Read(day, f"「{shorten(text)}」を{format_date(day)}として読みました。")


def _choices(field: Described, text: str) -> Read | Unclear:
    words = {fold(word): word for word in field.choices}
    said = [each for each in _SEPARATORS.split(text) if each.strip()] if field.many else [text]
    chosen: list[str] = []
    for each in said:
        word = words.get(fold(each))
        if word is None:
            return _unknown(field.label, each, field.choices)
        chosen.append(word)
    return Read(chosen if field.many else chosen[0])


def _references(field: Described, text: str, names: Names) -> Read | Unclear:
    whole = names.find(text)
    said = [text] if whole is not None or not field.many else [each for each in _SEPARATORS.split(text) if each.strip()]
    chosen: list[str] = []
    for each in said:
        found = names.find(each)
        if found is None:
            return _unknown(field.label, each, names.called)
        chosen.append(found)
    return Read(list(dict.fromkeys(chosen)) if field.many else chosen[0])


def _unknown(label: str, text: str, words: Sequence[str]) -> Unclear:
    like = nearest(text, words)
    hint = f"「{like}」のことでしょうか。" if like else f"選べるのは {'・'.join(words[:8])} です。" if words else ""
    return Unclear(f"「{shorten(text)}」は「{label}」で選べる言葉ではありません。{hint}")

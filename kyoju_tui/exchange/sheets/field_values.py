"""What a cell of a list of projects means for a field: money by its unit, periods, words, the rest as text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Final

from kyoju_tui.exchange.books.values import Value
from kyoju_tui.exchange.inquiries.answer_values import CellReader, Unclear
from kyoju_tui.exchange.sheets.cell_text import says_nothing
from kyoju_tui.exchange.sheets.grid import told
from kyoju_tui.exchange.sheets.status_words import span_of, status_named, told_by
from kyoju_tui.records.dates import format_date, parse_fiscal_year
from kyoju_tui.records.description import field_map
from kyoju_tui.records.entry import Entry
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.plain import Plain
from kyoju_tui.records.text import LINE_LIMIT, TEXT_LIMIT

_THOUSANDS: Final = {"円": Fraction(1, 1000), "千円": Fraction(1), "万円": Fraction(10), "百万円": Fraction(1000)}
_AMOUNT: Final = re.compile(r"[¥\\約]?\s*(?P<number>[0-9][0-9,]*(?:\.[0-9]+)?)\s*(?P<unit>百万円|千円|万円|円)?")
_MOST: Final = 10**12
_KINDS: Final = {
    "取組": "取組",
    "取組み": "取組",
    "事業": "取組",
    "施策": "取組",
    "課題": "課題",
    "問題点": "課題",
    "データ": "データ",
}


@dataclass(frozen=True, slots=True)
class Taken:
    """The fields that a cell gives, in words how it was understood, and what could not be read (kept as a note)."""

    fields: Plain
    why: str = ""
    unread: str = ""


class FieldReader:
    """Reads the cells of fields against the records and the day of one moment."""

    def __init__(self, cells: CellReader, today: date) -> None:
        self._cells = cells
        self._today = today

    def read(self, field: str, value: Value, *, unit: str = "", year: str = "") -> Taken:
        """What a cell gives. `field` is that of an entry; `unit` and `year` are those of its column."""
        text = told(value).strip()
        if not text or (says_nothing(text) and field not in ("outline", "note")):
            return Taken({field: None})
        match field:
            case "budget_thousand_yen":
                return _money(text, unit)
            case "since" | "until":
                return self._period(field, text, value)
            case "status":
                return self._status(text)
            case "kind":
                kind = _KINDS.get("".join(text.split()))
                return Taken({"kind": kind}) if kind else Taken({}, unread="取組・課題・データのどれか分かりません。")
            case "results":
                return self._results(text, year)
            case _:
                return self._plain(field, text, value)

    def _plain(self, field: str, text: str, value: Value) -> Taken:
        described = field_map(Entry)[field]
        if described.widget == "text":
            return Taken({field: text}) if len(text) <= TEXT_LIMIT else _too_long(text)
        if described.widget == "line" and not described.many:
            line = " ".join(text.split())
            return Taken({field: line}) if len(line) <= LINE_LIMIT else _too_long(line)
        read = self._cells.read(described, value)
        if isinstance(read, Unclear):
            return Taken({}, unread=read.why)
        return Taken({field: read.value}, read.note)

    def _status(self, text: str) -> Taken:
        named = status_named(text)
        if named is not None:
            return Taken({"status": named}, "" if named == text else f"「{text}」を{named}として読みました。")
        by_words = told_by(text, self._today).status
        if by_words is not None and len(text) <= LINE_LIMIT:
            return Taken({"status": by_words}, f"「{text}」を{by_words}として読みました。")
        return Taken({}, unread="状況（検討中・取組中・終了）のどれか分かりません。")

    def _period(self, field: str, text: str, value: Value) -> Taken:
        if not isinstance(value, date):
            span = span_of(text, self._today)
            if span is not None:
                first, last = span
                fields: Plain = {"since": first} if field == "since" and first else {}
                if last is not None:
                    fields["until"] = last
                days = "、".join(
                    format_date(day, weekday=False) for day in (first if field == "since" else None, last) if day
                )
                return (
                    Taken(fields, f"「{text[:40]}」を{days}として読みました。")
                    if fields
                    else Taken({}, unread="期間が分かりません。")
                )
        read = self._cells.read(field_map(Entry)[field], value)
        return (
            Taken({}, unread="時期が分かりません。")
            if isinstance(read, Unclear)
            else Taken({field: read.value}, read.note)
        )

    def _results(self, text: str, year: str) -> Taken:
        try:
            number = parse_fiscal_year(year, self._today) if year else 0
        except InvalidValue:
            number = 0
        if not number:
            return Taken({}, unread="何年度の実績か、見出しから分かりません。")
        if len(text) > TEXT_LIMIT:
            return _too_long(text)
        return Taken({"results": [{"fiscal_year": number, "text": text}]})


def _money(text: str, unit: str) -> Taken:
    plain = unicodedata.normalize("NFKC", text).replace("△", "-")
    found = _AMOUNT.fullmatch(plain.strip())
    if found is None:
        return Taken({}, unread="金額として読めません。")
    said = found["unit"] or unit or "千円"
    thousands = Fraction(found["number"].replace(",", "")) * _THOUSANDS[said]
    amount = round(thousands)
    if amount > _MOST:
        return Taken({}, unread="金額が大きすぎます。")
    why = "" if said == "千円" and thousands == amount else f"{text[:30]}（{said}）を{amount:,}千円として読みました。"
    return Taken({"budget_thousand_yen": amount}, why)


def _too_long(text: str) -> Taken:
    return Taken({}, unread=f"{len(text):,}文字あり、この項目には長すぎます。")

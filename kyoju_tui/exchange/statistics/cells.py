"""One cell of a statistical table: a number, or one of the signs for zero, suppressed and missing, kept apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Final

from kyoju_tui.exchange.books.values import Value
from kyoju_tui.records.dataset import ValueStatus
from kyoju_tui.records.figures import LONGEST, number_of
from kyoju_tui.records.text import FORBIDDEN

_ZERO: Final = frozenset({"-", "‐", "‑", "–", "—", "―", "ー", "─", "−"})
_SUPPRESSED: Final = re.compile(r"[Xxχ]|\*+|秘匿|\(秘匿\)")
_MISSING: Final = frozenset({"", "…", "...", "‥", "..", "・", "・・・", "不明", "不詳", "NA", "N/A"})
_MINUS: Final = str.maketrans({"△": "-", "▲": "-", "−": "-"})
# A number as tables write it: groups of three or none at all, so that a decimal comma is never read as thousands.
_NUMBER: Final = re.compile(r"-? ?(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
_NOTE: Final = re.compile(r"\s*(?:[※＊*†]+\d*|\((?:注|※|参考|推計|概数|推計値|概算)[^()]*\)|注\d*\)?)\s*$")
_ESTIMATED: Final = re.compile(r"推計")
_PLAIN: Final = re.compile(r"-?\d{1,15}")


@dataclass(frozen=True, slots=True)
class Words:
    """How a publisher writes zero, suppressed and missing, beside the usual signs; folded as `folded` folds."""

    zero: frozenset[str] = frozenset()
    suppressed: frozenset[str] = frozenset()
    missing: frozenset[str] = frozenset()

    @classmethod
    def of(cls, zero: Iterable[str] = (), suppressed: Iterable[str] = (), missing: Iterable[str] = ()) -> Words:
        """From the words as they are written."""
        return cls(frozenset(map(folded, zero)), frozenset(map(folded, suppressed)), frozenset(map(folded, missing)))


USUAL: Final = Words()


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says. `value` is None where it is suppressed or missing; `raw` is what stands there."""

    value: int | float | None
    status: ValueStatus
    raw: str


def text_of(value: Value) -> str:
    """A cell as it would be read aloud: numbers without exponents, dates as ISO text, line ends as LF."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(value) if "e" not in repr(value) else f"{value:.15f}".rstrip("0").rstrip(".")
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value)


def trimmed(text: str) -> str:
    """A text of a sheet on one line, without the blanks and line ends that it is padded with."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def folded(text: str) -> str:
    """What is compared or read as a number: trimmed, and without full-width forms."""
    return text if text.isascii() and text.isalnum() else trimmed(unicodedata.normalize("NFKC", text))


def is_percentage(unit: str) -> bool:
    """Whether a unit is the percent sign, in either width."""
    return unit in ("%", "％")


@lru_cache(maxsize=1 << 15, typed=True)
def read_cell(value: Value, words: Words = USUAL, *, estimated: bool = False, percent: bool = False) -> Cell | None:
    """A cell as a figure; None where it is nothing known (a word, a date, a yes): nothing is guessed at.

    `percent` tells that a percent sign behind the number is its column's unit.
    """
    if isinstance(value, bool | date | datetime | time | timedelta):
        return None
    raw = text_of(value)
    if len(raw) > LONGEST or FORBIDDEN.search(raw):
        return None
    status: ValueStatus = "推計" if estimated else "値"
    if isinstance(value, int | float):
        return Cell(value, status, raw)
    if _PLAIN.fullmatch(raw):
        return Cell(int(raw), status, raw)
    text = folded(raw)
    if text in words.suppressed:
        return Cell(None, "秘匿", raw)
    if text in words.missing:
        return Cell(None, "欠損", raw)
    if text in words.zero or text in _ZERO:
        return Cell(0, status, raw)
    if _SUPPRESSED.fullmatch(text):
        return Cell(None, "秘匿", raw)
    if text in _MISSING:
        return Cell(None, "欠損", raw)
    return _number(text.removesuffix("%").rstrip() if percent else text, raw, status)


def _number(text: str, raw: str, status: ValueStatus) -> Cell | None:
    bare = text
    while (note := _NOTE.search(bare)) is not None and note.start() > 0:
        if _ESTIMATED.search(note[0]):
            status = "推計"
        bare = bare[: note.start()]
    if bare.startswith("推計"):
        bare, status = bare.removeprefix("推計").lstrip(": "), "推計"
    bare = bare.translate(_MINUS)
    if bare in ("", "-") or _NUMBER.fullmatch(bare) is None:
        return None
    number = number_of(bare.replace(",", "").replace(" ", ""))
    return None if number is None or abs(number) > 10**12 else Cell(number, status, raw)

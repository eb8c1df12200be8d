"""Codes of areas as text: the check digit of municipalities, zeros that a spreadsheet took away, digits that are lost.

Municipalities have five digits (prefecture, municipality), mostly with a sixth to check them (全国地方公共団体コード).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kyoju_tui.exchange.books.values import Value
from kyoju_tui.exchange.statistics.cells import folded, text_of

_LOST: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?[Ee][+-]?\d+|\d+\.\d*")
_PREFECTURES: Final = range(1, 48)
# A spreadsheet keeps fifteen digits of a number; further ones have become zeros.
_KEPT_DIGITS: Final = 10**15


@dataclass(frozen=True, slots=True)
class Codes:
    """Codes as they are kept, how many of them were given their zero back, and (index, sentence) for each wrong one."""

    codes: tuple[str, ...]
    restored: int = 0
    faults: tuple[tuple[int, str], ...] = ()


def code_of(value: Value) -> str | None:
    """A cell as a code; None where digits are lost (`4.00E+12`, a number with decimals, one of too many digits)."""
    if isinstance(value, float | bool) or (isinstance(value, int) and abs(value) >= _KEPT_DIGITS):
        return None
    text = folded(text_of(value)).removeprefix("'").strip()
    return None if _LOST.fullmatch(text) else text


def check_digit(five: str) -> str:
    """The sixth digit of a municipality's code."""
    total = sum(weight * int(digit) for weight, digit in zip((6, 5, 4, 3, 2), five, strict=True))
    return str((11 - total % 11) % 10)


def is_municipal(code: str) -> bool:
    """Whether a code of six digits bears its check digit."""
    return len(code) == 6 and code.isdecimal() and code[5] == check_digit(code[:5])


def municipal(codes: Sequence[str]) -> Codes:
    """A column of municipalities' codes, all of five digits or all of six; each is checked as far as it can be."""
    digits = [code for code in codes if code.isdecimal()]
    longest = max(map(len, digits), default=0)
    if longest == 5 and len(digits) > 1 and all(len(code) == 5 and is_municipal(code.zfill(6)) for code in digits):
        longest = 6
    width = 6 if longest == 6 else 5
    kept: list[str] = []
    faults: list[tuple[int, str]] = []
    restored = 0
    for number, code in enumerate(codes):
        full = code
        if code.isdecimal() and len(code) == width - 1:
            full = code.zfill(width)
            restored += 1
        kept.append(full)
        if fault := _fault(full, width):
            faults.append((number, fault))
    return Codes(tuple(kept), restored, tuple(faults))


def small_areas(codes: Sequence[str], widths: Sequence[int]) -> Codes:
    """Codes of small areas with the number of digits that each level has; all may have lost the same first zero."""
    short = [code.isdecimal() and len(code) == width - 1 for code, width in zip(codes, widths, strict=True)]
    kept = tuple(code.zfill(width) if lost else code for code, width, lost in zip(codes, widths, short, strict=True))
    faults = [
        (number, f"コード「{code[:20]}」の桁数が階層と合いません（{width}桁のはずです）。")
        for number, (code, width) in enumerate(zip(kept, widths, strict=True))
        if not code.isdecimal() or len(code) != width or int(code[:2]) not in _PREFECTURES
    ]
    return Codes(kept, sum(short), tuple(faults))


def _fault(code: str, width: int) -> str:
    if not code:
        return ""
    if not code.isdecimal() or len(code) != width or int(code[:2]) not in _PREFECTURES:
        return f"コード「{code[:20]}」は市区町村のコードではありません。"
    if width == 6 and not is_municipal(code):
        return f"コード「{code}」の検査数字（最後の1桁）が合いません。"
    return ""

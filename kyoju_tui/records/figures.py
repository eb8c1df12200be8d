"""The figures beside a data set: a tidy CSV, one figure a line (docs/format.md, `datasets/<id>.csv`)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, cast, get_args

from kyoju_tui.records.dataset import CSV_HEADER, ValueStatus
from kyoju_tui.records.text import FORBIDDEN

_STATUSES: Final = cast("tuple[str, ...]", get_args(ValueStatus))
_WITH_VALUE: Final = ("値", "推計")
LONGEST: Final = 200
"""Characters of one cell."""
_MOST_FAULTS: Final = 50


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure. `value` is None where it is suppressed (秘匿) or missing (欠損); `raw` is what the source wrote."""

    area_code: str
    area: str
    indicator: str
    value: int | float | None
    status: ValueStatus
    raw: str


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures that could be read, and (line from 1, sentence) for each line that could not."""

    rows: tuple[Figure, ...] = ()
    faults: tuple[tuple[int, str], ...] = ()

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators in the order of the file."""
        return tuple(dict.fromkeys(row.indicator for row in self.rows))

    @property
    def areas(self) -> tuple[tuple[str, str], ...]:
        """The areas in the order of the file: code and name."""
        return tuple(dict.fromkeys((row.area_code, row.area) for row in self.rows))


def read_figures(data: bytes) -> Figures:
    """Read a data set's CSV: UTF-8, LF, with its head. Lines that break a rule are named, never guessed at."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Figures(faults=((line, "UTF-8でない文字があります。"),))
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        return Figures(faults=((1, "CSVとして読めません（引用符が閉じていないなど）。"),))
    return figures_of(lines)


def figures_of(lines: Sequence[Sequence[str]]) -> Figures:
    """The figures of the lines of such a table, its head the first."""
    if not lines or tuple(lines[0]) != CSV_HEADER:
        return Figures(faults=((1, f"1行目は {','.join(CSV_HEADER)} でなければなりません。"),))
    rows: list[Figure] = []
    faults: list[tuple[int, str]] = []
    seen: set[tuple[str, str, str]] = set()
    for number, cells in enumerate(lines[1:], start=2):
        read = _figure(cells)
        if isinstance(read, str):
            faults.append((number, read))
        elif (key := (read.area_code, read.area, read.indicator)) in seen:
            faults.append((number, f"「{read.area}」の「{read.indicator}」が2回あります。"))
        else:
            seen.add(key)
            rows.append(read)
    return Figures(tuple(rows), tuple(faults[:_MOST_FAULTS]))


def write_figures(rows: Iterable[Figure]) -> bytes:
    """The CSV of these figures, the same bytes for the same figures."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_HEADER)
    for row in rows:
        value = "" if row.value is None else _written(row.value)
        writer.writerow((row.area_code, row.area, row.indicator, value, row.status, row.raw))
    return out.getvalue().encode()


def _figure(cells: Sequence[str]) -> Figure | str:
    """The figure of a line, or why it is none."""
    if len(cells) != len(CSV_HEADER):
        return f"項目が{len(cells)}個あります（{len(CSV_HEADER)}個のはずです）。"
    if any(FORBIDDEN.search(cell) or len(cell) > LONGEST for cell in cells):
        return "使えない文字があるか、長すぎる項目があります。"
    area_code, area, indicator, value, status, raw = cells
    if not area or not indicator:
        return "地域か指標の名前がありません。"
    if status not in _STATUSES:
        return f"value_status は {'・'.join(_STATUSES)} のどれかです。"
    number = number_of(value)
    if status in _WITH_VALUE and number is None:
        return f"「{value}」は数として読めません。"
    if status not in _WITH_VALUE and value:
        return f"{status}の行には値を書きません。"
    return Figure(area_code, area, indicator, number, cast("ValueStatus", status), raw)


def number_of(text: str) -> int | float | None:
    """The number that a text of digits, sign and decimal point is; None for any other, such as `1e5` or `nan`."""
    if not text.isascii() or not text.replace("-", "", 1).replace(".", "", 1).isdigit() or "-" in text[1:]:
        return None
    try:
        return float(text) if "." in text else int(text)
    except ValueError:
        return None


def _written(value: float) -> str:
    """Every digit of it, and no exponent."""
    if isinstance(value, int):
        return str(value)
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text

"""Figures from a CSV that somebody keeps: a tidy one, or an area a line and an indicator a column.

The file is read as it is: its encoding is decided on the whole of it, zero, suppressed and missing are kept apart, and
whatever is not understood is named by line instead of guessed at.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kyoju_tui.records.dataset import CSV_HEADER, ValueStatus
from kyoju_tui.records.errors import InvalidValue
from kyoju_tui.records.figures import Figure, number_of, read_figures, write_figures

LIMIT: Final = 8 * 1024 * 1024
_MOST_COLUMNS: Final = 300
# What the first columns of a table of areas are headed by.
_CODES: Final = ("area_code", "コード", "地域コード", "町丁コード", "町字コード", "市区町村コード")
_AREAS: Final = (
    "area",
    "地域",
    "地区",
    "町丁",
    "町丁名",
    "町名",
    "町字名",
    "町丁・字等",
    "地域名",
    "地区名",
    "名称",
    "圏域",
)
_ZERO: Final = ("-", "‐", "―", "ー")
_SUPPRESSED: Final = re.compile(r"[Xxχ]|[*]+|秘匿")
_MISSING: Final = ("", "…", "...", "‥", "・", "不明", "NA", "N/A")
_LOST_CODE: Final = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file holds: the figures as the store keeps them, its indicators, and remarks for whoever brought it."""

    rows: tuple[Figure, ...]
    remarks: tuple[str, ...]

    @property
    def indicators(self) -> tuple[str, ...]:
        """The indicators in the order of the file."""
        return tuple(dict.fromkeys(row.indicator for row in self.rows))

    @property
    def data(self) -> bytes:
        """The file beside the data set."""
        return write_figures(self.rows)


def take_figures(data: bytes) -> Taken:
    """Read a CSV. Errors: `InvalidValue` saying by line what cannot be taken; then nothing is."""
    if len(data) > LIMIT:
        raise _refused("ファイルが大きすぎます。", f"{LIMIT // 1024 // 1024}MBまでに分けてください。")
    text, encoding = _decoded(data)
    lines = _lines(text)
    head = [_folded(cell) for cell in lines[0]]
    if tuple(head) == CSV_HEADER:
        found = read_figures(text.replace("\r\n", "\n").encode())
        if found.faults:
            raise _faulty(f"{number}行目：{said}" for number, said in found.faults)
        return Taken(found.rows, _told(encoding))
    return _wide(lines, head, encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    """The whole text: UTF-8, with or without BOM, else CP932, strictly."""
    for name, shown in (("utf-8-sig", ""), ("cp932", "文字コードはCP932（シフトJIS）として読みました。")):
        try:
            return data.decode(name), shown
        except UnicodeDecodeError:
            continue
    raise _refused("文字コードが、UTF-8でもCP932（シフトJIS）でもありません。", "「CSV UTF-8」で保存し直してください。")


def _lines(text: str) -> list[list[str]]:
    if "\0" in text:
        raise _refused("CSVではないようです（文字でない内容があります）。", "CSVで保存し直してください。")
    try:
        lines = [line for line in csv.reader(io.StringIO(text, newline=""), strict=True) if any(map(str.strip, line))]
    except csv.Error as error:
        raise _refused("CSVとして読めません（引用符が閉じていないなど）。", "CSVで保存し直してください。") from error
    if len(lines) < 2 or len(lines[0]) < 2:
        raise _refused(
            "見出しの行と、地域ごとの行が見つかりません。",
            "1行目を見出し（地域、指標1、指標2 …）にしてください。",
        )
    if len(lines[0]) > _MOST_COLUMNS:
        raise _refused(f"列が多すぎます（{len(lines[0])}列）。", f"{_MOST_COLUMNS}列までに分けてください。")
    return lines


def _wide(lines: Sequence[Sequence[str]], head: Sequence[str], encoding: str) -> Taken:
    """An area a line, an indicator a column."""
    code = 0 if head[0] in _CODES else None
    area = 1 if code == 0 else 0
    if head[area] not in _AREAS:
        raise _refused(
            f"1行目の「{head[area][:20]}」が地域の列か分かりません。",
            f"地域の列の見出しを「地域」に、その前に置くコードの列を「コード」にしてください（{'・'.join(_AREAS[1:5])}なども使えます）。",
        )
    names = [_trimmed(cell) for cell in lines[0][area + 1 :]]
    if "" in names or len(set(names)) < len(names):
        raise _refused(
            "指標の見出しが空いているか、同じものがあります。", "見出しを1行にし、すべて違う名前にしてください。"
        )
    rows: list[Figure] = []
    faults: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines[1:], start=2):
        cells = [_trimmed(cell) for cell in line]
        if len(cells) != len(head):
            faults.append(f"{number}行目：列が{len(cells)}個あります（見出しは{len(head)}個）。")
            continue
        key = ("" if code is None else _folded(cells[code]), cells[area])
        if key[0] and _LOST_CODE.fullmatch(key[0]):
            faults.append(f"{number}行目：コードが「{key[0]}」に変わっています（表計算ソフトで桁が失われたものです）。")
        elif not key[1]:
            faults.append(f"{number}行目：地域の名前がありません。")
        elif key in seen:
            faults.append(f"{number}行目：「{key[1]}」は{seen[key]}行目にもあります。")
        else:
            seen[key] = number
            for name, raw in zip(names, cells[area + 1 :], strict=True):
                figure = _figure(key, name, raw)
                if figure is None:
                    faults.append(f"{number}行目：「{name}」の「{raw[:20]}」は数として読めません。")
                else:
                    rows.append(figure)
    if faults:
        raise _faulty(faults)
    return Taken(tuple(rows), (*_told(encoding), *_counted(rows)))


def _figure(key: tuple[str, str], name: str, raw: str) -> Figure | None:
    """One cell: `-` is zero, X and * are suppressed, empty and … are missing; None where it is nothing known."""
    text = _folded(raw)
    if text in _ZERO:
        return Figure(*key, name, 0, "値", raw)
    status: ValueStatus | None = "秘匿" if _SUPPRESSED.fullmatch(text) else "欠損" if text in _MISSING else None
    if status is not None:
        return Figure(*key, name, None, status, raw)
    number = number_of(text.replace(",", "").replace("△", "-").replace("▲", "-"))
    return None if number is None else Figure(*key, name, number, "値", raw)


def _trimmed(cell: str) -> str:
    """A name without the blanks and line ends that sheets are padded with."""
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", cell)).strip()


def _folded(cell: str) -> str:
    """What is compared or read as a number: without full-width forms too."""
    return unicodedata.normalize("NFKC", _trimmed(cell))


def _told(encoding: str) -> tuple[str, ...]:
    return (encoding,) if encoding else ()


def _counted(rows: Sequence[Figure]) -> Iterator[str]:
    for status in ("秘匿", "欠損"):
        count = sum(row.status == status for row in rows)
        if count:
            yield f"{status}：{count}件（数としては扱いません）"


def _faulty(faults: Sequence[str] | Iterator[str]) -> InvalidValue:
    told = list(faults)
    more = f" ほか{len(told) - 5}件" if len(told) > 5 else ""
    return _refused("".join(told[:5]) + more, "ファイルを直してから、もう一度取り込んでください。")


def _refused(message: str, cure: str) -> InvalidValue:
    return InvalidValue(f"{message}何も取り込んでいません。", field="file", cure=cure)

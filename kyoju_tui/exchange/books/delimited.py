"""CSV and its kin as a sheet: the encoding is decided on the whole file, strictly, and nothing is shifted silently."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from kyoju_tui.exchange.books.gate import shown_name
from kyoju_tui.exchange.books.values import Sheet, UnreadableFile, Value, address

_DELIMITERS: Final = ",\t;"
_FIELD: Final = 256 * 1024
_LONG: Final = 32 * 1024
_AREA: Final = 1_000_000
_SAMPLE: Final = 50
# As long as a line is read to see how it is cut.
_SEEN: Final = 10_000
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
# Bytes that belong to no letter of CP932 come out of the codec as U+0080 and U+F8F0 to U+F8F3.
_STRAY: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\uf8f0-\uf8f3]")
_JAPANESE: Final = re.compile("[\u3040-\u30ff\u4e00-\u9fff]{2}")
_ENCODINGS: Final = (("utf-8-sig", ""), ("cp932", "文字コードはCP932（シフトJIS）として読みました。"))
_QUOTES: Final = '引用符（"）の数が合っているか、閉じ忘れがないか確かめてください。'
_CURE: Final = "表計算ソフトで「CSV（UTF-8）」として保存し直してください。"


def read_delimited(data: bytes, file: str) -> tuple[Sheet, tuple[str, ...]]:
    """A text table as one sheet of strings (an empty field is None), and remarks for whoever brought it.

    Errors: `UnreadableFile` with the line, where the text cannot be read as one encoding or the table is none.
    """
    if max(data.count(b"\n"), data.count(b"\r")) > _AREA:
        raise _too_many(file)
    text, remark = decoded(data, file)
    stray = _STRAY.search(text)
    if stray is not None:
        line = text.count("\n", 0, stray.start()) + 1
        raise _refused(file, f"{line}行目に、表にあってはならない文字（制御文字）があります。", _CURE)
    delimiter = _delimiter(text)
    rows = _rows(text, delimiter, file)
    remarks = [remark] if remark else []
    if delimiter != ",":
        remarks.append(f"区切りは{'タブ' if delimiter == _DELIMITERS[1] else 'セミコロン'}として読みました。")
    width = max(map(len, rows), default=0)
    if width * len(rows) > _AREA:
        raise _too_many(file)
    lengths = Counter(len(row) for row in rows if any(row))
    usual = max(lengths, key=lambda length: (lengths[length], length), default=0)
    ragged = [number for number, row in enumerate(rows) if len(row) != usual and any(row)]
    if ragged:
        told = "、".join(str(number + 1) for number in ragged[:5]) + ("…" if len(ragged) > 5 else "")
        remarks.append(f"列の数がほかと違う行が{len(ragged)}行あります（{told}行目）。")
    return Sheet(shown_name(file), tuple(_filled(rows, width)), ragged=frozenset(ragged)), tuple(remarks)


def decoded(data: bytes, file: str) -> tuple[str, str]:
    """The whole text as UTF-8 (with or without BOM), else CP932, and a remark where it was not UTF-8.

    Errors: `UnreadableFile` with the line of the first byte that neither can be.
    """
    at = 0
    for name, remark in _ENCODINGS:
        try:
            text = data.decode(name)
        except UnicodeDecodeError as error:
            at = max(at, error.start)
            continue
        if name == "cp932":
            _require_one_encoding(data, file)
        return text, remark
    line = data.count(b"\n", 0, at) + 1
    raise _refused(file, f"{line}行目に、UTF-8でもCP932でも読めない文字があります。", _CURE, f"byte {at}")


def _require_one_encoding(data: bytes, file: str) -> None:
    """CP932 can make letters of nearly any bytes: a line that reads as Japanese in UTF-8 was written in UTF-8."""
    for number, line in enumerate(io.BytesIO(data), 1):
        if line.isascii():
            continue
        try:
            found = _JAPANESE.search(line.decode("utf-8"))
        except UnicodeDecodeError:
            continue
        if found is not None:
            raise _refused(
                file, f"{number}行目が別の文字コード（UTF-8）で書かれていて、読めない文字になります。", _CURE
            )


def _delimiter(text: str) -> str:
    """The delimiter that cuts the first lines most alike; the comma where nothing speaks for another."""
    lines = [line[:_SEEN] for line in islice(_lines(text), _SAMPLE) if line.strip()]

    def votes(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        usual = max(set(counts), key=counts.count, default=0)
        return (counts.count(usual) if usual else 0), usual

    best = max(_DELIMITERS, key=votes)
    return best if votes(best)[0] > votes(",")[0] else ","


def _lines(text: str) -> Iterator[str]:
    """The lines with their ends, one at a time: a file can have millions."""
    return (found[0] for found in _LINE.finditer(text))


def _rows(text: str, delimiter: str, file: str) -> list[list[str]]:
    """The fields of every line. Errors: `UnreadableFile` before a table grows too large to be held."""

    def narrow() -> Iterator[str]:
        for line in _lines(text):
            if len(line) > _AREA and line.count(delimiter) > _AREA:
                raise _too_many(file)
            yield line

    before = csv.field_size_limit(_FIELD)
    fields = 0
    reader = csv.reader(narrow(), delimiter=delimiter, strict=True)
    try:
        rows: list[list[str]] = []
        for row in reader:
            fields += max(1, len(row))
            if fields > _AREA:
                raise _too_many(file)
            for column, field in enumerate(row):
                if len(field) > _LONG:
                    where = address(len(rows), column)
                    raise _refused(file, f"{where} の欄が長すぎます（{_LONG:,}字まで）。", _QUOTES)
            rows.append(row)
    except csv.Error as error:
        where = f"{reader.line_num:,}行目のあたりに、CSVとして読めないところがあります。"
        raise _refused(file, where, _QUOTES, str(error)) from error
    finally:
        csv.field_size_limit(before)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise _refused(file, "中身がありません。", "正しいファイルか確かめてください。")
    return rows


def _filled(rows: list[list[str]], width: int) -> Iterator[tuple[Value, ...]]:
    """Rows of one width; each of `rows` is let go of as its turn comes."""
    for number, row in enumerate(rows):
        rows[number] = []
        yield (*(field or None for field in row), *([None] * (width - len(row))))


def _too_many(file: str) -> UnreadableFile:
    return _refused(file, "行と列が多すぎます。", "必要な部分だけのファイルにしてください。")


def _refused(file: str, what: str, cure: str, detail: str = "") -> UnreadableFile:
    return UnreadableFile(f"「{shown_name(file)}」は、{what}何も取り込んでいません。", cure=cure, detail=detail)

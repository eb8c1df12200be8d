"""The process that opens spreadsheets for `reading`: small memory, little time, no files of its own.

Each request on standard input is a length (8 bytes), a JSON line `{"form": …}` and the file's bytes. The answer on
standard output is pieces, each a length and JSON: a sheet's head, its rows some at a time, `fault` where that went
wrong, `end`. Run as `python -m kyoju_tui.exchange.books.child MEMORY SECONDS`.
"""

from __future__ import annotations

import io
import json
import re
import resource
import signal
import struct
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, BinaryIO, Final

_LENGTH: Final = struct.Struct(">Q")
_WHOLE: Final = 1e15
# A cell with something in it, up to its end or to the next one: read once, however it is broken.
_FORMULA: Final = re.compile(rb"<(?:\w+:)?c\b([^<>]*)(?<!/)>(.*?)(?=</?(?:\w+:)?c\b|\Z)", re.DOTALL)
_REFERENCE: Final = re.compile(rb"\br=[\"']([A-Z]{1,3})(\d{1,7})[\"']")
_VALUE: Final = re.compile(rb"<(?:\w+:)?(?:v>[^<]|is\b)")
_WRONG: Final = re.compile(rb"\bt=[\"']e[\"']")
# Cells of a book, its sheets, and the cells that are told at once.
_MOST: Final = 2_000_000
_SHEETS: Final = 200
_PIECE: Final = 4_000
# Formulas without their values, of a sheet.
_UNCOMPUTED: Final = 100_000
_NARROW: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def main(memory: int, seconds: int) -> None:
    """Answer requests until standard input ends."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    from python_calamine import CalamineWorkbook  # noqa: F401  # pyright: ignore[reportUnusedImport]

    resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while head := source.read(_LENGTH.size):
        length = _LENGTH.unpack(head)[0]
        request = source.read(length)
        told, _, data = request.partition(b"\n")
        # Without a handler it ends the process, even one whose starter is gone and that is deep in the library.
        signal.alarm(seconds)
        for piece in _answer(json.loads(told)["form"], data):
            _send(sink, _NARROW.encode(piece).encode("utf-8", "replace"))
        signal.alarm(0)


def _send(sink: BinaryIO, encoded: bytes) -> None:
    sink.write(_LENGTH.pack(len(encoded)))
    sink.write(encoded)
    sink.flush()


def _answer(form: str, data: bytes) -> Iterator[dict[str, Any]]:
    from python_calamine import CalamineError, PasswordError

    try:
        yield from _sheets(form, data)
    except PasswordError as error:
        yield {"fault": "password", "detail": str(error)}
    except MemoryError:
        yield {"fault": "size", "detail": "out of memory"}
    except BrokenPipeError:
        raise
    except (CalamineError, OSError, ValueError, OverflowError, KeyError) as error:
        yield {"fault": "broken", "detail": f"{type(error).__name__}: {error}"}
    yield {"end": True}


def _sheets(form: str, data: bytes) -> Iterator[dict[str, Any]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    uncomputed = _uncomputed(data) if form == "xlsx" else {}
    left = _MOST
    if len(book.sheets_metadata) > _SHEETS:
        raise MemoryError
    for number, told in enumerate(book.sheets_metadata):
        if told.typ != SheetTypeEnum.WorkSheet:
            continue
        sheet = book.get_sheet_by_index(number)
        left -= sheet.total_height * sheet.total_width
        if left < 0:
            raise MemoryError
        rows = sheet.to_python(skip_empty_area=False) if sheet.height else []
        yield {
            "name": told.name,
            "visible": told.visible == SheetVisibleEnum.Visible,
            "merged": [[*first, *last] for first, last in sheet.merged_cell_ranges or ()],
            "uncomputed": uncomputed.get(told.name, []),
        }
        step = max(1, _PIECE // max(1, sheet.total_width))
        for start in range(0, len(rows), step):
            yield {"rows": [[_plain(value) for value in row] for row in rows[start : start + step]]}


def _plain(value: object) -> object:
    """A value for JSON; dates as a list of their sort and their ISO form."""
    if value is None or value == "":
        return None
    if isinstance(value, bool | str | int):
        return value
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            return str(value)
        return int(value) if value.is_integer() and abs(value) < _WHOLE else value
    if isinstance(value, datetime):
        if value.time() == time(0):
            return ["date", value.date().isoformat()]
        return ["datetime", value.isoformat()]
    if isinstance(value, date):
        return ["date", value.isoformat()]
    if isinstance(value, time):
        return ["time", value.isoformat()]
    if isinstance(value, timedelta):
        return ["seconds", value.total_seconds()]
    return str(value)


def _uncomputed(data: bytes) -> dict[str, list[list[int]]]:
    """Per sheet the cells that have a formula and no value, or the sign of a mistaken one."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist())
        found: dict[str, list[list[int]]] = {}
        parts: dict[str, str] | None = None
        for member in sorted(names):
            if "worksheets/" not in member or not member.endswith(".xml"):
                continue
            content = archive.read(member)
            if b"<f" not in content and b":f" not in content and _WRONG.search(content) is None:
                continue
            cells = list(islice(_without_value(content), _UNCOMPUTED + 1))
            if len(cells) > _UNCOMPUTED:
                raise MemoryError
            if cells:
                parts = parts if parts is not None else _names(archive)
                found[parts.get(member, member)] = cells
    return found


def _without_value(content: bytes) -> Iterator[list[int]]:
    for cell in _FORMULA.finditer(content):
        attributes, inside = cell.groups()
        place = _REFERENCE.search(attributes)
        # The reader takes the outcome of a mistaken formula (#REF!) for an empty cell.
        wrong = _WRONG.search(attributes) is not None
        empty = re.search(rb"<(?:\w+:)?f\b", inside) is not None and _VALUE.search(inside) is None
        if place is None or not (wrong or empty):
            continue
        column = 0
        for letter in place[1]:
            column = column * 26 + letter - 64
        yield [int(place[2]) - 1, column - 1]


def _names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The sheet's name by the part that holds it."""
    from defusedxml.ElementTree import fromstring

    relations: dict[str, str] = {}
    for relation in fromstring(archive.read("xl/_rels/workbook.xml.rels")):
        target = relation.get("Target", "")
        relations[relation.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    found: dict[str, str] = {}
    for element in fromstring(archive.read("xl/workbook.xml")).iter():
        if element.tag.endswith("}sheet"):
            for key, value in element.attrib.items():
                if key.endswith("}id"):
                    found[relations.get(value, "")] = element.get("name", "")
    return found


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))

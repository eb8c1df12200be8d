"""Opening files from outside: spreadsheets in a limited process of their own, text tables here, values only."""

from __future__ import annotations

import hashlib
import json
import os
import select
import stat
import struct
import subprocess
import sys
import time as clock
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final, cast

from kyoju_tui.exchange.books.delimited import read_delimited
from kyoju_tui.exchange.books.gate import TEXT_LIMIT, Form, require_plain, shown_name
from kyoju_tui.exchange.books.values import Area, Book, Sheet, UnreadableFile, Value

MEMORY: Final = 300 * 1024 * 1024
"""Bytes that the process may take."""
SECONDS: Final = 20
"""Seconds that one file may take."""

_CPU: Final = 120
_LENGTH: Final = struct.Struct(">Q")
_CHUNK: Final = 1 << 16
_SAVE_AGAIN: Final = "Excelで開けるか確かめ、新しいブックに値だけを貼り付けて保存し直してください。"
_FAULTS: Final = {
    "password": ("パスワードで保護されています。", "パスワードを外して保存し直してください。"),
    "size": ("大きすぎて読み取れません。", "必要な部分だけのファイルにしてください。"),
    "broken": ("壊れているか、表計算のファイルではありません。", _SAVE_AGAIN),
    "time": ("読み取りに時間がかかりすぎるため、やめました。", _SAVE_AGAIN),
}


def read_book(path: Path) -> Book:
    """Read one file: .xlsx, .ods, .xls, or a text table (.csv, .tsv), told apart by its bytes.

    Errors: `UnreadableFile` with what is wrong and what to do; nothing but the file was looked at.
    """
    found = next(read_books([path]))
    if isinstance(found, UnreadableFile):
        raise found
    return found


def read_books(paths: Iterable[Path]) -> Iterator[Book | UnreadableFile]:
    """Read many files with one process, in their order; what cannot be read comes back as its error."""
    with _Reader() as reader:
        for path in paths:
            try:
                yield _read(path, reader)
            except UnreadableFile as error:
                yield error


def _read(path: Path, reader: _Reader) -> Book:
    data = _bytes(path)
    form = require_plain(data, path.name)
    digest = hashlib.sha256(data).hexdigest()
    if form == "text":
        sheet, remarks = read_delimited(data, path.name)
        return Book(path.name, digest, (sheet,), remarks)
    return Book(path.name, digest, tuple(map(_sheet, reader.read(form, data, path.name))))


def _bytes(path: Path) -> bytes:
    """A regular file's bytes, no more than a gate will take."""
    try:
        # Looked at first: opening a pipe that nobody writes to would wait for ever.
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFile(
                f"「{shown_name(path.name)}」はファイルではありません。", cure="取り込むファイルを選んでください。"
            )
        with path.open("rb") as opened:
            return opened.read(TEXT_LIMIT + 1)
    except OSError as error:
        raise UnreadableFile(
            f"「{shown_name(path.name)}」を開けません。何も取り込んでいません。",
            cure="ファイルの場所と名前、読み取りの権限を確かめてください。",
            detail=str(error),
        ) from error


class _Reader:
    """The reading process: started at the first spreadsheet, again after one that it did not survive."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> _Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, form: Form, data: bytes, file: str) -> list[dict[str, Any]]:
        """The sheets of a file as the process tells them. Errors: `UnreadableFile`."""
        process = self._process or self._begin()
        request = json.dumps({"form": form}).encode() + b"\n" + data
        try:
            answer = json.loads(_exchange(process, _LENGTH.pack(len(request)) + request))
        except TimeoutError as error:
            self._end()
            raise _unreadable(file, "time", str(error)) from error
        except (OSError, EOFError, ValueError) as error:
            # It ran into its limits, or the library fell over: the file is the reason in either case.
            code = self._end()
            raise _unreadable(file, "size" if code in (-6, -9, -24) else "broken", f"{error} ({code})") from error
        if "fault" in answer:
            raise _unreadable(file, answer["fault"], answer["detail"])
        return cast("list[dict[str, Any]]", answer["sheets"])

    def _begin(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-m", "kyoju_tui.exchange.books.child", str(MEMORY), str(_CPU)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        return self._process

    def _end(self) -> int:
        process, self._process = self._process, None
        if process is None:
            return 0
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    # The other end is gone already; what was not sent is of no use to anybody.
                    continue
        try:
            return process.wait(1)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def _exchange(process: subprocess.Popen[bytes], request: bytes) -> bytes:
    """Send a request and take its answer, both within the time for a file."""
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the reading process was started without pipes")
    source, sink = process.stdout.fileno(), process.stdin.fileno()
    os.set_blocking(sink, False)
    deadline = clock.monotonic() + SECONDS
    sent, got = 0, bytearray()
    while True:
        left = deadline - clock.monotonic()
        if left <= 0:
            raise TimeoutError(f"{SECONDS} s")
        readable, writable, _ = select.select([source], [sink] if sent < len(request) else [], [], left)
        if writable:
            sent += os.write(sink, request[sent : sent + _CHUNK])
        if readable:
            chunk = os.read(source, _CHUNK)
            if not chunk:
                raise EOFError("the reading process ended")
            got += chunk
            if len(got) >= _LENGTH.size and len(got) >= _LENGTH.size + _LENGTH.unpack(got[: _LENGTH.size])[0]:
                return bytes(got[_LENGTH.size :])


def _unreadable(file: str, fault: str, detail: str) -> UnreadableFile:
    what, cure = _FAULTS[fault]
    return UnreadableFile(f"「{shown_name(file)}」は、{what}何も取り込んでいません。", cure=cure, detail=detail)


def _sheet(told: dict[str, Any]) -> Sheet:
    rows = [[_value(value) for value in row] for row in told["rows"]]
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    width = max((_length(row) for row in rows), default=0)
    return Sheet(
        str(told["name"]),
        tuple(tuple(row[:width]) for row in rows),
        bool(told["visible"]),
        tuple(Area(*area) for area in told["merged"]),
        frozenset((row, column) for row, column in told["uncomputed"]),
    )


def _length(row: list[Value]) -> int:
    return next((number for number in range(len(row), 0, -1) if row[number - 1] is not None), 0)


def _value(told: object) -> Value:
    if not isinstance(told, list):
        return cast("Value", told)
    sort, text = cast("tuple[str, Any]", tuple(cast("list[object]", told)))
    match sort:
        case "date":
            return date.fromisoformat(text)
        case "datetime":
            return datetime.fromisoformat(text)
        case "time":
            return time.fromisoformat(text)
        case _:
            return timedelta(seconds=text)

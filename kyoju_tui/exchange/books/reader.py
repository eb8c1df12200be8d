"""The process that opens spreadsheets, seen from this side: started, asked, ended at once where it has to be."""

from __future__ import annotations

import json
import os
import select
import struct
import subprocess
import sys
import time as clock
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final, cast

from kyoju_tui.exchange.books.gate import Form, shown_name
from kyoju_tui.exchange.books.values import Area, Sheet, UnreadableFile, Value
from kyoju_tui.exchange.bringing import Stopped, never

MEMORY: Final = 180 * 1024 * 1024
"""Bytes that the process may take; with this side, which keeps what it tells, less than 300 MB."""
SECONDS: Final = 20
"""Seconds that one file may take."""
TOLD: Final = 24 * 1024 * 1024
"""Bytes that a file's values may be told in: many cells can hold one long text, which is small in the file."""

_LENGTH: Final = struct.Struct(">Q")
_CHUNK: Final = 1 << 16
# How long a person who calls it off waits.
_GLANCE: Final = 0.1
# Merged cells of a sound file cover a cell once. A few that overlap are read; what is covered over and over is not.
_FOLDS: Final = 4
_COPIED: Final = 10_000
_KILLED: Final = frozenset({-6, -9, -24})
_SAVE_AGAIN: Final = "Excelで開けるか確かめ、新しいブックに値だけを貼り付けて保存し直してください。"
_FAULTS: Final = {
    "password": ("パスワードで保護されています。", "パスワードを外して保存し直してください。"),
    "size": ("大きすぎて読み取れません。", "必要な部分だけのファイルにしてください。"),
    "broken": ("壊れているか、表計算のファイルではありません。", _SAVE_AGAIN),
    "merged": ("結合された欄が重なり合っています。", "結合を外して保存し直してください。"),
    "time": ("読み取りに時間がかかりすぎるため、やめました。", _SAVE_AGAIN),
}


class Reader:
    """The reading process: started at the first spreadsheet, again after one that it did not survive.

    `cancelled` is looked at while it reads.
    """

    def __init__(self, cancelled: Callable[[], bool] = never) -> None:
        self._cancelled = cancelled
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def read(self, form: Form, data: bytes, file: str) -> tuple[Sheet, ...]:
        """The sheets of a file. Errors: `UnreadableFile`, `Stopped`; the process is gone after either of them."""
        process = self._process or self._begin()
        request = json.dumps({"form": form}).encode() + b"\n" + data
        try:
            return tuple(_sheets(self._told(process, _LENGTH.pack(len(request)) + request)))
        except _Fault as fault:
            self._end()
            raise _unreadable(file, fault.name, str(fault)) from fault
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            # It ran into its limits, or the library fell over: the file is the reason in either case.
            code = self._end(patience=1.0)
            raise _unreadable(file, "size" if code in _KILLED else "broken", f"{error} ({code})") from error
        except BaseException:
            self._end()
            raise

    def _told(self, process: subprocess.Popen[bytes], request: bytes) -> Iterator[dict[str, Any]]:
        """Send a request, and tell what is answered piece by piece, all within the time for a file."""
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the reading process was started without pipes")
        source, sink = process.stdout.fileno(), process.stdin.fileno()
        os.set_blocking(sink, False)
        deadline = clock.monotonic() + SECONDS
        sent, taken, got = 0, 0, bytearray()
        while True:
            if self._cancelled():
                raise Stopped("読み取りをやめました。", cure="何も変えていません。")
            if clock.monotonic() >= deadline:
                raise _Fault("time", f"{SECONDS} s")
            readable, writable, _ = select.select([source], [sink] if sent < len(request) else [], [], _GLANCE)
            if writable:
                sent += os.write(sink, request[sent : sent + _CHUNK])
            if not readable:
                continue
            chunk = os.read(source, _CHUNK)
            if not chunk:
                raise EOFError("the reading process ended")
            got += chunk
            taken += len(chunk)
            if taken > TOLD:
                raise _Fault("size", f"{TOLD} bytes")
            while len(got) >= _LENGTH.size and len(got) >= (end := _LENGTH.size + _LENGTH.unpack_from(got)[0]):
                piece = cast("dict[str, Any]", json.loads(got[_LENGTH.size : end]))
                del got[:end]
                if piece.get("end"):
                    return
                yield piece

    def _begin(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "TZ") if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-m", "kyoju_tui.exchange.books.child", str(MEMORY), str(int(SECONDS) + 1)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment,
            start_new_session=True,
        )
        return self._process

    def _end(self, patience: float = 0.0) -> int:
        """End the process: at once, or with `patience` to learn what it was ended by. How it ended."""
        process, self._process = self._process, None
        if process is None:
            return 0
        deadline = clock.monotonic() + patience
        while process.poll() is None and clock.monotonic() < deadline:
            clock.sleep(0.01)
        process.kill()
        code = process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                stream.close()
        return code


class _Fault(Exception):
    """Why a file is not read: one of `_FAULTS`, and the detail of it."""

    def __init__(self, name: str, detail: str) -> None:
        super().__init__(detail)
        self.name = name


def _unreadable(file: str, fault: str, detail: str) -> UnreadableFile:
    what, cure = _FAULTS[fault]
    return UnreadableFile(f"「{shown_name(file)}」は、{what}何も取り込んでいません。", cure=cure, detail=detail)


def _sheets(told: Iterator[dict[str, Any]]) -> Iterator[Sheet]:
    """The sheets, from their heads and the rows that follow each. Errors: `_Fault`."""
    head: dict[str, Any] | None = None
    rows: list[tuple[Value, ...]] = []
    for piece in told:
        if "fault" in piece:
            raise _Fault(piece["fault"], piece["detail"])
        if "rows" in piece:
            rows += (tuple(map(_value, row)) for row in piece["rows"])
            continue
        if head is not None:
            yield _sheet(head, rows)
        head, rows = piece, []
    if head is not None:
        yield _sheet(head, rows)


def _sheet(head: dict[str, Any], rows: list[tuple[Value, ...]]) -> Sheet:
    while rows and not any(value is not None for value in rows[-1]):
        rows.pop()
    width = max(map(_length, rows), default=0)
    merged = tuple(Area(*area) for area in head["merged"])
    covered = sum(
        max(0, min(area.bottom + 1, len(rows)) - area.top) * max(0, min(area.right + 1, width) - area.left)
        for area in merged
    )
    if covered > _FOLDS * (len(rows) * width + _COPIED):
        raise _Fault("merged", str(len(merged)))
    return Sheet(
        str(head["name"]),
        tuple(row if len(row) == width else row[:width] for row in rows),
        bool(head["visible"]),
        merged,
        frozenset((row, column) for row, column in head["uncomputed"]),
    )


def _length(row: tuple[Value, ...]) -> int:
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

"""A real terminal for the tests: the program behind a pty, its output on a pyte screen. Nothing sleeps, waits poll."""

from __future__ import annotations

import os
import select
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self, cast

import pyte
from ptyprocess import PtyProcess

DEADLINE = 20.0
_IDLE = 0.004  # seconds of computing that a program at rest does not reach


class _Screen(pyte.Screen):
    """A screen that answers the program's questions; `ambiguous` is how many cells it says that ① takes."""

    def __init__(self, columns: int, lines: int, answer: Callable[[str], None], ambiguous: int) -> None:
        super().__init__(columns, lines)
        self._answer = answer
        self._more = ambiguous - 1

    def report_device_status(self, mode: int = 0, **_more: Any) -> None:
        """Where the cursor is."""
        if mode == 6:
            self._answer(f"\x1b[{self.cursor.y + 1};{self.cursor.x + 1 + self._more}R")


class Terminal:
    """A program in a terminal of a given size. Use as a context manager; `output` keeps every byte that was written."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        lines: int = 24,
        environ: Mapping[str, str],
        cwd: Path,
        ambiguous: int = 1,
    ) -> None:
        self.output = b""
        self.screen = _Screen(columns, lines, self.type, ambiguous)
        self._stream = pyte.ByteStream(self.screen)
        spawn: Any = cast("Any", PtyProcess).spawn  # has no types
        self._process = spawn(list(command), cwd=str(cwd), env=dict(environ), dimensions=(lines, columns))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The process."""
        return int(self._process.pid)

    @property
    def text(self) -> str:
        """The screen's lines without the blanks at their ends."""
        rows = (self.screen.buffer[line] for line in range(self.screen.lines))
        # The second half of a wide character is an empty cell.
        return "\n".join("".join(row[x].data for x in range(self.screen.columns)).rstrip() for row in rows)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and line of the terminal's cursor, counted from 0."""
        return self.screen.cursor.x, self.screen.cursor.y

    @property
    def cursor_seen(self) -> bool:
        """Whether the terminal shows its cursor."""
        return not self.screen.cursor.hidden

    def type(self, text: str) -> None:
        """Send text as keys."""
        os.write(self._process.fd, text.encode())

    def paste(self, text: str) -> None:
        """Send text as a bracketed paste."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, lines: int) -> None:
        """Change the size of the window."""
        self.screen.resize(lines, columns)
        self._process.setwinsize(lines, columns)

    def wait_until(self, holds: Callable[[], bool], what: str, *, seconds: float = DEADLINE) -> None:
        """Read until it holds; fails with the screen as it is when the time is over."""
        end = time.monotonic() + seconds
        while not holds():
            if not self._read(end - time.monotonic()) and not holds():
                raise AssertionError(f"waited for {what}; the screen shows\n{self.text}")

    def wait_for(self, text: str, *, seconds: float = DEADLINE) -> None:
        """Read until the screen shows the text."""
        self.wait_until(lambda: text in self.text, repr(text), seconds=seconds)

    def wait_without(self, text: str, *, seconds: float = DEADLINE) -> None:
        """Read until the screen no longer shows the text."""
        self.wait_until(lambda: text not in self.text, f"no {text!r}", seconds=seconds)

    def read_more(self, seconds: float) -> bool:
        """Take what the program writes next; False where nothing came in time."""
        return self._read(seconds)

    def time_of(self, keys: str, *, quiet: float = 0.025, most: float = 5.0) -> float:
        """Type, and return the seconds until the last byte of the answer.

        The answer is over when the program has neither written nor computed for `quiet` seconds; what it tells once the
        user rests is no part of it. What it waited for a processor that others had is taken off.
        """
        while self._read(0):
            pass
        parts: list[bytes] = []
        began, (ran, waiting) = time.perf_counter(), self._scheduled()
        self.type(keys)
        last, late = began, waiting
        while time.perf_counter() - began < most:
            if select.select([self._process.fd], [], [], quiet)[0]:
                try:
                    parts.append(os.read(self._process.fd, 65536))
                except OSError as error:
                    said = b"".join(parts)[-4000:].decode(errors="replace")
                    raise AssertionError(f"the program ended: {said}") from error
                last, late = time.perf_counter(), self._scheduled()[1]
                continue
            now = self._scheduled()[0]
            if now - ran < _IDLE:
                break
            ran = now
        # Drawn only now: it must not delay the reading.
        data = b"".join(parts)
        self.output += data
        self._stream.feed(data)
        return max(0.0, last - began - (late - waiting))

    def rest(self, seconds: float = 2.0) -> None:
        """Touch no key for a while, as people do; what the program writes meanwhile is read."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)

    def _scheduled(self) -> tuple[float, float]:
        """Seconds that the program's main thread has run so far, and that it was ready to and had no processor."""
        ran, waited, _slices = Path(f"/proc/{self.pid}/task/{self.pid}/schedstat").read_text().split()
        return int(ran) / 1e9, int(waited) / 1e9

    def wait_end(self, *, seconds: float = DEADLINE) -> int:
        """Read until the program ended, and return its exit code (128 + n after signal n)."""
        end = time.monotonic() + seconds
        while self._process.isalive():
            if time.monotonic() > end:
                raise AssertionError(f"the program does not end; the screen shows\n{self.text}")
            self._read(0.05)
        while self._read(0):
            pass
        if self._process.signalstatus is not None:
            return 128 + int(self._process.signalstatus)
        return int(self._process.exitstatus or 0)

    def hang_up(self) -> None:
        """Drop the line: the terminal is gone, as when a connection breaks."""
        self._process.fileobj.close()
        self._process.closed = True

    def wait_gone(self, *, seconds: float = DEADLINE) -> None:
        """Wait until the process is gone, once the terminal is."""
        end = time.monotonic() + seconds
        while True:
            done, _status = os.waitpid(self.pid, os.WNOHANG)
            if done:
                self._process.terminated = True
                return
            if time.monotonic() > end:
                raise AssertionError("the program goes on without its terminal")
            select.select([], [], [], 0.02)

    def close(self) -> None:
        """End the program if it still runs."""
        if not self._process.terminated and self._process.isalive():
            self._process.terminate(force=True)
        if not self._process.closed:
            self._process.close(force=True)

    def _read(self, seconds: float) -> bool:
        """Take what the program has written; False where nothing came in time or the program is gone."""
        if self._process.closed or not select.select([self._process.fd], [], [], max(0.0, seconds))[0]:
            return False
        try:
            data = os.read(self._process.fd, 65536)
        except OSError:
            return False
        self.output += data
        self._stream.feed(data)
        return bool(data)


START = (
    "import os, sys; from pathlib import Path; from kyoju_tui.ui.run import run;"
    "sys.exit(run(Path(sys.argv[1]) if sys.argv[1] else None, sys.argv[2] or None, os.environ))"
)


def kyoju_command(store: Path | None, author: str = "") -> list[str]:
    """The command line that opens a store on the screen (None: the first start), without parsing arguments."""
    return [sys.executable, "-c", START, "" if store is None else str(store), author]

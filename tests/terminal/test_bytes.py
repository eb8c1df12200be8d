"""What goes over a slow line: a step of the cursor in the 一覧表 draws two cells, and the explanation once it rests."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.terminal.conftest import Open
from tests.terminal.terminal import Terminal

MOST = 2048


def written(terminal: Terminal, key: str) -> int:
    """How many bytes a key makes the program write, until it has been still for a while."""
    before = len(terminal.output)
    terminal.type(key)
    seen, since = before, time.monotonic()
    while time.monotonic() - since < 0.4:
        terminal.read_more(0.1)
        if len(terminal.output) != seen:
            seen, since = len(terminal.output), time.monotonic()
    return seen - before


@pytest.mark.heavy
@pytest.mark.parametrize(("columns", "lines"), [(160, 45), (80, 24)])
def test_a_step_in_the_matrix_is_cheap(store: Path, open_terminal: Open, columns: int, lines: int) -> None:
    terminal = open_terminal(store, columns=columns, lines=lines)
    terminal.wait_for("論点30")
    written(terminal, "\x1b[B")
    costs = [written(terminal, key) for key in ("\x1b[B", "\x1b[A", "\x1b[D", "\x1b[C")]
    assert all(0 < cost <= MOST for cost in costs), costs

"""Two sessions in two terminals see what the other has open, what the other records, and that the other is gone."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.acceptance.conftest import DEPARTMENTS, GOLDEN, Open
from tests.acceptance.seen import CTRL_S, ENTER, go_to
from tests.terminal.terminal import Terminal

ROWS = tuple(GOLDEN)
HERE = ("高齢者", "住宅課")
A, B = "高齢福祉課 担当", "子育て支援課 担当"
ESC = "\x1b"


@pytest.mark.parametrize(("columns", "lines"), [(80, 24), (160, 45)])
def test_two_sessions_see_each_other(golden: Path, open_terminal: Open, columns: int, lines: int) -> None:
    first, second = (
        open_terminal("--store", golden, columns=columns, lines=lines, KYOJU_USER=f"{who} <{mail}@example.jp>")
        for who, mail in ((A, "korei"), (B, "kosodate"))
    )
    for terminal in (first, second):
        terminal.wait_for("記入なし14")
        go_to(terminal, *HERE, ROWS, DEPARTMENTS)
    first.type(ENTER)
    first.wait_for("課題の編集")
    second.wait_until(lambda: f"{A} さんが「" in seen(second), "who has it open, in the matrix", seconds=5)
    second.type(ENTER)
    second.wait_for(f"{A} さんも開いています", seconds=5)
    first.wait_for(f"{B} さんも開いています", seconds=5)

    second.type("あ")
    second.wait_for("あ")
    second.type(CTRL_S)
    first.wait_until(lambda: f"{B} さんが 件名 を変えました" in seen(first), "who changed what", seconds=5)
    first.wait_without(f"{B} さんも開いています", seconds=5)

    second.type(ENTER)
    first.wait_for(f"{B} さんも開いています", seconds=5)
    # The other's being there costs no byte.
    first.rest(1.0)
    before = len(first.output)
    first.rest()
    assert len(first.output) == before
    os.kill(second.pid, signal.SIGKILL)
    first.wait_without(f"{B} さんも開いています", seconds=5)
    first.type(ESC)
    first.wait_for("記入なし14")
    folders = list((golden / ".git").rglob("presence"))
    assert len(folders) == 1
    first.wait_until(lambda: not list(folders[0].iterdir()), "nothing left behind", seconds=5)


def seen(terminal: Terminal) -> str:
    """The screen in one line, as sentences go over the ends of lines."""
    return "".join(line.strip() for line in terminal.text.split("\n"))

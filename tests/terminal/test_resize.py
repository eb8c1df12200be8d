"""The window changes its size under the program."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.terminal.conftest import Open


@pytest.mark.parametrize("more", [{}, {"TERM": "xterm"}, {"NO_COLOR": "1"}], ids=["256", "16", "none"])
def test_every_size_shows_title_state_and_keys(store: Path, open_terminal: Open, more: dict[str, str]) -> None:
    terminal = open_terminal(store, columns=80, lines=24, more=more)
    terminal.wait_for("記入なし")
    for columns, lines in ((160, 45), (100, 30), (80, 24), (40, 12), (80, 24)):
        terminal.resize(columns, lines)

        def drawn(columns: int = columns, lines: int = lines) -> bool:
            shown = terminal.text.split("\n")
            fits = all(len(line) <= columns for line in shown)
            ends = shown[0].startswith(" 一覧表") and shown[lines - 1].rstrip().endswith("Ctrl+Q 終了")
            return fits and ends and "さくら市" in shown[lines - 2]

        terminal.wait_until(drawn, f"a screen of {columns}×{lines}")
    if "NO_COLOR" in more:
        assert not re.search(rb"\x1b\[[0-9;]*[34]8;[25];[0-9;]*m", terminal.output)


def test_the_kitty_keyboard_protocol_is_not_asked_for(store: Path, open_terminal: Open) -> None:
    terminal = open_terminal(store)
    terminal.wait_for("記入なし")
    assert b"\x1b[>" not in terminal.output.replace(b"\x1b[>4", b"")

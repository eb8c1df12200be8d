"""The terminal's own cursor stands where the next character goes: there the IME composes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.terminal.conftest import Open
from tests.terminal.terminal import Terminal

LEFT, END, TAB = "\x1b[D", "\x1b[F", "\t"


def wait_in_field(terminal: Terminal, heading: str) -> None:
    """Wait until the cursor is seen on the line under a heading."""

    def there() -> bool:
        line = terminal.cursor[1]
        return terminal.cursor_seen and line > 0 and heading in terminal.text.split("\n")[line - 1]

    terminal.wait_until(there, f"the cursor under {heading}")


@pytest.mark.parametrize("columns,lines", [(80, 24), (160, 45)])
def test_cursor_follows_japanese_typing_cell_by_cell(open_terminal: Open, columns: int, lines: int) -> None:
    terminal = open_terminal(None, columns=columns, lines=lines)
    wait_in_field(terminal, "市町村名")
    column, line = terminal.cursor

    for typed, cells in (("さ", 2), ("くら", 6), ("市a", 9)):
        terminal.type(typed)
        terminal.wait_until(
            lambda cells=cells: terminal.cursor == (column + cells, line), f"{cells} cells to the right"
        )
    assert "さくら市a" in terminal.text.split("\n")[line]

    terminal.type(LEFT)
    terminal.wait_until(lambda: terminal.cursor == (column + 8, line), "one cell back over a letter")
    terminal.type(LEFT)
    terminal.wait_until(lambda: terminal.cursor == (column + 6, line), "two cells back over a kanji")
    terminal.type(END)
    terminal.wait_until(lambda: terminal.cursor == (column + 9, line), "the end of the text")


def test_cursor_goes_with_the_focus_and_hides_where_nothing_is_typed(tmp_path: Path, open_terminal: Open) -> None:
    terminal = open_terminal(None)
    wait_in_field(terminal, "市町村名")
    terminal.type(TAB)
    terminal.wait_until(lambda: not terminal.cursor_seen, "no cursor in a list")
    terminal.type(TAB)
    place = str(tmp_path / "kyoju")
    wait_in_field(terminal, "保存する場所")
    column, line = terminal.cursor
    shown = terminal.text.split("\n")[line]
    assert shown.strip() and place.endswith(shown.strip()[-20:])
    assert column == len(shown.rstrip())


def test_cursor_stays_in_the_field_when_the_text_is_longer_than_the_line(open_terminal: Open) -> None:
    terminal = open_terminal(None, columns=80)
    wait_in_field(terminal, "市町村名")
    column, line = terminal.cursor
    terminal.type("市" * 60 + "終")
    terminal.wait_until(lambda: "終" in terminal.text.split("\n")[line], "the end of the text")
    terminal.wait_until(lambda: terminal.cursor_seen and terminal.cursor[1] == line, "the cursor in the field")
    shown = terminal.screen.buffer[line]
    assert shown[terminal.cursor[0] - 2].data == "終"
    assert column < terminal.cursor[0] <= 78

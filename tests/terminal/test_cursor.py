"""The terminal's own cursor stands where the next character goes: there the IME composes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.terminal.conftest import Open
from tests.terminal.terminal import Terminal
from tests.ui.small_store import AUTHOR

LEFT, DOWN, END, TAB = "\x1b[D", "\x1b[B", "\x1b[F", "\t"


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

    def after_the_last() -> bool:
        return terminal.cursor_seen and terminal.cursor[1] == line and before_cursor(terminal) == "終"

    terminal.wait_until(after_the_last, "the cursor after the last character")
    assert column < terminal.cursor[0] <= 78
    terminal.type("続く")
    terminal.wait_until(lambda: before_cursor(terminal) == "く", "more text")
    terminal.type(LEFT)
    terminal.wait_until(lambda: before_cursor(terminal) == "続", "one character back")
    terminal.type(END)
    terminal.wait_until(lambda: before_cursor(terminal) == "く" and "市終続く" in line_of(terminal), "all of it")


def test_cursor_follows_typing_over_the_lines_of_an_editor(
    store: Path, environ: dict[str, str], tmp_path: Path
) -> None:
    settings = tmp_path / "home" / ".config" / "kyoju-tui" / "screen.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('first_screen = "trial"\n')
    program = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from kyoju_tui.ui.run import run\n"
        "from kyoju_tui.ui.screens import SCREENS\n"
        "from tests.ui.trial_screen import ENTRY\n"
        "SCREENS['trial'] = ENTRY\n"
        "sys.exit(run(Path(sys.argv[1]), sys.argv[2], os.environ))\n"
    )
    command = [sys.executable, "-c", program, str(store), AUTHOR]
    where = environ | {"PYTHONPATH": str(Path(__file__).parents[2])}
    with Terminal(command, environ=where, cwd=tmp_path, columns=60) as terminal:
        terminal.wait_for("さくら課")
        terminal.type(TAB + TAB)
        terminal.wait_until(lambda: terminal.cursor_seen and "一" in line_of(terminal), "the cursor in the editor")
        left, top = terminal.cursor
        terminal.type("課題")
        terminal.wait_until(lambda: terminal.cursor == (left + 4, top), "after two kanji")
        terminal.type(DOWN + END)
        terminal.wait_until(lambda: terminal.cursor == (left + 2, top + 1), "the end of the second line")
        terminal.type("\r")
        terminal.wait_until(lambda: terminal.cursor == (left, top + 2), "a new line")
        terminal.type("市" * 40 + "終")
        terminal.wait_until(lambda: terminal.cursor[1] == top + 3 and before_cursor(terminal) == "終", "a wrapped line")


def line_of(terminal: Terminal) -> str:
    """The line that the cursor stands in."""
    return terminal.text.split("\n")[terminal.cursor[1]]


def before_cursor(terminal: Terminal) -> str:
    """The wide character at the left of the cursor."""
    x, y = terminal.cursor
    return str(terminal.screen.buffer[y][max(0, x - 2)].data)

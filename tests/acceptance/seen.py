"""The 一覧表 as it is read off a terminal: which words stand in which cell, and which cell is under the cursor."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.terminal.terminal import Terminal

UP, DOWN, RIGHT, LEFT = "\x1b[A", "\x1b[B", "\x1b[C", "\x1b[D"
F4 = "\x1bOS"
CTRL_Q, CTRL_S, ENTER, TAB = "\x11", "\x13", "\r", "\t"

Cells = dict[tuple[str, str], str]


def row_text(terminal: Terminal, line: int, begin: int, end: int) -> str:
    """What stands on a line between two columns of the terminal."""
    row = terminal.screen.buffer[line]
    return "".join(row[x].data for x in range(begin, end)).strip()


def head_line(terminal: Terminal) -> int | None:
    """The line of the table's head, above the word of the same name beside it; None while no table is shown."""
    for number, text in enumerate(terminal.text.split("\n")):
        if re.search("(^| )カテゴリー  ", text):
            return number
    return None


def cells_seen(terminal: Terminal, rows: Sequence[str], columns: Sequence[str]) -> Cells:
    """The words in the cells that can be seen now, of columns whose head can be read whole."""
    head = head_line(terminal)
    if head is None:
        return {}
    begins = _begins(terminal, head)
    first = next(span for span in begins if row_text(terminal, head, *span) == "カテゴリー")
    lines = {line: row_text(terminal, line, *first) for line in range(head + 1, terminal.screen.lines)}
    filled = [line for line, name in lines.items() if name in rows]
    # A long head goes on in the next line.
    heads = range(head, next((line for line, name in lines.items() if name), head))
    found: Cells = {}
    for span in begins:
        column = "".join(row_text(terminal, line, *span) for line in heads)
        if column in columns:
            found |= {(lines[line], column): row_text(terminal, line, *span) for line in filled}
    return found


def _begins(terminal: Terminal, line: int) -> list[tuple[int, int]]:
    """Where each column begins and ends: its head is what stands between blanks."""
    row = terminal.screen.buffer[line]
    text = "".join(row[x].data or "\0" for x in range(terminal.screen.columns))
    begins = [found.start() for found in re.finditer(r"(?<![^ ])[^ ]", text)]
    return list(zip(begins, [*begins[1:], terminal.screen.columns], strict=True))


def place(terminal: Terminal) -> tuple[str, str]:
    """The category and the column that the panel explains: where the cursor is."""
    found = re.findall(r"([^\s｜]+)｜([^\s｜]+)", terminal.text)
    return found[-1] if found else ("", "")


def go_to(terminal: Terminal, row: str, column: str, rows: Sequence[str], columns: Sequence[str]) -> None:
    """Move the cursor to a cell with the arrow keys, one step after the other."""
    while (here := place(terminal)) != (row, column):
        if here[0] != row:
            key = DOWN if here[0] not in rows or rows.index(here[0]) < rows.index(row) else UP
        else:
            key = RIGHT if here[1] not in columns or columns.index(here[1]) < columns.index(column) else LEFT
        terminal.type(key)
        terminal.wait_until(lambda here=here: place(terminal) not in (here, ("", "")), f"a step from {here}")

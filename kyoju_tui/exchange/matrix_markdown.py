"""The matrix as a Markdown table."""

from __future__ import annotations

from html import escape

from kyoju_tui.exchange.matrix_lines import matrix_lines
from kyoju_tui.overview.matrix import Matrix


def matrix_markdown(matrix: Matrix) -> str:
    """A table of GitHub's kind; what is recorded stands in it as text, never as markup."""
    head, *lines = matrix_lines(matrix)
    return "".join(f"| {' | '.join(map(as_cell, line))} |\n" for line in (head, ["---"] * len(head), *lines))


def as_cell(text: str) -> str:
    """The text in one cell: bars, backslashes and HTML are escaped, lines broken by `<br>`."""
    plain = escape(text, quote=False).replace("\\", "\\\\").replace("|", "\\|")
    return "<br>".join(plain.splitlines())

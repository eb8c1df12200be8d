"""Papers as Markdown of GitHub's kind; what is recorded stands in it as text, never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from kyoju_tui.exchange.documents.markdown import as_text
from kyoju_tui.exchange.papers.paper import Paper, Table

# A picture in a record would otherwise be fetched from wherever it says.
_SIGNS: Final = re.compile(r"([\\`*_\[\]|~])")


def paper_markdown(paper: Paper) -> str:
    """The whole document: title, facts, and each table under its caption."""
    return "\n".join(_lines(paper)) + "\n"


def table_markdown(table: Table) -> str:
    """One table, every row on its line."""
    head = [column.head for column in table.columns]
    rows = [[box.text for box in row] for row in table.rows]
    return rows_markdown(head, rows)


def rows_markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table of texts."""
    lines = [list(map(as_cell, head)), ["---"] * len(head), *(list(map(as_cell, row)) for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def as_cell(text: str) -> str:
    """The text in one cell: bars, HTML and what Markdown makes links and pictures of are escaped, lines broken."""
    plain = _SIGNS.sub(r"\\\1", escape(text, quote=False))
    return "<br>".join(plain.splitlines())


def _lines(paper: Paper) -> Iterator[str]:
    yield f"# {as_text(paper.title)}"
    yield ""
    yield from (f"- {as_text(fact)}" for fact in paper.facts)
    for table in paper.tables:
        yield from ("", f"## {as_text(table.caption)}", "")
        yield table_markdown(table).rstrip("\n") if table.rows else table.nothing
